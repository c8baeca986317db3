import ClusterGraph
import Inspection
import KubernetesObjects

/// A Pod that may end, for somebody starts another in its place.
struct ReplaceablePod {
  let pod: Pod
  let controller: OwnerReference

  /// The Pod that a finding is about, or the younger managed one of several.
  init(behind finding: Finding, in graph: ClusterGraph) throws(Obstacle) {
    let pods = ([finding.subject] + finding.related)
      .compactMap { $0.objectKey.flatMap(graph.record) as? Pod }
      .filter { !$0.metadata.isTerminating }
    guard !pods.isEmpty else { throw Obstacle("The Pods are gone or going already.") }
    let replaceable = pods.compactMap { ReplaceablePod($0, in: graph) }
    guard let youngest = replaceable.max(by: { Self.age($0.pod) < Self.age($1.pod) }) else {
      throw Obstacle(Self.excuse(for: pods))
    }
    self = youngest
  }

  /// `nil` where nobody is known to start another.
  ///
  /// A static Pod names its Node as its controller: its kubelet runs it from a file, and deleting
  /// it at the server ends nothing. A controller that is going starts nothing.
  private init?(_ pod: Pod, in graph: ClusterGraph) {
    guard let controller = pod.metadata.controller, controller.kind != Node.kind else { return nil }
    let key = ObjectKey(
      controller.kind,
      namespace: pod.metadata.namespace,
      name: controller.name
    )
    switch graph.presence(of: .object(key)) {
    case .present(let record): if record.metadata.isTerminating { return nil }
    case .absent, .notAnObject: return nil
    // Kubernetes deletes a Pod whose controller is gone: that the Pod is there tells enough.
    case .unknown: break
    }
    (self.pod, self.controller) = (pod, controller)
  }

  private static func excuse(for pods: [Pod]) -> String {
    pods.allSatisfy { $0.metadata.controller?.kind == Node.kind }
      ? "It is a static Pod: its kubelet runs it from a file on its Node; change it there."
      : "No controller would start another Pod; delete it by hand if it may go."
  }

  /// The order of age; equal times are told apart by name.
  private static func age(_ pod: Pod) -> (Timestamp, String) {
    (pod.metadata.creationTimestamp ?? Timestamp(millisecondsSince1970: 0), pod.metadata.name)
  }
}

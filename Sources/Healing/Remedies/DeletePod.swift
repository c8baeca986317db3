import ClusterGraph
import Inspection
import KubernetesObjects

/// Deletes the Pod that a finding is about, or the younger managed one of several.
struct DeletePod: Remedy {
  let id: RemedyID = "delete-pod"
  let title = "Delete the (younger) Pod; its controller starts another"

  /// A Pod, and who starts another in its place.
  private typealias Replaceable = (pod: Pod, controller: OwnerReference)

  func plan(for finding: Finding, in graph: ClusterGraph) -> Proposal {
    let pods = ([finding.subject] + finding.related)
      .compactMap { $0.objectKey.flatMap(graph.record) as? Pod }
      .filter { !$0.metadata.isTerminating }
    guard !pods.isEmpty else { return .unavailable("The Pods are gone or going already.") }
    let replaceable = pods.compactMap { pod in
      Self.controller(of: pod, in: graph).map { Replaceable(pod, $0) }
    }
    guard let (pod, controller) = replaceable.max(by: { Self.age($0.pod) < Self.age($1.pod) })
    else { return .unavailable(Self.excuse(for: pods)) }
    return .plan(
      HealPlan(
        cause: .finding(finding.id),
        subject: finding.subject,
        cluster: finding.cluster,
        remedy: id,
        title: "Delete Pod \(pod.key.qualifiedName)",
        reason: "Its \(controller.kind.name) \(controller.name) starts a new Pod, "
          + "which gets an address of its own.",
        steps: [.delete(pod.key, uid: pod.metadata.uid)],
        disruption: .onePod,
        blastRadius: BlastRadius([
          BlastRadius.Impact(.object(pod.key), "is deleted, and replaced by its controller")
        ]),
        undo: "Cannot be undone: the new Pod has another name and address.",
        confirmation: .key("y")
      )
    )
  }

  /// Who starts another Pod in place of this one; `nil` where nobody is known to.
  ///
  /// A static Pod names its Node as its controller: its kubelet runs it from a file, and deleting
  /// it at the server ends nothing. A controller that is going starts nothing.
  private static func controller(of pod: Pod, in graph: ClusterGraph) -> OwnerReference? {
    guard let controller = pod.metadata.controller, controller.kind != Node.kind else { return nil }
    let key = ObjectKey(
      controller.kind,
      namespace: pod.metadata.namespace,
      name: controller.name
    )
    switch graph.presence(of: .object(key)) {
    case .present(let record): return record.metadata.isTerminating ? nil : controller
    case .absent, .notAnObject: return nil
    // Kubernetes deletes a Pod whose controller is gone: that the Pod is there tells enough.
    case .unknown: return controller
    }
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

import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Pods that have a Node, and whose containers do not get to start.
struct CreatingPod: Check {
  let id: CheckID = "stuck/creating"
  let title = "Pod's containers are not created"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let thresholds = [Self.initialization]
  let explains: [Explanation] = .pod
  let explanation = """
    The Pod is bound to a Node, and the kubelet there does not get as far as starting its \
    containers: a volume is not attached or mounted, a ConfigMap or Secret is missing, the \
    network plugin gives no address, or an init container goes on for ever. The kubelet keeps \
    trying, and goes on once what is missing is there; a new Pod may land on a Node that works. \
    Verify: kubectl describe pod NAME -n NAMESPACE
    """

  /// Migrations and downloads take their time.
  static let initialization = Threshold(
    "initializationMinutes",
    30,
    "how many minutes after its creation a Pod's init containers may still run"
  )

  private static let reasons: Set<String> = ["", "ContainerCreating", "PodInitializing"]
  private static let complaints: Set<String> = [
    "FailedMount", "FailedAttachVolume", "FailedCreatePodSandBox", "FailedMapVolume",
    "NetworkNotReady", "FailedPreStopHook", "Failed",
  ]

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.phase == .pending, !pod.nodeName.isEmpty, !pod.metadata.isTerminating else {
      return []
    }
    if let container = pod.containers.first(where: { $0.runsBefore && $0.isRunning }) {
      return [initializing(pod, container, in: cluster)]
    }
    let waiting = pod.containers.filter { $0.isWaiting(for: Self.reasons) }
    // Whatever else a container waits for is told of by other checks.
    guard waiting.count == pod.containers.filter(\.isWaiting).count,
      !waiting.isEmpty || pod.containers.isEmpty
    else { return [] }
    let complaint = cluster.newestWarning(Self.complaints)
    let reason =
      complaint.map { ": \($0.message.inOneLine)" }
      ?? (pod.containers.isEmpty ? ": its kubelet does not report on it" : "")
    return [
      Observation(
        "Pod \(pod.key.qualifiedName) waits on Node \(pod.nodeName) for its containers\(reason)",
        evidence: [Evidence(pod.id, "status.phase", pod.phase.rawValue)]
          + waiting.map { Evidence(pod.id, pod.statusPath(of: $0), $0.state.description) }
          + (complaint.map { [$0.evidence] } ?? []),
        related: (cluster.targets(over: .node) + cluster.targets(over: .mount)).map(\.id),
        beginning: pod.unreadySince.map { .at($0) } ?? .whenSeen
      )
    ]
  }

  private func initializing(
    _ pod: Pod,
    _ container: ContainerStatus,
    in cluster: ClusterView
  ) -> Observation {
    let minutes = cluster.value(of: Self.initialization)
    let start = pod.metadata.creationTimestamp
    return Observation(
      "Pod \(pod.key.qualifiedName) is not past its init container \(container.name)",
      evidence: [
        Evidence(pod.id, pod.statusPath(of: container), container.state.description)
      ],
      related: cluster.targets(over: .node).map(\.id),
      beginning: start.map { .from($0 + .seconds(minutes * 60)) } ?? .notBefore(nil)
    )
  }
}

extension ContainerStatus {
  fileprivate var isRunning: Bool { state == .running && !isReady }

  fileprivate var isWaiting: Bool {
    if case .waiting = state { true } else { false }
  }

  fileprivate func isWaiting(for reasons: Set<String>) -> Bool {
    if case .waiting(let reason, _) = state { reasons.contains(reason) } else { false }
  }
}

import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds workloads of whose Pods fewer are available than there shall be.
struct UnavailableWorkload: Check {
  let id: CheckID = "unhealthy/workload"
  let title = "Workload has too few available Pods"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  /// Each of the kinds is inspected without the others.
  let needs: [ObjectKind] = []
  let remedies: [RemedyID] = ["restart-workload"]
  let explanation = """
    Fewer Pods are available than the workload asks for; critical where there is none. They crash, \
    fail their probes, find no Node, or cannot be created: its Pods and events tell. While a rollout \
    replaces Pods one by one, only the loss of all of them counts. \
    Verify: kubectl get deployment,statefulset,daemonset -n NAMESPACE
    """

  func inspect(_ workload: Availability, in cluster: ClusterView) -> [Observation] {
    guard workload.available < workload.desired,
      !workload.isChanging || workload.available == 0, !workload.metadata.isTerminating
    else { return [] }
    let kind = workload.key.kind.name
    return [
      Observation(
        "\(kind) \(workload.key.qualifiedName) has \(workload.available) of "
          + "\(workload.desired) Pods available",
        evidence: [
          Evidence(workload.id, workload.paths.desired, "\(workload.desired)"),
          Evidence(workload.id, workload.paths.available, "\(workload.available)"),
        ],
        remedies: workload.key.kind == ReplicaSet.kind ? [] : nil,
        beginning: workload.unavailableSince.map { .at($0) }
          ?? .notBefore(
            Self.firstUnready(in: cluster) ?? workload.metadata.creationTimestamp
          ),
        severity: workload.available == 0 ? nil : .warning
      )
    ]
  }

  /// Since when the first of its Pods that are not ready is so.
  private static func firstUnready(in cluster: ClusterView) -> Timestamp? {
    cluster.targets(over: .selection).compactMap { neighbour -> Timestamp? in
      guard let pod = neighbour.presence.record as? Pod, !pod.isReady, !pod.isFinished else {
        return nil
      }
      return pod.conditions["Ready"]?.lastTransitionTime ?? pod.metadata.creationTimestamp
    }.min()
  }
}

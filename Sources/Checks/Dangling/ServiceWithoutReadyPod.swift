import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Services all of whose Pods are unready.
struct ServiceWithoutReadyPod: Check {
  let id: CheckID = "dangling/service-endpoints"
  let title = "None of a Service's Pods is ready"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(120)
  let needs = [Pod.kind, Service.kind]
  let explains: [Explanation] = [.referrers(over: .backend), .referrers(over: .webhook)]
  let explanation = """
    The selector matches Pods that are alive, and not one of them is ready, so the Service has \
    nowhere to send requests and refuses them all. Look at why the Pods are not ready; a rollout \
    that went wrong is the usual cause. \
    Verify: kubectl get endpointslices -n NAMESPACE -l kubernetes.io/service-name=NAME
    """

  /// How many Pods are shown as evidence.
  private static let shown = 10

  func inspect(_ service: Service, in cluster: ClusterView) -> [Observation] {
    guard !service.selector.isEmpty, !service.publishesNotReadyAddresses,
      service.type != .externalName, !service.metadata.isTerminating,
      !cluster.selects(where: { ($0 as? Pod).map { $0.isAlive && $0.isReady } ?? false })
    else { return [] }
    let pods = cluster.targets(over: .selection).compactMap { $0.presence.record as? Pod }
      .filter(\.isAlive).sorted { $0.key < $1.key }
    guard !pods.isEmpty, cluster.isKnown(Pod.kind, in: service.metadata.namespace) else {
      return []
    }
    let count = pods.count == 1 ? "its only Pod is not" : "none of its \(pods.count) Pods is"
    return [
      Observation(
        "Service \(service.key.qualifiedName) has nobody to send to: \(count) ready",
        evidence: pods.prefix(Self.shown).map { pod in
          Evidence(pod.id, "status.phase", "\(pod.phase.rawValue), not ready")
        },
        related: pods.prefix(Self.shown).map(\.id),
        beginning: .notBefore(pods.compactMap(\.unreadySince).max())
      )
    ]
  }
}

extension Pod {
  /// Whether it may serve, now or soon.
  fileprivate var isAlive: Bool { !isFinished && !metadata.isTerminating }
}

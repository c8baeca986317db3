import Inspection
import KubernetesObjects

/// Finds parts of the control plane that nobody leads.
struct SilentLeader: Check {
  let id: CheckID = "unhealthy/leader"
  let title = "Control plane component without a leader"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.seconds(30)
  let needs = [Lease.kind]
  let explanation = """
    One of several copies of each component works, the one that renews the component's Lease, and \
    nobody renews this one. Without kube-scheduler no Pod is given a Node; without \
    kube-controller-manager nothing that is asked for is made, and nothing dead is replaced. \
    Verify: kubectl get lease NAME -n kube-system -o yaml
    """

  private static let components: Set<String> = ["kube-controller-manager", "kube-scheduler"]

  /// After this long it is a component that the cluster does without.
  private static let abandoned = Duration.seconds(7 * 24 * 3600)

  func inspect(_ lease: Lease, in cluster: ClusterView) -> [Observation] {
    guard lease.metadata.namespace == "kube-system", Self.components.contains(lease.metadata.name),
      let sign = lease.lastSign
    else { return [] }
    return [
      Observation(
        "Nobody leads \(lease.metadata.name): "
          + (lease.holder.isEmpty
            ? "its Lease has no holder" : "\(lease.holder) no longer renews its Lease"),
        evidence: [
          Evidence(lease.id, "spec.holderIdentity", lease.holder),
          Evidence(lease.id, "spec.renewTime", lease.renewTime?.rfc3339 ?? ""),
        ],
        beginning: .from(sign + max(lease.duration, .seconds(15))),
        end: sign + Self.abandoned
      )
    ]
  }
}

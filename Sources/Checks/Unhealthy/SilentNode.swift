import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Nodes whose kubelet no longer renews their Lease.
///
/// It looks from the Lease: its renewals are no changes, so a Node would not be looked at for them.
struct SilentNode: Check {
  let id: CheckID = "unhealthy/node-silent"
  let title = "Node's kubelet is silent"
  let severity = Severity.critical
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs = [Lease.kind, Node.kind]
  let remedies: [RemedyID] = ["cordon-node"]
  let explains: [Explanation] = [.referrers(over: .node)]
  let patience = Threshold("seconds", 40, "for how many seconds a kubelet may be silent")
  var thresholds: [Threshold] { [patience] }
  let explanation = """
    A kubelet renews the Lease of its Node every ten seconds, and this one has stopped: the \
    machine is off, cut off from the API server, or overloaded. It is the first sign; the Node is \
    called not ready only when the node controller has waited as well. \
    Verify: kubectl get lease NODE -n kube-node-lease -o jsonpath='{.spec.renewTime}'
    """

  func inspect(_ lease: Lease, in cluster: ClusterView) -> [Observation] {
    guard !lease.nodeName.isEmpty, let sign = lease.lastSign,
      let node = cluster.targets(over: .nodeRecord).first,
      let record = node.presence.record, !record.metadata.isTerminating
    else { return [] }
    let limit = Int(cluster.value(of: patience))
    return [
      Observation(
        "Node \(lease.nodeName) has not renewed its Lease for more than \(limit) s",
        evidence: [
          Evidence(.object(lease.key), "spec.renewTime", lease.renewTime?.rfc3339 ?? "")
        ],
        subject: node.id,
        related: [.object(lease.key)],
        beginning: .from(sign + .seconds(limit))
      )
    ]
  }
}

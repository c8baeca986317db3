import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds Leases by which kubelets show that they are alive, of Nodes that do not exist.
struct LeaseOfAbsentNode: Check {
  let id: CheckID = "dangling/node-lease"
  let title = "Lease of a Node that does not exist"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs = [Lease.kind, Node.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    Each kubelet renews a Lease named after its Node, and the garbage collector removes it with the \
    Node. This one was left over; or its kubelet still runs and fails to register its Node, which \
    its renewals tell. \
    Verify: kubectl get lease NAME -n kube-node-lease -o jsonpath='{.spec.renewTime}'
    """

  func inspect(_ lease: Lease, in cluster: ClusterView) -> [Observation] {
    guard !lease.metadata.isTerminating,
      let node = cluster.missingTargets(over: .nodeRecord).first
    else { return [] }
    return [
      Observation(
        "Lease \(lease.key.qualifiedName) is of Node \(node.id.name), which does not exist",
        evidence: [
          Evidence(lease.id, "metadata.name", lease.metadata.name),
          Evidence(lease.id, "spec.holderIdentity", lease.holder),
        ],
        related: [node.id],
        beginning: .notBefore(lease.metadata.creationTimestamp)
      )
    ]
  }
}

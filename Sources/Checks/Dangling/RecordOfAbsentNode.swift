import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds what storage drivers say of Nodes that do not exist.
struct RecordOfAbsentNode: Check {
  let id: CheckID = "dangling/csi-node"
  let title = "Storage driver's record of a Node that does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [Node.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    A CSINode or a CSIStorageCapacity tells of a Node that does not exist. A new Node of that name \
    starts with drivers that it may not have, and the scheduler counts on room that is not there. \
    The garbage collector, or the driver's provisioner, should have removed it. \
    Verify: kubectl get node NAME
    """

  func inspect(
    _ subject: OneOf<CSINode, CSIStorageCapacity>,
    in cluster: ClusterView
  ) -> [Observation] {
    guard cluster.misses(over: .nodeRecord), !subject.metadata.isTerminating else {
      return []
    }
    return cluster.missingTargets(over: .nodeRecord).map { node in
      Observation(
        "\(subject.name) tells of Node \(node.id.name), which does not exist",
        evidence: [
          Evidence(
            subject.id,
            subject.record is CSINode ? "metadata.name" : "nodeTopology",
            node.id.name
          )
        ],
        related: [node.id],
        beginning: .notBefore(subject.metadata.creationTimestamp),
        discriminator: node.id.name
      )
    }
  }
}

import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds volumes that only one Node can reach, which is gone.
///
/// It looks from the host name, since volumes name a Node by that label, and its value is not always
/// the Node's own name.
struct VolumeOnAbsentNode: Check {
  let id: CheckID = "dangling/volume-node"
  let title = "Volume's only Node does not exist"
  let severity = Severity.critical
  let settles = Duration.seconds(300)
  let needs = [Node.kind, PersistentVolume.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The volume is stored on one Node, and no Node with that host name exists: no Pod that uses it \
    can be scheduled. If the machine comes back under its name, so does the volume; if not, its \
    data is lost, and claim and volume have to be deleted. \
    Verify: kubectl get nodes -l kubernetes.io/hostname=NAME
    """

  func inspect(_ subject: HostNameSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.isKnown(Node.kind) else { return [] }
    let holders = cluster.referrers(over: .hostName)
    guard !holders.contains(where: { $0.presence.record is Node }) else { return [] }
    return holders.compactMap { $0.presence.record as? PersistentVolume }
      .filter { $0.nodes == [subject.name] && !$0.metadata.isTerminating }
      .map { volume in
        let claim = volume.claim.map { " of \($0.namespace)/\($0.name)" } ?? ""
        return Observation(
          "Volume \(volume.metadata.name)\(claim) is on host \(subject.name), which no Node has",
          evidence: [Evidence(volume.id, "spec.nodeAffinity", subject.name)],
          subject: volume.id,
          related: [.shared(.hostName, subject.name)]
            + (volume.claim.map { claim in
              [
                .object(
                  ObjectKey(
                    PersistentVolumeClaim.kind,
                    namespace: claim.namespace,
                    name: claim.name
                  )
                )
              ]
            } ?? []),
          beginning: .notBefore(volume.metadata.creationTimestamp)
        )
      }
  }
}

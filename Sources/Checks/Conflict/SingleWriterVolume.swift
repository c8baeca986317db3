import Inspection
import KubernetesObjects

/// Finds volumes for one Node or one Pod that several have.
struct SingleWriterVolume: Check {
  let id: CheckID = "conflict/single-writer-volume"
  let title = "Volume for one is in use by several"
  let severity = Severity.critical
  let settles = Duration.seconds(60)
  let needs = [PersistentVolume.kind]
  let facts: [any DerivedFact.Type] = [ClaimUsers.self]
  let remedies: [RemedyID] = ["force-delete-pod", "delete-object"]
  let explanation = """
    A volume with ReadWriteOnce is attached to two Nodes, or mounted by running Pods on two; one \
    with ReadWriteOncePod by two Pods. Two that write to one file system destroy it. Most often one \
    Node is lost and its Pod still counts as running: once the machine is known to be off, force the \
    Pod's deletion, and delete the VolumeAttachment if it stays. Storage that is never attached, such \
    as NFS, does not mind, and is a warning. \
    Verify: kubectl get volumeattachments | grep VOLUME; kubectl get pods -A -o wide
    """

  func inspect(_ volume: PersistentVolume, in cluster: ClusterView) -> [Observation] {
    let modes = volume.accessModes
    // What may be shared in some mode may be meant to be.
    guard modes.isDisjoint(with: [.readOnlyMany, .readWriteMany]), !modes.isEmpty else { return [] }
    let users = cluster.targets(over: .claim)
      .compactMap { cluster.fact(ClaimUsers.self, of: $0) }.flatMap(\.users)
    let attachments =
      cluster.referrerCount(over: .attachedVolume) > 0
      ? cluster.referrers(VolumeAttachment.self, over: .attachedVolume) : []
    let attached = attachments.filter(\.isAttached)
    let nodesAttached = Set(attached.map(\.nodeName))
    let nodesUsing = Set(users.map(\.node))
    let isForOnePod = modes.contains(.readWriteOncePod)
    let isUsedTwice = nodesUsing.count > 1 || isForOnePod && users.count > 1
    guard isUsedTwice || nodesAttached.count > 1 else { return [] }
    let nodes = nodesUsing.union(nodesAttached).sorted().joined(separator: ", ")
    let pods = users.map(\.pod.qualifiedName).joined(separator: ", ")
    return [
      Observation(
        "Volume \(volume.metadata.name) with \(modes) is "
          + (nodesAttached.count > 1 ? "attached" : "mounted") + " on \(nodes)"
          + (isUsedTwice ? " by Pods \(pods)" : ""),
        evidence: [Evidence(volume.id, "spec.accessModes", modes.description)]
          + users.map { Evidence(.object($0.pod), "spec.nodeName", $0.node) }
          + attached.map { Evidence($0.id, "spec.nodeName", $0.nodeName) },
        related: users.map { .object($0.pod) } + attached.map(\.id),
        severity: attachments.isEmpty && !isForOnePod ? .warning : nil
      )
    ]
  }
}

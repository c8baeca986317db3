import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds attachments of volumes whose Node or volume is gone, or that no Pod on the Node uses.
///
/// Who uses a volume is seen from the volume: its claim tells on which Nodes it is mounted.
struct NeedlessVolumeAttachment: Check {
  let id: CheckID = "dangling/volume-attachment"
  let title = "Volume is attached for nobody"
  let severity = Severity.warning
  let settles = Duration.seconds(360)
  let needs = [
    Node.kind, PersistentVolume.kind, PersistentVolumeClaim.kind, Pod.kind, VolumeAttachment.kind,
  ]
  let facts: [any DerivedFact.Type] = [ClaimNodes.self]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The volume is attached to a Node that does not exist or that has no Pod that uses it, or the \
    volume itself is gone. While it is attached there, a volume for a single Node cannot be attached \
    where its Pod is now. The controller should detach it within six minutes. \
    Verify: kubectl get volumeattachment NAME -o yaml
    """

  func inspect(
    _ subject: OneOf<PersistentVolume, VolumeAttachment>,
    in cluster: ClusterView
  ) -> [Observation] {
    switch subject.record {
    case let attachment as VolumeAttachment: missingEnds(of: attachment, in: cluster)
    case let volume as PersistentVolume: unusedAttachments(of: volume, in: cluster)
    default: []
    }
  }

  private func missingEnds(
    of attachment: VolumeAttachment,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !attachment.metadata.isTerminating, needs.allSatisfy(cluster.isKnown) else { return [] }
    let missing =
      cluster.missingTargets(over: .attachedNode) + cluster.missingTargets(over: .attachedVolume)
    guard !missing.isEmpty else { return [] }
    let names = missing.map { "\($0.id.kindName) \($0.id.name)" }.joined(separator: " and ")
    return [
      Observation(
        "VolumeAttachment \(attachment.metadata.name) is of \(names), which does not exist",
        evidence: evidence(of: attachment),
        related: missing.map(\.id),
        beginning: .notBefore(attachment.metadata.creationTimestamp)
      )
    ]
  }

  private func unusedAttachments(
    of volume: PersistentVolume,
    in cluster: ClusterView
  ) -> [Observation] {
    guard cluster.hasReferrer(over: .attachedVolume), needs.allSatisfy(cluster.isKnown),
      let users = users(of: volume, in: cluster)
    else { return [] }
    return cluster.referrers(over: .attachedVolume)
      .compactMap { $0.presence.record as? VolumeAttachment }
      .filter { !$0.metadata.isTerminating && !users.contains($0.nodeName) }
      .map { attachment in
        Observation(
          "Volume \(volume.metadata.name) is attached to Node \(attachment.nodeName), "
            + "where no Pod uses it",
          evidence: evidence(of: attachment),
          subject: attachment.id,
          related: [volume.id, .object(ObjectKey(Node.kind, name: attachment.nodeName))]
            + cluster.targets(over: .claim).map(\.id),
          beginning: .notBefore(attachment.metadata.creationTimestamp),
          discriminator: "unused"
        )
      }
  }

  /// The Nodes on which the volume is used; `nil` where its claim is not known.
  private func users(of volume: PersistentVolume, in cluster: ClusterView) -> Set<String>? {
    guard let claim = cluster.targets(over: .claim).first, !claim.presence.isAbsent else {
      return []
    }
    return cluster.fact(ClaimNodes.self, of: claim)?.names
  }

  private func evidence(of attachment: VolumeAttachment) -> [Evidence] {
    [
      Evidence(attachment.id, "spec.nodeName", attachment.nodeName),
      Evidence(attachment.id, "spec.source.persistentVolumeName", attachment.volumeName),
      Evidence(attachment.id, "status.attached", attachment.isAttached ? "true" : "false"),
    ]
  }
}

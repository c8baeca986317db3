import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds volumes that are not attached to a Node, or not detached from it.
struct StuckAttachment: Check {
  let id: CheckID = "stuck/volume-attach"
  let title = "Volume is not attached or detached"
  let severity = Severity.warning
  let settles = Duration.seconds(300)
  let needs = [VolumeAttachment.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explains: [Explanation] = [
    Explanation(
      up: [.named(.attachedVolume)],
      down: [.claim, .mount],
      .checks(["stuck/creating"])
    )
  ]
  let explanation = """
    The storage driver was asked to attach a volume to a Node, or to detach it, and does not get \
    it done: the volume is still attached elsewhere, the Node has no room for another, or the \
    driver's controller is down. Pods that need the volume wait in ContainerCreating, here or on \
    the next Node. It heals when the driver succeeds; deleting the attachment of a Node that is \
    gone for good lets the volume go. \
    Verify: kubectl get volumeattachment NAME -o yaml
    """

  func inspect(_ attachment: VolumeAttachment, in cluster: ClusterView) -> [Observation] {
    let deletion = attachment.metadata.deletionTimestamp
    guard deletion != nil || !attachment.isAttached else { return [] }
    let volume = attachment.volumeName.isEmpty ? "a volume" : "volume \(attachment.volumeName)"
    let error = deletion == nil ? attachment.attachError : attachment.detachError
    let way = deletion == nil ? "attach \(volume) to" : "detach \(volume) from"
    let path = deletion == nil ? "status.attachError.message" : "status.detachError.message"
    let start = deletion ?? attachment.metadata.creationTimestamp
    return [
      Observation(
        "\(attachment.attacher) does not \(way) Node \(attachment.nodeName)"
          + (error.isEmpty ? "" : ": \(error.inOneLine)"),
        evidence: [
          Evidence(attachment.id, "status.attached", attachment.isAttached ? "true" : "false"),
          Evidence(attachment.id, path, error.isEmpty ? "none" : error.inOneLine),
          Evidence(
            attachment.id,
            "metadata.finalizers",
            attachment.metadata.finalizers.joined(separator: ", ")
          ),
        ],
        related: (cluster.targets(over: .attachedNode) + cluster.targets(over: .attachedVolume))
          .map(\.id),
        beginning: start.map { .at($0) } ?? .whenSeen,
        discriminator: deletion == nil ? "" : "detach"
      )
    ]
  }
}

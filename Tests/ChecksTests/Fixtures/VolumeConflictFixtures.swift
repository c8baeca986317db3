import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func volume(
    _ name: String,
    source: PersistentVolume.Source? = .csi(driver: "ebs.csi.aws.com", handle: "vol-1"),
    modes: AccessModes = .readWriteOnce,
    phase: PersistentVolume.Phase = .bound,
    claim: String? = nil,
    claimUID: ObjectUID? = nil,
    policy: String = "Retain",
    nodes: [String] = []
  ) -> PersistentVolume {
    var volume = PersistentVolume.sample(name, phase: phase, claim: claim, reclaimPolicy: policy)
    volume.source = source
    volume.accessModes = modes
    volume.nodes = nodes
    if let claimUID { volume.claim?.uid = claimUID }
    return volume
  }

  private static func claim(
    _ name: String,
    volume: String = "pv-1",
    phase: PersistentVolumeClaim.Phase = .bound,
    deleted: Timestamp? = nil
  ) -> PersistentVolumeClaim {
    var claim = PersistentVolumeClaim(
      metadata: .sample(name, namespace: "shop", uid: ObjectUID("uid-\(name)"), deleted: deleted)
    )
    claim.volumeName = volume
    claim.phase = phase
    return claim
  }

  private static func pod(
    _ name: String,
    node: String,
    claim: String = "data",
    phase: Pod.Phase = .running
  ) -> Pod {
    var pod = Pod.sample(name, node: node, phase: phase)
    pod.template.claims = [claim]
    return pod
  }

  private static func attachment(
    _ node: String,
    volume: String = "pv-1",
    isAttached: Bool = true
  ) -> VolumeAttachment {
    var attachment = VolumeAttachment(metadata: .sample("csi-\(node)-\(volume)"))
    attachment.volumeName = volume
    attachment.nodeName = node
    attachment.isAttached = isAttached
    return attachment
  }

  private static let export = PersistentVolume.Source.networkFiles(server: "nas", path: "/shop")

  static let volumeConflicts: [CheckID: CheckFixture] = [
    "conflict/volume-handle": CheckFixture(
      firesAbout: "ebs.csi.aws.com/vol-1",
      "local/node-1:/mnt/a",
      "nfs/nas:/shop",
      in: [
        volume("a"), volume("b"), volume("c", source: export), volume("d", source: export),
        volume("e", source: .local(path: "/mnt/a"), nodes: ["node-1"]),
        volume("f", source: .local(path: "/mnt/a"), nodes: ["node-1"]),
      ],
      silent: [
        "handles differ":
          [volume("a"), volume("b", source: .csi(driver: "ebs.csi.aws.com", handle: "vol-2"))],
        "drivers differ":
          [
            volume("a"),
            volume("b", source: .csi(driver: "pd.csi.storage.gke.io", handle: "vol-1")),
          ],
        "an export that many may write to": [
          volume("a", source: export, modes: .readWriteMany),
          volume("b", source: export, modes: .readOnlyMany),
        ],
        "one path on two Nodes": [
          volume("a", source: .local(path: "/mnt/a"), nodes: ["node-1"]),
          volume("b", source: .local(path: "/mnt/a"), nodes: ["node-2"]),
        ],
        "one was released, and the other made of it":
          [volume("a", phase: .released), volume("b")],
        "what they are stored in is not known": [
          volume("a", source: nil), volume("b", source: nil),
        ],
      ]
    ),
    "conflict/volume-claim": CheckFixture(
      firesAbout: "pv-1",
      "pv-2",
      in: [
        volume("pv-1", claim: "data"), claim("data"), claim("copy", phase: .pending),
        volume("pv-2", claim: "anew", claimUID: "earlier"), claim("anew", volume: "pv-2"),
      ],
      silent: [
        "both agree": [volume("pv-1", claim: "data"), claim("data")],
        "the volume waits for this claim":
          [volume("pv-1", claim: "data", claimUID: .unset), claim("data", phase: .pending)],
        "the volume is about to be bound": [volume("pv-1"), claim("data", phase: .pending)],
        "the other claim is going":
          [volume("pv-1", claim: "data"), claim("data"), claim("copy", deleted: .noon)],
        "the claim is gone": [volume("pv-1", claim: "data")],
      ]
    ),
    "conflict/single-writer-volume": CheckFixture(
      firesAbout: "pv-1",
      "pv-2",
      "pv-3",
      in: [
        volume("pv-1", claim: "data"), claim("data"), attachment("node-1"),
        pod("lost", node: "node-1"), pod("new", node: "node-2"),
        volume("pv-2", claim: "other"), attachment("node-1", volume: "pv-2"),
        attachment("node-2", volume: "pv-2"),
        volume("pv-3", modes: .readWriteOncePod, claim: "single"), claim("single", volume: "pv-3"),
        pod("first", node: "node-1", claim: "single"),
        pod("second", node: "node-1", claim: "single"),
      ],
      silent: [
        "one Pod": [volume("pv-1", claim: "data"), claim("data"), pod("a", node: "node-1")],
        "two Pods on one Node": [
          volume("pv-1", claim: "data"), claim("data"),
          pod("a", node: "node-1"), pod("b", node: "node-1"),
        ],
        "the new Pod of a rollout waits for the volume": [
          volume("pv-1", claim: "data"), claim("data"), attachment("node-1"),
          attachment("node-2", isAttached: false),
          pod("a", node: "node-1"), pod("b", node: "node-2", phase: .pending),
        ],
        "the other Pod has ended": [
          volume("pv-1", claim: "data"), claim("data"),
          pod("a", node: "node-1"), pod("b", node: "node-2", phase: .succeeded),
        ],
        "many may write to it": [
          volume("pv-1", modes: .readWriteMany, claim: "data"), claim("data"),
          pod("a", node: "node-1"), pod("b", node: "node-2"),
        ],
        "many may read it": [
          volume("pv-1", modes: [.readWriteOnce, .readOnlyMany], claim: "data"), claim("data"),
          attachment("node-1"), attachment("node-2"),
        ],
      ]
    ),
  ]
}

import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static let driver = "ebs.csi.aws.com"
  private static let installed = PartialRecord(
    StorageClass.driverKind,
    metadata: .sample(driver)
  )
  private static let data = PersistentVolumeClaim.object("data") {
    $0.phase = .bound
    $0.volumeName = "pv-1"
  }
  private static let user = Pod.object("user") {
    $0.template = .with { $0.claims = ["data"] }
    $0.nodeName = "node-1"
    $0.phase = .running
  }

  private static func attachment(
    node: String = "node-1",
    volume: String = "pv-1",
    deleted: Timestamp? = nil
  ) -> VolumeAttachment {
    VolumeAttachment.object("attachment", deleted: deleted) {
      $0.nodeName = node
      $0.volumeName = volume
      $0.attacher = driver
      $0.isAttached = true
    }
  }

  private static func volume(
    _ phase: PersistentVolume.Phase = .bound,
    _ change: (inout PersistentVolume) -> Void = { _ in }
  ) -> PersistentVolume {
    var volume = PersistentVolume.sample(phase: phase)
    volume.claim?.uid = data.metadata.uid
    change(&volume)
    return volume
  }

  private static func node(_ name: String, host: String) -> Node {
    var node = Node.sample(name)
    node.metadata.labels = ["kubernetes.io/hostname": host]
    return node
  }

  private static func claim(
    _ name: String,
    labels: Labels = [:],
    _ change: (inout PersistentVolumeClaim) -> Void = { _ in }
  ) -> PersistentVolumeClaim {
    PersistentVolumeClaim.object(name) {
      $0.metadata.labels = labels
      change(&$0)
    }
  }

  private static let database = StatefulSet.object("db") {
    $0.claimTemplates = ["data"]
    $0.selector = LabelSelector(["app": "db"])
    $0.replicas = 2
  }

  static let danglingVolumes: [CheckID: CheckFixture] = [
    "dangling/claim-lost": CheckFixture(
      firesAbout: "shop/lost",
      "shop/bound",
      in: [
        claim("lost") { $0.phase = .lost },
        claim("bound") {
          $0.phase = .bound
          $0.volumeName = "pv-9"
        },
      ],
      silent: [
        "the volume is there": [data, volume()],
        "it waits for a volume": [claim("new") { $0.phase = .pending }],
        "it asks for a volume that is not there yet": [
          claim("new") {
            $0.phase = .pending
            $0.volumeName = "pv-9"
          }
        ],
      ]
    ),
    "dangling/claim-of-scaled-down-set": CheckFixture(
      firesAbout: "shop/data-db-2",
      in: [
        database, claim("data-db-1", labels: ["app": "db"]),
        claim("data-db-2", labels: ["app": "db"]),
      ],
      silent: [
        "the Pod is one of the set's": [database, claim("data-db-1", labels: ["app": "db"])],
        "ordinals start later": [
          StatefulSet.object("db") {
            $0.claimTemplates = ["data"]
            $0.selector = LabelSelector(["app": "db"])
            $0.replicas = 2
            $0.firstOrdinal = 1
          }, claim("data-db-2", labels: ["app": "db"]),
        ],
        "a Pod still mounts it": [
          database, claim("data-db-2", labels: ["app": "db"]),
          Pod.object("db-2") { $0.template = .with { $0.claims = ["data-db-2"] } },
        ],
        "it only has the set's labels": [database, claim("backup", labels: ["app": "db"])],
        "its name is another set's": [database, claim("data-db-cache-7", labels: ["app": "db"])],
      ]
    ),
    "dangling/claim-unused": CheckFixture(
      firesAbout: "shop/data",
      in: [data],
      silent: [
        "a Pod mounts it": [data, user],
        "a workload without Pods mounts it": [
          data,
          Deployment.object {
            $0.replicas = 0
            $0.template = .with { $0.claims = ["data"] }
          },
        ],
        "a CronJob mounts it between its runs":
          [data, CronJob.object { $0.template = .with { $0.claims = ["data"] } }],
        "a StatefulSet made it": [database, claim("data-db-1", labels: ["app": "db"])],
        "an operator owns it": [
          PersistentVolumeClaim.object("data", owners: [.to(CustomRecord.widget())]),
          CustomRecord.widget(),
        ],
        "a custom resource mentions it":
          [data, mentioning("spec.storage.existingClaim.claimName", "data")],
        "it is being deleted": [PersistentVolumeClaim.object("data", deleted: .noon)],
      ]
    ),
    "dangling/csi-driver": CheckFixture(
      firesAbout: "fast",
      "pv-1",
      "attachment",
      in: [
        StorageClass.object("fast") { $0.provisioner = "pd.csi.storage.gke.io" },
        volume { $0.source = .csi(driver: "rbd.csi.ceph.com", handle: "1") },
        attachment(), installed, Node.sample("node-1"), CSINode.object("node-1"),
      ],
      silent: [
        "the driver runs": [
          StorageClass.object("fast") { $0.provisioner = driver }, installed, attachment(),
          volume { $0.source = .csi(driver: driver, handle: "1") }, Node.sample("node-1"),
          CSINode.object("node-1") { $0.drivers = [driver] },
        ],
        "the provisioner is no CSI driver":
          [StorageClass.object("local-path") { $0.provisioner = "rancher.io/local-path" }],
        "volumes are made by hand":
          [StorageClass.object("local") { $0.provisioner = "kubernetes.io/no-provisioner" }],
        "the Node has not said yet": [attachment(), installed, Node.sample("node-1")],
        "it is being detached":
          [attachment(deleted: .noon), installed, Node.sample("node-1"), CSINode.object("node-1")],
      ]
    ),
    "dangling/csi-node": CheckFixture(
      firesAbout: "node-9",
      "shop/capacity",
      in: [
        Node.sample("node-1"), CSINode.object("node-9"),
        CSIStorageCapacity.object("capacity") {
          $0.topology = LabelSelector(["topology.topolvm.io/node": "node-9"])
        },
      ],
      silent: [
        "the Node exists": [
          Node.sample("node-1"), CSINode.object("node-1"),
          CSIStorageCapacity.object("capacity") {
            $0.topology = LabelSelector(["topology.topolvm.io/node": "node-1"])
          },
        ],
        "capacity is told by zone": [
          CSIStorageCapacity.object("capacity") {
            $0.topology = LabelSelector(["topology.kubernetes.io/zone": "eu-1a"])
          }
        ],
      ]
    ),
    "dangling/snapshot-content": CheckFixture(
      firesAbout: "content",
      in: [snapshotContent],
      silent: [
        "the snapshot exists": [
          snapshotContent,
          CustomRecord(
            resource: snapshotResource("VolumeSnapshot"),
            metadata: .sample("nightly", namespace: "shop")
          ),
        ]
      ]
    ),
    "dangling/storage-class": CheckFixture(
      firesAbout: "shop/waiting",
      "pv-1",
      in: [
        claim("waiting") {
          $0.phase = .pending
          $0.storageClass = "gone"
        },
        volume {
          $0.storageClass = "gone"
          $0.source = .csi(driver: driver, handle: "1")
        },
      ],
      silent: [
        "the class exists": [
          StorageClass.object("fast"),
          claim("waiting") {
            $0.phase = .pending
            $0.storageClass = "fast"
          },
        ],
        "volume and claim were joined by a name of their own": [
          claim("bound") {
            $0.phase = .bound
            $0.storageClass = "manual"
          }, volume { $0.storageClass = "manual" },
        ],
        "it names no class": [claim("waiting") { $0.phase = .pending }],
        "a volume made by hand waits for its claim":
          [volume(.available) { $0.storageClass = "manual" }],
      ]
    ),
    "dangling/volume-attachment": CheckFixture(
      firesAbout: "attachment",
      "lost",
      in: [
        volume(), data, Node.sample("node-1"), attachment(),
        VolumeAttachment.object("lost") {
          $0.nodeName = "node-9"
          $0.volumeName = "pv-9"
        },
      ],
      silent: [
        "a Pod on the Node uses it": [volume(), data, user, Node.sample("node-1"), attachment()],
        "it is being detached":
          [volume(), data, Node.sample("node-1"), attachment(deleted: .noon)],
        "a Pod's spec describes the volume itself":
          [Node.sample("node-1"), attachment(volume: "")],
      ]
    ),
    "dangling/volume-claim-gone": CheckFixture(
      firesAbout: "pv-1",
      "pv-2",
      in: [
        PersistentVolume.sample("pv-1", claim: "gone"), data,
        PersistentVolume.sample("pv-2", claim: "data"),
      ],
      silent: [
        "the claim is there": [volume(), data],
        "it is released": [PersistentVolume.sample(phase: .released, claim: "gone")],
        "it is reserved for a claim to come":
          [PersistentVolume.sample(phase: .available, claim: "later")],
      ]
    ),
    "dangling/volume-node": CheckFixture(
      firesAbout: "pv-1",
      in: [Node.sample("node-1"), volume { $0.nodes = ["node-9"] }],
      silent: [
        "the Node is there": [node("node-1", host: "node-1"), volume { $0.nodes = ["node-1"] }],
        "the Node has another name than its host": [
          node("ip-10-0-0-1.ec2.internal", host: "ip-10-0-0-1"),
          volume { $0.nodes = ["ip-10-0-0-1"] },
        ],
        "another Node can reach it":
          [node("node-1", host: "node-1"), volume { $0.nodes = ["node-1", "node-9"] }],
        "all Nodes can reach it": [volume()],
      ]
    ),
    "dangling/volume-released": CheckFixture(
      firesAbout: "pv-1",
      in: [PersistentVolume.sample(phase: .released)],
      silent: [
        "it is bound": [PersistentVolume.sample(phase: .bound)],
        "it waits for a claim": [PersistentVolume.sample(phase: .available, claim: nil)],
      ]
    ),
    "dangling/volume-unclaimed": CheckFixture(
      firesAbout: "pv-1",
      in: [PersistentVolume.sample(phase: .available, claim: nil)],
      silent: [
        "it is bound": [PersistentVolume.sample(phase: .bound)],
        "it is released": [PersistentVolume.sample(phase: .released)],
        "it is a Node's disk in a pool":
          [volume(.available) { $0.source = .local(path: "/mnt/disks/1") }],
      ]
    ),
  ]

  private static func snapshotResource(_ kind: String) -> APIResource {
    APIResource(
      kind: ObjectKind(kind, group: "snapshot.storage.k8s.io"),
      version: "v1",
      plural: "\(kind.lowercased())s",
      isNamespaced: kind == "VolumeSnapshot"
    )
  }

  private static let snapshotContent: CustomRecord = {
    var content = CustomRecord(
      resource: snapshotResource("VolumeSnapshotContent"),
      metadata: .sample("content")
    )
    var mention = NameMention(path: "spec.volumeSnapshotRef.name", name: "nightly")
    mention.namespace = "shop"
    mention.kindName = "VolumeSnapshot"
    content.mentions = [mention]
    return content
  }()

  /// A custom resource in one of whose fields a name stands.
  static func mentioning(_ path: String, _ name: String) -> CustomRecord {
    var widget = CustomRecord.widget()
    widget.mentions = [NameMention(path: path, name: name)]
    return widget
  }
}

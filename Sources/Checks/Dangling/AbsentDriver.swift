import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds storage whose CSI driver is not installed, or does not run on the Node that needs it.
struct AbsentDriver: Check {
  let id: CheckID = "dangling/csi-driver"
  let title = "Storage driver is not installed"
  let severity = Severity.warning
  let settles = Duration.seconds(300)
  let needs = [StorageClass.driverKind]
  let facts: [any DerivedFact.Type] = [NodeDrivers.self]
  let explains: [Explanation] = [
    .referrers(over: .storageClass), .sameSubject("stuck/volume-attach"),
  ]
  let explanation = """
    The storage is served by a CSI driver that has no CSIDriver object, or that has not registered \
    on the Node: volumes are neither made, attached nor mounted until the driver's Pods run. \
    Verify: kubectl get csidriver; kubectl get csinode NODE -o jsonpath='{.spec.drivers[*].name}'
    """

  func inspect(
    _ subject: OneOf<PersistentVolume, StorageClass, VolumeAttachment>,
    in cluster: ClusterView
  ) -> [Observation] {
    guard !subject.metadata.isTerminating,
      let driver = cluster.targets(over: .driver).first
    else { return [] }
    if driver.presence.isAbsent, Self.isSurelyCSI(subject.record, driver.id.name) {
      return [
        Observation(
          "\(subject.name) needs CSI driver \(driver.id.name), "
            + "which is not installed",
          evidence: [Evidence(subject.id, Self.path(subject.record), driver.id.name)],
          related: [driver.id],
          beginning: .notBefore(subject.metadata.creationTimestamp)
        )
      ]
    }
    guard case .present = driver.presence, subject.record is VolumeAttachment,
      let node = cluster.targets(over: .attachedNode).first,
      let drivers = cluster.fact(NodeDrivers.self, of: node)?.names,
      !drivers.contains(driver.id.name)
    else { return [] }
    return [
      Observation(
        "\(subject.name) needs CSI driver \(driver.id.name), "
          + "which does not run on Node \(node.id.name)",
        evidence: [
          Evidence(subject.id, Self.path(subject.record), driver.id.name),
          Evidence(
            .object(ObjectKey(CSINode.kind, name: node.id.name)),
            "spec.drivers",
            drivers.sorted().joined(separator: ", ")
          ),
        ],
        related: [driver.id, node.id],
        beginning: .notBefore(subject.metadata.creationTimestamp)
      )
    ]
  }

  /// Whether the name is one of a CSI driver: other provisioners of StorageClasses have no object.
  private static func isSurelyCSI(_ record: any ObjectRecord, _ name: String) -> Bool {
    !(record is StorageClass) || name.contains("csi.") || name.contains(".csi")
      || name.hasPrefix("csi-")
  }

  private static func path(_ record: any ObjectRecord) -> String {
    switch record {
    case is StorageClass: "provisioner"
    case is VolumeAttachment: "spec.attacher"
    default: "spec.csi.driver"
    }
  }
}

import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds contents of snapshots whose VolumeSnapshot is gone.
struct AbsentSnapshot: Check {
  /// A VolumeSnapshotContent.
  struct Content: InspectionSubject {
    static let scope = SubjectScope.kind(contentKind)
    let record: CustomRecord

    init?(_ id: VertexID?, record: (any ObjectRecord)?) {
      guard let record = record as? CustomRecord else { return nil }
      self.record = record
    }
  }

  static let group = "snapshot.storage.k8s.io"
  static let contentKind = ObjectKind("VolumeSnapshotContent", group: group)
  static let snapshotKind = ObjectKind("VolumeSnapshot", group: group)

  let id: CheckID = "dangling/snapshot-content"
  let title = "Content of a snapshot that does not exist"
  let severity = Severity.warning
  let settles = Duration.seconds(600)
  let needs = [snapshotKind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The VolumeSnapshot was deleted, and its content is still there, since its deletion policy is \
    Retain or the snapshot controller does not run. The snapshot in the storage is paid for, and \
    can be restored only after a new VolumeSnapshot is bound to the content by hand. \
    Verify: kubectl get volumesnapshotcontent NAME -o jsonpath='{.spec.volumeSnapshotRef}'
    """

  func inspect(_ content: Content, in cluster: ClusterView) -> [Observation] {
    let record = content.record
    guard !record.metadata.isTerminating else { return [] }
    return cluster.targets(over: .mention)
      .filter { $0.presence.isAbsent && $0.id.objectKey?.kind == Self.snapshotKind }
      .map { snapshot in
        Observation(
          "Content \(record.metadata.name) is of VolumeSnapshot \(snapshot.id.name), "
            + "which does not exist",
          evidence: [
            Evidence(.object(record.key), "spec.volumeSnapshotRef", snapshot.id.name)
          ],
          related: [snapshot.id],
          beginning: .notBefore(record.metadata.creationTimestamp)
        )
      }
  }
}

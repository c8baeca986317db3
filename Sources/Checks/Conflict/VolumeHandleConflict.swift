import Inspection
import KubernetesObjects

/// Finds storage that two volumes stand for.
struct VolumeHandleConflict: Check {
  let id: CheckID = "conflict/volume-handle"
  let title = "Two volumes are stored in one place"
  let severity = Severity.critical
  let settles = Duration.zero
  let needs = [PersistentVolume.kind]
  let explanation = """
    Two PersistentVolumes name the same storage: the same handle of a CSI driver, the same NFS \
    export or iSCSI target, or the same path of a Node. Two claims then write to one disk, and \
    deleting one volume deletes the data of the other. Storage that all share by their access \
    modes is no fault; but CSI drivers want a handle of its own for each volume, or a Pod with both \
    does not start, which is reported as information. Keep the volume whose claim is in use, and set the other's reclaim policy to Retain \
    before deleting it. \
    Verify: kubectl get pv -o yaml | grep -B2 HANDLE
    """

  func inspect(_ subject: VolumeHandleSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .volumeHandle) > 1 else { return [] }
    let volumes = cluster.referrers(PersistentVolume.self, over: .volumeHandle)
      .filter(mattersToOthers).youngestFirst()
    guard volumes.count > 1 else { return [] }
    let isShared = volumes.allSatisfy {
      $0.accessModes.isDisjoint(with: [.readWriteOnce, .readWriteOncePod])
    }
    guard !isShared || volumes.contains(where: hasDriver) else { return [] }
    return [
      Observation(
        "Storage \(subject.name) is that of \(volumes.count) volumes: \(volumes.names)",
        evidence: volumes.flatMap { volume in
          [
            Evidence(volume.id, "spec", subject.name),
            Evidence(volume.id, "spec.accessModes", volume.accessModes.description),
            Evidence(volume.id, "spec.persistentVolumeReclaimPolicy", volume.reclaimPolicy),
          ]
        },
        related: volumes.map(\.id),
        severity: isShared ? .info : nil
      )
    ]
  }

  /// Whether the volume may be written or deleted: one that was released and is retained does
  /// nothing, and stands for what another one was made anew of.
  private func mattersToOthers(_ volume: PersistentVolume) -> Bool {
    let isLeft =
      volume.phase == .released || volume.phase == .failed || volume.metadata.isTerminating
    return !isLeft || volume.reclaimPolicy == "Delete"
  }

  private func hasDriver(_ volume: PersistentVolume) -> Bool {
    if case .csi = volume.source { true } else { false }
  }
}

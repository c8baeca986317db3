import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds claims that wait for a StorageClass that does not exist, and volumes that outlived theirs.
struct AbsentStorageClass: Check {
  let id: CheckID = "dangling/storage-class"
  let title = "StorageClass does not exist"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(60)
  let needs = [StorageClass.kind]
  let explains: [Explanation] = [.sameSubject("stuck/claim"), .referrers(over: .mount)]
  let explanation = """
    A claim that is not bound names a StorageClass that does not exist: nobody makes a volume for \
    it, and only one that was made by hand with the same class name would fit. A volume that a CSI \
    driver made works without its class, but can no longer be expanded. \
    Verify: kubectl get storageclass NAME
    """

  func inspect(
    _ subject: OneOf<PersistentVolume, PersistentVolumeClaim>,
    in cluster: ClusterView
  ) -> [Observation] {
    guard cluster.misses(over: .storageClass), !subject.metadata.isTerminating,
      let target = cluster.missingTargets(over: .storageClass).first
    else { return [] }
    let volume = subject.record as? PersistentVolume
    let claim = subject.record as? PersistentVolumeClaim
    // Class names that nobody defines are an ordinary way to join volumes and claims by hand.
    guard claim?.phase == .pending || volume.map(Self.isOfDriver) == true else { return [] }
    let consequence = claim == nil ? "can no longer be expanded" : "waits for a volume"
    return [
      Observation(
        "\(subject.name) \(consequence): StorageClass \(target.id.name) "
          + "does not exist",
        evidence: [
          Evidence(subject.id, "spec.storageClassName", target.id.name),
          Evidence(
            subject.id,
            "status.phase",
            claim?.phase.rawValue ?? volume?.phase.rawValue ?? ""
          ),
        ],
        related: [target.id],
        beginning: .notBefore(subject.metadata.creationTimestamp),
        severity: claim == nil ? .info : nil
      )
    ]
  }

  private static func isOfDriver(_ volume: PersistentVolume) -> Bool {
    guard volume.phase == .bound, case .csi = volume.source else { return false }
    return true
  }
}

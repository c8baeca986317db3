import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds claims that no volume is bound to.
struct PendingClaim: Check {
  let id: CheckID = "stuck/claim"
  let title = "Claim gets no volume"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(300)
  let needs = [PersistentVolumeClaim.kind, StorageClass.kind]
  let explains: [Explanation] = [.referrers(over: .mount)]
  let explanation = """
    The claim waits for a volume: its class's provisioner fails or does not run, no existing \
    volume has the size, access mode and class that it asks for, or it has no class and there is \
    no default one. Pods that mount it cannot start. A claim whose class waits for its first \
    consumer is fine until a Pod has got a Node. It heals when the provisioner works, or such a \
    volume is there. \
    Verify: kubectl describe pvc NAME -n NAMESPACE
    """

  private static let selectedNode = "volume.kubernetes.io/selected-node"

  func inspect(_ claim: PersistentVolumeClaim, in cluster: ClusterView) -> [Observation] {
    guard claim.phase == .pending, !claim.metadata.isTerminating,
      cluster.isKnown(StorageClass.kind)
    else { return [] }
    let node = claim.metadata.annotations[Self.selectedNode]
    let storageClass = cluster.targets(over: .storageClass).first
    if let record = storageClass?.presence.record as? StorageClass, record.waitsForFirstConsumer,
      node == nil, claim.volumeName.isEmpty
    {
      return []
    }
    let complaint = cluster.newestWarning()
    let name = claim.storageClass.isEmpty ? "none" : claim.storageClass
    return [
      Observation(
        "Claim \(claim.key.qualifiedName) gets no volume"
          + reason(claim, storageClass, complaint),
        evidence: [
          Evidence(claim.id, "status.phase", claim.phase.rawValue),
          Evidence(claim.id, "spec.storageClassName", name),
          Evidence(claim.id, "spec.resources.requests.storage", claim.requested?.description ?? ""),
        ]
          + (node.map {
            [Evidence(claim.id, "metadata.annotations[\(Self.selectedNode)]", $0)]
          } ?? [])
          + (complaint.map { [$0.evidence] } ?? []),
        related: storageClass.map { [$0.id] } ?? [],
        // A Node is selected long after the claim was made; who selected it does not tell when.
        beginning: node == nil
          ? claim.metadata.creationTimestamp.map { .at($0) } ?? .whenSeen
          : .notBefore(lastPod(in: cluster) ?? claim.metadata.creationTimestamp)
      )
    ]
  }

  private func reason(
    _ claim: PersistentVolumeClaim,
    _ storageClass: Neighbour?,
    _ complaint: Event?
  ) -> String {
    if let complaint { return ": \(complaint.message.inOneLine)" }
    guard let storageClass else { return ": it names no StorageClass, and no volume fits" }
    if storageClass.presence.isAbsent {
      return ": its StorageClass \(storageClass.id.name) does not exist"
    }
    return claim.volumeName.isEmpty
      ? " from StorageClass \(storageClass.id.name)" : ": it waits for volume \(claim.volumeName)"
  }

  /// When the newest Pod that mounts it was made.
  private func lastPod(in cluster: ClusterView) -> Timestamp? {
    cluster.referrers(over: .mount)
      .compactMap { ($0.presence.record as? Pod)?.metadata.creationTimestamp }.max()
  }
}

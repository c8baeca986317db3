import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds addresses that live Pods of two clusters in one network have at once.
struct PodAddressAcrossClusters: Check {
  let id: CheckID = "conflict/pod-address-across-clusters"
  let title = "Pods of two clusters in one network have one address"
  let severity = Severity.critical
  let settles = Duration.seconds(30)
  let needs = [Pod.kind, ForeignPod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    The clusters share a flat network (addressScopes of the configuration), and a live Pod of each \
    has this address. Traffic for one reaches the other, or neither. Usual causes: ranges for Pods \
    that overlap, or an allocation that one network plugin does not tell the other of. Delete the \
    younger Pod, and give the clusters ranges of their own. \
    Verify: kubectl get pods -A -o wide --field-selector status.podIP=ADDRESS in both clusters.
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .foreignAddress), cluster.isKnown(ForeignPod.kind) else {
      return []
    }
    let pods = cluster.referrers(Pod.self, over: .address)
    // Two contexts may lead to one cluster: its Pods are no strangers to themselves.
    let uids = Set(pods.map(\.metadata.uid))
    let foreign = cluster.referrers(over: .foreignAddress)
      .compactMap { $0.presence.record as? ForeignPod }
      .filter { !uids.contains($0.metadata.uid) }
    guard !pods.isEmpty, !foreign.isEmpty else { return [] }
    let address = subject.address.description
    let others = foreign.map { "\($0.pod.qualifiedName) of cluster \($0.cluster)" }
    return [
      Observation(
        "Address \(address) is used by Pod \(pods.names) here, and by \(others.joined(separator: ", "))",
        evidence: pods.map { Evidence($0.id, "status.podIP", address) }
          + foreign.map { Evidence(.object($0.key), "status.podIP", address) },
        related: pods.map(\.id) + foreign.map { .object($0.key) },
        beginning: (pods.map(\.metadata) + foreign.map(\.metadata))
          .compactMap(\.creationTimestamp).max().map { .at($0) } ?? .whenSeen
      )
    ]
  }
}

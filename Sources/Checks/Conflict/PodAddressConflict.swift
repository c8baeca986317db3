import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds addresses that two live Pods have at once.
struct PodAddressConflict: Check {
  let id: CheckID = "conflict/pod-address"
  let title = "Two live Pods have one address"
  let severity = Severity.critical
  let settles = Duration.seconds(30)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod", "cordon-node"]
  let explanation = """
    Two Pods that are neither finished nor on their host's network report the same address. \
    Traffic for one reaches the other, or neither. Usual causes: a network plugin that lost its \
    allocations, or a lost Node that came back. \
    Verify: kubectl get pods -A -o wide --field-selector status.podIP=ADDRESS
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .address) > 1 else { return [] }
    let pods = cluster.referrers(over: .address).compactMap { $0.presence.record as? Pod }
    guard pods.count > 1 else { return [] }
    let names = pods.map(\.key.qualifiedName)
    return [
      Observation(
        "Address \(subject.address) is used by \(names.count) Pods: "
          + names.joined(separator: ", "),
        evidence: pods.flatMap { pod in
          [
            Evidence(pod.id, "status.podIP", subject.address.description),
            Evidence(pod.id, "spec.nodeName", pod.nodeName),
          ]
        },
        related: pods.map(\.id),
        beginning: .notBefore(pods.compactMap(\.metadata.creationTimestamp).max())
      )
    ]
  }
}

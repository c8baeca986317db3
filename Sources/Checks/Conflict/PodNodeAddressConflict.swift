import Inspection
import KubernetesObjects

/// Finds Pods that have the address of a Node for their own.
struct PodNodeAddressConflict: Check {
  let id: CheckID = "conflict/pod-node-address"
  let title = "Pod has a Node's address"
  let severity = Severity.critical
  let settles = Duration.seconds(30)
  let needs = [Node.kind, Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    A Pod that is not on its host's network has an address that a Node has, too. Traffic for the \
    Node, its kubelet and the Pods on its network may end in the Pod. Usual causes: a Pod range \
    that overlaps the machines' network, or a Node that took a new address. A new Pod gets another \
    address; the ranges must be put right first. \
    Verify: kubectl get pods -A -o wide --field-selector status.podIP=ADDRESS; \
    kubectl get nodes -o wide
    """

  func inspect(_ subject: AddressSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .nodeAddress), cluster.hasReferrer(over: .address) else {
      return []
    }
    let pods = cluster.referrers(Pod.self, over: .address).youngestFirst()
    let nodes = cluster.referrers(Node.self, over: .nodeAddress).filter { !$0.isVirtual }
    guard !pods.isEmpty, !nodes.isEmpty else { return [] }
    let address = subject.address.description
    return [
      Observation(
        "Address \(address) of Node \(nodes.names) is also that of Pod \(pods.names)",
        evidence: nodes.map { Evidence($0.id, "status.addresses", address) }
          + pods.flatMap { pod in
            [
              Evidence(pod.id, "status.podIP", address),
              Evidence(pod.id, "spec.nodeName", pod.nodeName),
            ]
          },
        related: pods.map(\.id) + nodes.map(\.id),
        beginning: .notBefore(pods.first?.metadata.creationTimestamp)
      )
    ]
  }
}

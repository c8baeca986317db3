import Inspection
import KubernetesObjects

/// Finds Pods that think their Node has another address.
///
/// It looks from the Node, which is asked once for all its Pods.
struct PodHostAddress: Check {
  let id: CheckID = "drift/node-name"
  let title = "Pod's host address is not its Node's"
  let severity = Severity.warning
  let settles = Duration.seconds(120)
  let needs = [Node.kind, Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    The Pod's status.hostIP is none of the addresses of the Node that it is bound to: the machine has \
    got another address since, or another machine runs the Pod under the Node's name. What finds the \
    Pod by its host's address (logs, metrics, host ports) goes astray until the Pod starts anew. \
    Verify: kubectl get pod NAME -n NAMESPACE -o jsonpath='{.status.hostIP}'; \
    kubectl get node NODE -o wide
    """

  func inspect(_ node: Node, in cluster: ClusterView) -> [Observation] {
    guard !node.addresses.isEmpty, !node.isVirtual else { return [] }
    var strays: [(pod: Pod, address: IPAddress)] = []
    cluster.forEachReferrer(Pod.self, over: .node) { pod in
      guard let address = pod.hostAddress, !node.addresses.contains(address), !pod.isFinished,
        !pod.metadata.isTerminating
      else { return }
      strays.append((pod, address))
    }
    return strays.map { pod, address in
      Observation(
        "Pod \(pod.key.qualifiedName) is on a host with \(address), which is no address of Node "
          + node.metadata.name,
        evidence: [
          Evidence(pod.id, "status.hostIP", address.description),
          Evidence(
            node.id,
            "status.addresses",
            node.addresses.map(\.description).joined(separator: ", ")
          ),
        ],
        subject: pod.id,
        related: [node.id],
        beginning: .notBefore(pod.metadata.creationTimestamp)
      )
    }
  }
}

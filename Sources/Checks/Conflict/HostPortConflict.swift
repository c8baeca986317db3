import Inspection
import KubernetesObjects

/// Finds ports of a Node that two of its Pods ask for.
struct HostPortConflict: Check {
  let id: CheckID = "conflict/host-port"
  let title = "Two Pods on a Node ask for one host port"
  let severity = Severity.warning
  let settles = Duration.seconds(30)
  let needs = [Pod.kind]
  let remedies: [RemedyID] = ["delete-pod"]
  let explanation = """
    Only one of the Pods gets the port; the other cannot start, or listens in vain. The scheduler \
    never places two such Pods together, so one of them came around it: a static Pod, or one with \
    spec.nodeName. Delete the younger one, and let the scheduler find a Node. \
    Verify: kubectl get pods -A -o wide --field-selector spec.nodeName=NODE
    """

  func inspect(_ subject: HostPortSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .hostPort) > 1 else { return [] }
    let pods = cluster.referrers(Pod.self, over: .hostPort)
      .filter { !$0.metadata.isTerminating }.youngestFirst()
    let rivals = pods.filter { pod in
      pods.contains { $0.key != pod.key && takesSameAddress($0, pod, claim: subject.name) }
    }
    guard let youngest = rivals.first, let node = youngest.nodeKey else { return [] }
    let port = subject.name.split(separator: " ").last.map(String.init) ?? ""
    return [
      Observation(
        "Host port \(port) of Node \(node.name) is asked for by \(rivals.count) Pods: "
          + rivals.names,
        evidence: rivals.map { pod in
          let addresses = addresses(of: pod, claim: subject.name).sorted()
          return Evidence(
            pod.id,
            "spec.containers.ports.hostPort",
            ([port] + addresses).joined(separator: " on ")
          )
        },
        subject: .object(node),
        related: rivals.map(\.id),
        beginning: .notBefore(youngest.metadata.creationTimestamp),
        discriminator: port
      )
    ]
  }

  private func takesSameAddress(_ one: Pod, _ other: Pod, claim: String) -> Bool {
    let (left, right) = (addresses(of: one, claim: claim), addresses(of: other, claim: claim))
    return left.isEmpty || right.isEmpty || !left.isDisjoint(with: right)
  }

  /// The Node's addresses that the Pod takes the port on; none for all.
  private func addresses(of pod: Pod, claim: String) -> Set<String> {
    let ports = pod.template.hostPorts.filter {
      "\(pod.nodeName) \($0.hostPort)/\($0.portProtocol)" == claim
    }
    let addresses = Set(ports.map(\.hostAddress))
    return addresses.isDisjoint(with: ["", "0.0.0.0", "::"]) ? addresses : []
  }
}

import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds NetworkPolicies that select no Pod, or mean Pods or a namespace that do not exist.
struct PolicyWithoutPod: Check {
  let id: CheckID = "dangling/network-policy"
  let title = "NetworkPolicy is about nothing"
  let severity = Severity.info
  let settles = Duration.seconds(600)
  let needs = [NetworkPolicy.kind, Pod.kind]
  let remedies: [RemedyID] = ["delete-object"]
  let explanation = """
    The podSelector matches no Pod, so the policy protects nothing, or a rule is about a namespace \
    or Pods that do not exist, so it allows nothing. Usual causes: a label or namespace that was renamed, \
    a workload that was removed. Until somebody looks, Pods may be open that seem to be closed. \
    Verify: kubectl get pods -n NAMESPACE -l SELECTOR
    """

  func inspect(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    guard !policy.metadata.isTerminating,
      cluster.isKnown(Pod.kind, in: policy.metadata.namespace)
    else { return [] }
    return withoutPod(policy, in: cluster) + withoutPeer(policy, in: cluster)
      + withoutSelectedPeer(policy, in: cluster)
  }

  private func withoutPod(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    // One that selects everything, but for some, is the namespace's default, whatever is in it.
    guard !policy.podSelector.selectsUnlabelled, policy.podSelector.isUnderstood,
      !cluster.selects(where: { _ in true })
    else { return [] }
    return [
      Observation(
        "NetworkPolicy \(policy.key.qualifiedName) selects no Pod",
        evidence: [
          Evidence(policy.id, "spec.podSelector", policy.podSelector.description)
        ],
        beginning: .notBefore(policy.metadata.creationTimestamp)
      )
    ]
  }

  /// Peers that are meant by their labels, or by those of their namespaces.
  private func withoutSelectedPeer(
    _ policy: NetworkPolicy,
    in cluster: ClusterView
  ) -> [Observation] {
    let own = policy.metadata.namespace
    var seen: Set<Selection> = []
    // Where a namespace is missing, that is found already, and its Pods are missing with it.
    var absent: Set<LabelSelector> = []
    let absentNames = Set(
      cluster.targets(over: .peerNamespace).filter(\.presence.isAbsent).map(\.id.name)
    )
    return policy.selections.filter(\.isOfPeers).compactMap { peers in
      guard peers.selector.isUnderstood, peers.namespaces?.isUnderstood != false,
        !cluster.hasPeers(peers, in: own), isKnown(peers, of: own, in: cluster)
      else {
        return nil
      }
      if peers.kind == Namespace.kind { absent.insert(peers.selector) }
      let names =
        peers.kind == Namespace.kind
        ? peers.selector.namespaceNames
        : peers.namespaces?.namespaceNames ?? [peers.namespace ?? own]
      guard names.isEmpty || !absentNames.isSuperset(of: names),
        peers.namespaces.map(absent.contains) != true, seen.insert(peers).inserted
      else { return nil }
      return Observation(
        "NetworkPolicy \(policy.key.qualifiedName) is about connections with "
          + "\(Self.description(of: peers, own)), and there are none",
        evidence: [Evidence(policy.id, peers.path, peers.selector.description)],
        remedies: [],
        beginning: .notBefore(policy.metadata.creationTimestamp),
        discriminator: "\(peers.path) \(Self.description(of: peers, own))"
      )
    }
  }

  private func isKnown(_ peers: Selection, of own: String, in cluster: ClusterView) -> Bool {
    guard peers.kind == Pod.kind else { return cluster.isKnown(peers.kind) }
    guard peers.namespaces != nil else {
      return cluster.isKnown(Pod.kind, in: peers.namespace ?? own)
    }
    return cluster.isKnown(Pod.kind) && cluster.isKnown(Namespace.kind)
  }

  private static func description(of peers: Selection, _ own: String) -> String {
    if peers.kind == Namespace.kind { return "namespaces \(peers.selector)" }
    guard let namespaces = peers.namespaces else {
      return "Pods \(peers.selector) of namespace \(peers.namespace ?? own)"
    }
    return namespaces.isEmpty
      ? "Pods \(peers.selector) of any namespace"
      : "Pods \(peers.selector) of namespaces \(namespaces)"
  }

  private func withoutPeer(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    let absent = cluster.targets(over: .peerNamespace).filter(\.presence.isAbsent)
    // Where one of several is there, connections with that are meant, and the others may be to come.
    let absentNames = Set(absent.map(\.id.name))
    let missed = (policy.ingress + policy.egress).flatMap(\.peers).map(\.namespaceNames)
      .filter { absentNames.isSuperset(of: $0) }
    return absent.filter { namespace in missed.contains { $0.contains(namespace.id.name) } }
      .map { namespace in
        Observation(
          "NetworkPolicy \(policy.key.qualifiedName) is about connections with namespace "
            + "\(namespace.id.name), which does not exist",
          evidence: [
            Evidence(policy.id, "spec.*.namespaceSelector", namespace.id.name)
          ],
          related: [namespace.id],
          remedies: [],
          beginning: .notBefore(policy.metadata.creationTimestamp),
          discriminator: namespace.id.name
        )
      }
  }
}

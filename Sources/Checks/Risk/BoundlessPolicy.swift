import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds network policies that allow everything, or nothing at all.
struct BoundlessPolicy: Check {
  let id: CheckID = "risk/open-policy"
  let title = "Network policy allows everything or nothing"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let profile = CheckProfile.hygiene
  let needs = [NetworkPolicy.kind]
  let explanation = """
    A rule without peers and ports allows every connection, whatever other policies of the same Pods \
    say: policies only ever add. A policy without rules in both directions cuts the Pods that it \
    selects off, but for what other policies allow them; for a whole namespace that is the \
    usual ground to build on, and no finding. \
    Verify: kubectl describe networkpolicy NAME -n NAMESPACE
    """

  func inspect(_ policy: NetworkPolicy, in cluster: ClusterView) -> [Observation] {
    guard !policy.metadata.isTerminating else { return [] }
    if policy.isFor("Ingress"), let place = policy.ingress.firstIndex(where: \.allowsEverything) {
      return [opening(policy, "connections to its Pods", "spec.ingress[\(place)]")]
    }
    if policy.isFor("Egress"), let place = policy.egress.firstIndex(where: \.allowsEverything) {
      return [opening(policy, "connections from its Pods", "spec.egress[\(place)]")]
    }
    guard policy.isFor("Ingress"), policy.isFor("Egress"), policy.ingress.isEmpty,
      policy.egress.isEmpty, !policy.podSelector.selectsUnlabelled,
      cluster.firstSelected(Pod.kind) != nil
    else { return [] }
    return [
      Observation(
        "NetworkPolicy \(policy.key.qualifiedName) allows its Pods no connection at all",
        evidence: [
          Evidence(policy.id, "spec.policyTypes", policy.policyTypes.joined(separator: ", ")),
          Evidence(policy.id, "spec.ingress, spec.egress", "none"),
        ],
        beginning: .notBefore(policy.metadata.creationTimestamp)
      )
    ]
  }

  private func opening(_ policy: NetworkPolicy, _ what: String, _ path: String) -> Observation {
    Observation(
      "NetworkPolicy \(policy.key.qualifiedName) allows all \(what)",
      evidence: [Evidence(policy.id, path, "{}")],
      beginning: .notBefore(policy.metadata.creationTimestamp)
    )
  }
}

extension NetworkPolicy {
  /// Whether it is about a direction; without a word on that, about egress where it has such rules.
  fileprivate func isFor(_ direction: String) -> Bool {
    guard policyTypes.isEmpty else { return policyTypes.contains(direction) }
    return direction == "Ingress" || !egress.isEmpty
  }
}

extension NetworkPolicy.Rule {
  fileprivate var allowsEverything: Bool { peers.isEmpty && !isForPorts }
}

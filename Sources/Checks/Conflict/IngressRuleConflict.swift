import Inspection
import KubernetesObjects

/// Finds hosts and paths that two Ingresses of one class claim.
struct IngressRuleConflict: Check {
  let id: CheckID = "conflict/ingress-rule"
  let title = "Two Ingresses claim one host and path"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [Ingress.kind]
  let explanation = """
    Which of the two gets the requests is up to the controller: most take the older Ingress, and \
    ignore the rule of the other without a word. Canaries, and Ingresses that have load balancers \
    of their own, do not count. Remove the rule from one of them, or tell their hosts or paths \
    apart. \
    Verify: kubectl get ingress -A | grep HOST
    """

  func inspect(_ subject: IngressRuleSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .route) > 1 else { return [] }
    let ingresses = cluster.referrers(Ingress.self, over: .route)
      .filter { !$0.metadata.isTerminating }.youngestFirst()
    let rivals = ingresses.filter { ingress in
      ingresses.contains { other in
        other.key != ingress.key && isServed(other, with: ingress)
          && isExact(other, subject.name, asIn: ingress)
      }
    }
    guard let youngest = rivals.first else { return [] }
    let rule = subject.name.split(separator: " ").last.map(String.init) ?? ""
    let others = rivals.dropFirst()
    return [
      Observation(
        "Ingress \(youngest.key.qualifiedName) claims \(rule), as \(others.names) did before",
        evidence: rivals.flatMap { ingress in
          ingress.rules(claiming: subject.name).map { found in
            let backend = "\(found.backend.service):\(found.backend.port)"
            return Evidence(ingress.id, "spec.rules", "\(found.pathType) \(rule) to \(backend)")
          }
        },
        subject: youngest.id,
        related: others.map(\.id),
        discriminator: subject.name
      )
    ]
  }

  /// Whether requests for one can reach the other: some classes make a load balancer for each
  /// Ingress, so that their addresses tell them apart.
  private func isServed(_ one: Ingress, with other: Ingress) -> Bool {
    let (left, right) = (one.loadBalancer, other.loadBalancer)
    guard !left.isEmpty, !right.isEmpty else { return true }
    return !Set(left.addresses).isDisjoint(with: right.addresses)
      || !Set(left.hostNames).isDisjoint(with: right.hostNames)
  }

  /// Whether both claim the path alone, or both claim all that begins with it.
  private func isExact(_ one: Ingress, _ claim: String, asIn other: Ingress) -> Bool {
    let left = one.rules(claiming: claim).map { $0.pathType == "Exact" }
    return !Set(left).isDisjoint(
      with: other.rules(claiming: claim).map { $0.pathType == "Exact" }
    )
  }
}

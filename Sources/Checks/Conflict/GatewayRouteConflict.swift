import Inspection
import KubernetesObjects

/// Finds matches that two routes at one listener claim for one host.
struct GatewayRouteConflict: Check {
  let id: CheckID = "conflict/gateway-route"
  let title = "Two routes claim one host and match"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs = [HTTPRoute.kind]
  let explanation = """
    Both HTTPRoutes are attached to one listener of a Gateway and match the same requests. The \
    Gateway API lets the older one win, and the other never gets a request. Make the match of one \
    more specific, or put both backends with weights into one route. \
    Verify: kubectl get httproutes -A -o wide
    """

  func inspect(_ subject: RouteMatchSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.referrerCount(over: .route) > 1 else { return [] }
    let routes = cluster.referrers(HTTPRoute.self, over: .route)
      .filter { !$0.metadata.isTerminating && !$0.isRefused }.youngestFirst()
    let rivals = routes.filter { route in
      routes.contains { $0.key != route.key && meets($0, route, claim: subject.name) }
    }
    guard let youngest = rivals.first else { return [] }
    let others = rivals.dropFirst()
    return [
      Observation(
        "HTTPRoute \(youngest.key.qualifiedName) claims \(subject.name), as \(others.names) did "
          + "before",
        evidence: rivals.map { Evidence($0.id, "spec.rules.matches", subject.name) },
        subject: youngest.id,
        related: others.map(\.id),
        discriminator: subject.name
      )
    ]
  }

  /// Whether both are attached to the same listener: what names neither its section nor its port is
  /// attached to all.
  private func meets(_ one: HTTPRoute, _ other: HTTPRoute, claim: String) -> Bool {
    one.parents(claiming: claim).contains { left in
      other.parents(claiming: claim).contains { right in
        (left.section.isEmpty || right.section.isEmpty || left.section == right.section)
          && (left.port == 0 || right.port == 0 || left.port == right.port)
      }
    }
  }
}

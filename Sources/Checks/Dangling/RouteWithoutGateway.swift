import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds HTTPRoutes that are attached to a Gateway, or to a listener of one, that does not exist.
struct RouteWithoutGateway: Check {
  let id: CheckID = "dangling/gateway-parent"
  let title = "Route is attached to a Gateway that does not exist"
  let severity = Severity.warning
  let settles = Duration.seconds(30)
  let needs = [Gateway.kind, HTTPRoute.kind]
  let explanation = """
    Nobody serves the route through this parent, and no controller says so in its status, since \
    none is responsible. Create the Gateway or its listener, or correct the parentRef. \
    Verify: kubectl get gateway -A
    """

  func inspect(_ route: HTTPRoute, in cluster: ClusterView) -> [Observation] {
    guard !route.metadata.isTerminating else { return [] }
    return cluster.targets(over: .gateway).flatMap { parent -> [Observation] in
      if parent.presence.isAbsent {
        return [
          observation(
            of: route,
            parent.id,
            "\(parent.id), which does not exist",
            Evidence(route.id, "spec.parentRefs.name", parent.id.name)
          )
        ]
      }
      guard let gateway = parent.presence.record as? Gateway else { return [] }
      return sections(of: gateway, in: route).map { section in
        observation(
          of: route,
          parent.id,
          "listener \(section) of \(parent.id), which has none such",
          Evidence(route.id, "spec.parentRefs.sectionName", section)
        )
      }
    }
  }

  /// The listeners of a Gateway that the route names and that are not there.
  private func sections(of gateway: Gateway, in route: HTTPRoute) -> Set<String> {
    let named = route.parents.filter { parent in
      let namespace =
        parent.object.namespace.isEmpty ? route.metadata.namespace : parent.object.namespace
      return parent.object.name == gateway.metadata.name
        && namespace == gateway.metadata.namespace && !parent.section.isEmpty
        && ["", Gateway.kind.name].contains(parent.object.kind.name)
    }
    return Set(named.map(\.section)).subtracting(gateway.listeners.map(\.name))
  }

  private func observation(
    of route: HTTPRoute,
    _ gateway: VertexID,
    _ problem: String,
    _ evidence: Evidence
  ) -> Observation {
    Observation(
      "HTTPRoute \(route.key.qualifiedName) is attached to \(problem)",
      evidence: [evidence],
      related: [gateway],
      beginning: .notBefore(route.metadata.creationTimestamp),
      discriminator: "\(gateway) \(evidence.path) \(evidence.value)"
    )
  }
}

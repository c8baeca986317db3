import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds HTTPRoutes that send requests to a Service, or to a port of one, that does not exist.
struct RouteWithoutBackend: Check {
  let id: CheckID = "dangling/gateway-backend"
  let title = "Route sends requests to a Service that does not exist"
  let severity = Severity.warning
  let settles = Duration.seconds(30)
  let needs = [HTTPRoute.kind, Service.kind]
  let explanation = """
    The Gateway answers requests that this rule means with 500, for their part of the weight. \
    Create the Service, or correct its name, namespace or port. \
    Verify: kubectl get httproute NAME -n NAMESPACE -o jsonpath='{.spec.rules[*].backendRefs}'
    """

  func inspect(_ route: HTTPRoute, in cluster: ClusterView) -> [Observation] {
    guard !route.metadata.isTerminating else { return [] }
    return cluster.targets(over: .backend).compactMap { backend in
      if backend.presence.isAbsent {
        return observation(
          of: route,
          backend.id,
          "to \(backend.id), which does not exist",
          Evidence(route.id, "spec.rules.backendRefs.name", backend.id.name)
        )
      }
      guard let service = backend.presence.record as? Service,
        let port = missingPort(of: service, in: route)
      else { return nil }
      return observation(
        of: route,
        backend.id,
        "to port \(port) of \(backend.id), which has none such",
        Evidence(route.id, "spec.rules.backendRefs.port", "\(port)")
      )
    }
  }

  private func missingPort(of service: Service, in route: HTTPRoute) -> Int? {
    route.rules.flatMap(\.backends).first { backend in
      let namespace =
        backend.object.namespace.isEmpty ? route.metadata.namespace : backend.object.namespace
      return backend.object.name == service.metadata.name
        && namespace == service.metadata.namespace && backend.port != 0
        && ["", Service.kind.name].contains(backend.object.kind.name)
        && !service.hasPort(.integer(backend.port))
    }?.port
  }

  private func observation(
    of route: HTTPRoute,
    _ backend: VertexID,
    _ problem: String,
    _ evidence: Evidence
  ) -> Observation {
    Observation(
      "HTTPRoute \(route.key.qualifiedName) sends requests \(problem)",
      evidence: [evidence],
      related: [backend],
      beginning: .notBefore(route.metadata.creationTimestamp),
      discriminator: backend.description
    )
  }
}

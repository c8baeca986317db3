import ClusterGraph
import Inspection
import KubernetesObjects

/// Whether a Service has anybody to send requests to, as its EndpointSlices say.
struct ServiceEndpoints: DerivedFact {
  static let readers: [Relation] = [.backend, .webhook]

  let hasReady: Bool

  init(of service: Service, in cluster: ClusterView) {
    hasReady = cluster.referrers(over: .endpointService).contains { neighbour in
      guard let slice = neighbour.presence.record as? EndpointSlice else { return false }
      return slice.endpoints.contains(where: \.isReady)
    }
  }
}

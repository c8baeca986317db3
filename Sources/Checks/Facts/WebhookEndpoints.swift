import ClusterGraph
import Inspection
import KubernetesObjects

/// How many endpoints of a Service are ready, for those that the API server calls it for.
struct WebhookEndpoints: DerivedFact {
  static let readers: [Relation] = [.webhook]
  let ready: Int

  init(of service: Service, in cluster: ClusterView) {
    ready = cluster.referrers(over: .endpointService).reduce(0) { count, slice in
      let endpoints = (slice.presence.record as? EndpointSlice)?.endpoints ?? []
      return count + endpoints.count(where: \.isReady)
    }
  }
}

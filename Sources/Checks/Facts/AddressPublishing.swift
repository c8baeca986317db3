import ClusterGraph
import Inspection
import KubernetesObjects

/// Whether the controller of an IngressClass writes addresses into the status of its Ingresses.
struct AddressPublishing: DerivedFact {
  static let readers: [Relation] = [.ingressClass]

  /// Whether there are several Ingresses, and none has an address.
  let isUncommon: Bool

  init(of ingressClass: IngressClass, in cluster: ClusterView) {
    let ingresses = cluster.referrers(over: .ingressClass)
      .compactMap { $0.presence.record as? Ingress }
    isUncommon = ingresses.count > 2 && ingresses.allSatisfy(\.loadBalancer.isEmpty)
  }
}

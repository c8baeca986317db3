import Inspection
import KubernetesObjects

/// An object that a load balancer brings requests to.
struct BalancedSubject: InspectionSubject {
  static let scope = SubjectScope.kinds([Ingress.kind, Service.kind])

  let key: ObjectKey
  let metadata: ObjectMetadata
  let loadBalancer: LoadBalancer

  var id: VertexID { .object(key) }

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let service as Service: loadBalancer = service.loadBalancer
    case let ingress as Ingress: loadBalancer = ingress.loadBalancer
    default: return nil
    }
    guard let record else { return nil }
    key = record.key
    metadata = record.metadata
  }
}

import Inspection
import KubernetesObjects

/// An object of the Gateway API that tells by conditions what became of it.
struct GatewaySubject: InspectionSubject {
  static let scope = SubjectScope.kinds([Gateway.kind, Gateway.classKind, HTTPRoute.kind])

  let record: any ObjectRecord
  let conditions: [Condition]

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let gateway as Gateway: conditions = gateway.conditions
    case let route as HTTPRoute: conditions = route.conditions
    case let other as CustomRecord: conditions = other.conditions
    default: return nil
    }
    guard let record else { return nil }
    self.record = record
  }

  var metadata: ObjectMetadata { record.metadata }
  var id: VertexID { .object(record.key) }
}

import Inspection
import KubernetesObjects

/// A class of Ingresses or of Gateways.
struct ClassSubject: InspectionSubject {
  static let scope = SubjectScope.kinds([IngressClass.kind, Gateway.classKind])

  let key: ObjectKey
  let metadata: ObjectMetadata
  /// Whether objects that name no class are of this one.
  let isDefault: Bool

  var id: VertexID { .object(key) }
  var isOfGateways: Bool { key.kind == Gateway.classKind }

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record else { return nil }
    key = record.key
    metadata = record.metadata
    isDefault = (record as? IngressClass)?.isDefault ?? false
  }
}

import Inspection
import KubernetesObjects

/// An object of one of several kinds, for checks that say the same of all of them.
struct OneOf<each Kind: TypedRecord>: InspectionSubject {
  static var scope: SubjectScope {
    var kinds: [ObjectKind] = []
    for kind in repeat (each Kind).self { kinds.append(kind.kind) }
    return .kinds(kinds)
  }

  let record: any ObjectRecord

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record else { return nil }
    self.record = record
  }

  var metadata: ObjectMetadata { record.metadata }
  var id: VertexID { .object(record.key) }

  /// As people call it: `PersistentVolume pv-1`.
  var name: String { "\(record.kind.name) \(record.key.qualifiedName)" }
}

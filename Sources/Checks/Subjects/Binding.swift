import Inspection
import KubernetesObjects

/// A RoleBinding or ClusterRoleBinding.
struct Binding: InspectionSubject {
  static let scope = SubjectScope.kinds([ClusterRoleBinding.kind, RoleBinding.kind])

  let key: ObjectKey
  let metadata: ObjectMetadata
  let role: ObjectMention
  let subjects: [RoleSubject]

  var id: VertexID { .object(key) }

  /// Whether the API server itself keeps it: such bindings name accounts of controllers that may
  /// not run in this cluster.
  var isBootstrapped: Bool {
    metadata.labels["kubernetes.io/bootstrapping"] != nil || metadata.name.hasPrefix("system:")
  }

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let record as ClusterRoleBinding: self.init(record)
    case let record as RoleBinding: self.init(record)
    default: return nil
    }
  }

  private init(_ record: some RoleGrant) {
    key = record.key
    metadata = record.metadata
    role = record.role
    subjects = record.subjects
  }
}

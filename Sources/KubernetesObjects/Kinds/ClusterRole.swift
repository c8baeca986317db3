package import WireFormats

/// A ClusterRole, as far as checks read it.
package struct ClusterRole: TypedRecord {
  package static let kind = ObjectKind("ClusterRole", group: "rbac.authorization.k8s.io")
  package static let references: [ReferenceRule<ClusterRole>] = []

  package var metadata: ObjectMetadata
  package var rules: [PolicyRule] = []
  /// Whether a controller gathers its rules from other ClusterRoles.
  package var isAggregated = false

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension ClusterRole {
  package enum Field: Int, ObjectField {
    case rules = 2, aggregationRule
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    switch field {
    case .rules: try reader.append(to: &rules)
    case .aggregationRule:
      isAggregated = true
      try reader.skip()
    }
  }
}

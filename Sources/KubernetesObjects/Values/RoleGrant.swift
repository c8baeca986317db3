package import WireFormats

/// Whom a binding gives a role to.
package struct RoleSubject: Hashable, Sendable {
  /// `User`, `Group`, `ServiceAccount`.
  package var kind = ""
  package var name = ""
  /// A ServiceAccount's; empty for others.
  package var namespace = ""

  package init() {}
}

/// An object that gives a role to subjects.
package protocol RoleGrant: TypedRecord {
  /// The Role, in the binding's own namespace, or the ClusterRole.
  var role: ObjectMention { get set }
  var subjects: [RoleSubject] { get set }
}

extension RoleGrant {
  package static var references: [ReferenceRule<Self>] {
    [
      ReferenceRule(.role, path: "roleRef") { binding in
        let isInNamespace = binding.role.kind == Role.kind
        return .named(
          binding.role.name,
          binding.role.kind,
          in: isInNamespace ? binding.metadata.namespace : ""
        )
      },
      ReferenceRule(.subject, path: "subjects") { binding in
        binding.subjects.filter { $0.kind == "ServiceAccount" }.flatMap {
          [VertexID].named($0.name, ServiceAccount.kind, in: $0.namespace)
        }
      },
    ]
  }

  /// Accounts and roles care whether they are bound, which their edges say.
  package func looksEqual(to old: Self, over relation: Relation) -> Bool {
    switch relation {
    case .event, .namespace: isAsPresent(as: old)
    default: isAsPresent(as: old) && role == old.role && subjects == old.subjects
    }
  }

  package mutating func read(
    _ field: RoleGrantField,
    from reader: inout FieldReader
  ) throws(WireError) {
    switch field {
    case .subjects: try reader.append(to: &subjects)
    case .roleRef: try role.readRole(from: &reader)
    }
  }
}

/// Messages `rbac.v1.RoleBinding` and `ClusterRoleBinding`.
package enum RoleGrantField: Int, ObjectField {
  case subjects = 2, roleRef
  package static let fieldNames = FieldNames<Self>.ofObject
}

extension ObjectMention {
  /// Message `rbac.v1.RoleRef`.
  private enum RoleField: Int, WireField {
    case apiGroup = 1, kind, name
    static let fieldNames = FieldNames<Self>()
  }

  fileprivate mutating func readRole(from reader: inout FieldReader) throws(WireError) {
    var kindName = ""
    var group = ""
    try reader.beginObject()
    while let field = try reader.nextField(RoleField.self) {
      switch field {
      case .apiGroup: group = try reader.string()
      case .kind: kindName = try reader.string()
      case .name: name = try reader.string()
      }
    }
    kind = ObjectKind(kindName, group: group)
  }
}

extension RoleSubject: FieldReadable {
  /// Message `rbac.v1.Subject`.
  private enum Field: Int, WireField {
    case kind = 1, name = 3, namespace
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .kind: kind = try reader.string()
      case .name: name = try reader.string()
      case .namespace: namespace = try reader.string()
      }
    }
  }
}

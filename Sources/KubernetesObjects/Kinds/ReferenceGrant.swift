package import WireFormats

/// A ReferenceGrant of `gateway.networking.k8s.io`: whose objects in which other namespaces may name
/// objects of its own namespace; servers send it as JSON alone.
package struct ReferenceGrant: TypedRecord {
  /// A kind, with the namespace from which it may name, or the one name that may be named.
  package struct Party: Hashable, Sendable {
    package var kind = ObjectKind("")
    package var namespace = ""
    /// Empty for all.
    package var name = ""

    package init() {}
  }

  package static let kind = ObjectKind("ReferenceGrant", group: "gateway.networking.k8s.io")

  package static let references: [ReferenceRule<ReferenceGrant>] = [
    .definition(plural: "referencegrants"),
    ReferenceRule(.grant, path: "spec") { grant in
      grant.from.flatMap { source in
        grant.to.map { target in
          vertex(source.kind, source.namespace, target.kind, grant.metadata.namespace)
        }
      }
    },
  ]

  package var metadata: ObjectMetadata
  package var from: [Party] = []
  package var to: [Party] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// Whether objects of `source` in a namespace may name `target` by this grant.
  package func allows(_ source: ObjectKey, toName target: ObjectKey) -> Bool {
    metadata.namespace == target.namespace
      && from.contains { $0.kind == source.kind && $0.namespace == source.namespace }
      && to.contains { $0.kind == target.kind && ($0.name.isEmpty || $0.name == target.name) }
  }

  /// Where those who name an object of another namespace meet those who let them; nothing where it is
  /// their own.
  static func vertices(
    from kind: ObjectKind,
    in namespace: String,
    to mention: ObjectMention,
    defaultKind: ObjectKind
  ) -> [VertexID] {
    guard let target = mention.key(defaultKind: defaultKind, namespace: namespace),
      target.namespace != namespace
    else { return [] }
    return [vertex(kind, namespace, target.kind, target.namespace)]
  }

  /// Where objects of one kind and namespace that name some of another meet.
  package static func vertex(
    _ source: ObjectKind,
    _ namespace: String,
    _ target: ObjectKind,
    _ targetNamespace: String
  ) -> VertexID {
    .shared(.grant, "\(source.name) \(namespace) to \(target.name) \(targetNamespace)")
  }
}

extension ReferenceGrant {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case from = 1, to
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .from: try reader.append(to: &from)
      case .to: try reader.append(to: &to)
      }
    }
  }
}

extension ReferenceGrant.Party: FieldReadable {
  private enum Field: Int, WireField {
    case group = 1, kind, namespace, name
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    var group = ""
    var kindName = ""
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .group: group = try reader.string()
      case .kind: kindName = try reader.string()
      case .namespace: namespace = try reader.string()
      case .name: name = try reader.string()
      }
    }
    kind = ObjectKind(kindName, group: group)
  }
}

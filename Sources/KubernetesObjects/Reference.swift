/// One way in which an object names another vertex.
package struct Reference: Hashable, Sendable {
  package let relation: Relation
  package let target: VertexID
  /// The field that holds the name: `spec.nodeName`.
  package let path: String
  /// Whether the object does as well without the target.
  package let isOptional: Bool

  package init(_ relation: Relation, _ target: VertexID, path: String, isOptional: Bool = false) {
    self.relation = relation
    self.target = target
    self.path = path
    self.isOptional = isOptional
  }
}

/// One row of a kind's table of references: which field names what.
package struct ReferenceRule<Record: TypedRecord>: Sendable {
  package let relation: Relation
  package let path: String
  /// Whether a target that is absent is no fault.
  package let isOptional: Bool
  private let targets: @Sendable (Record) -> [VertexID]

  /// Declares that the field at `path` names all of `targets`.
  package init(
    _ relation: Relation,
    path: String,
    isOptional: Bool = false,
    targets: @escaping @Sendable (Record) -> [VertexID]
  ) {
    self.relation = relation
    self.path = path
    self.isOptional = isOptional
    self.targets = targets
  }

  /// Declares that the field at `path` holds the name of an object of `kind` that is in no
  /// namespace; an empty one names nothing.
  package init(
    _ relation: Relation,
    to kind: ObjectKind,
    path: String,
    isOptional: Bool = false,
    name: @escaping @Sendable (Record) -> String
  ) {
    self.init(relation, path: path, isOptional: isOptional) { record in
      .named(name(record), kind)
    }
  }

  /// Declares that the field at `path` holds names of objects of `kind` in the record's own
  /// namespace; empty ones name nothing.
  package init(
    _ relation: Relation,
    toNeighbours kind: ObjectKind,
    path: String,
    isOptional: Bool = false,
    names: @escaping @Sendable (Record) -> [String]
  ) {
    self.init(relation, path: path, isOptional: isOptional) { record in
      names(record).flatMap { [VertexID].named($0, kind, in: record.metadata.namespace) }
    }
  }

  func references(of record: Record) -> [Reference] {
    targets(record).map { Reference(relation, $0, path: path, isOptional: isOptional) }
  }
}

extension [VertexID] {
  /// The object with this name; nothing where the name is empty.
  static func named(_ name: String, _ kind: ObjectKind, in namespace: String = "") -> Self {
    name.isEmpty ? [] : [.object(ObjectKey(kind, namespace: namespace, name: name))]
  }
}

extension ObjectMetadata {
  /// What any object names by its metadata: its namespace and its owners.
  func references(of kind: ObjectKind) -> [Reference] {
    var references = ownerReferences.map { owner in
      Reference(.owner, .object(ownerKey(owner)), path: "metadata.ownerReferences")
    }
    if !namespace.isEmpty {
      let key = ObjectKey(Namespace.kind, name: namespace)
      references.append(Reference(.namespace, .object(key), path: "metadata.namespace"))
    }
    return references
  }

  /// The key of an owner: in the object's own namespace, unless the kind is known to be in none.
  package func ownerKey(_ owner: OwnerReference) -> ObjectKey {
    let isClusterScoped = owner.kind == Node.kind || owner.kind == Namespace.kind
    return ObjectKey(owner.kind, namespace: isClusterScoped ? "" : namespace, name: owner.name)
  }
}

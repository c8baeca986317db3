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

/// One row of a table of references: which field names what.
///
/// `Record` is a kind's record, or a part that several kinds have in common.
package struct ReferenceRule<Record: Sendable>: Sendable {
  package let relation: Relation
  package let path: String
  /// Whether a target that is absent is no fault.
  package let isOptional: Bool
  /// What a record names that is in a namespace.
  private let targets: @Sendable (Record, _ namespace: String) -> [VertexID]

  /// Declares that the field at `path` names all of `targets`.
  package init(
    _ relation: Relation,
    path: String,
    isOptional: Bool = false,
    targets: @escaping @Sendable (Record) -> [VertexID]
  ) {
    self.init(relation, path, isOptional) { record, _ in targets(record) }
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
    self.init(relation, path, isOptional) { record, _ in .named(name(record), kind) }
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
    self.init(relation, path, isOptional) { record, namespace in
      names(record).flatMap { [VertexID].named($0, kind, in: namespace) }
    }
  }

  init(
    _ relation: Relation,
    _ path: String,
    _ isOptional: Bool,
    targets: @escaping @Sendable (Record, String) -> [VertexID]
  ) {
    self.relation = relation
    self.path = path
    self.isOptional = isOptional
    self.targets = targets
  }

  func append(_ record: Record, in namespace: String, to references: inout [Reference]) {
    for target in targets(record, namespace) {
      references.append(Reference(relation, target, path: path, isOptional: isOptional))
    }
  }
}

extension [VertexID] {
  /// The object with this name; nothing where the name is empty.
  static func named(_ name: String, _ kind: ObjectKind, in namespace: String = "") -> Self {
    name.isEmpty ? [] : [.object(ObjectKey(kind, namespace: namespace, name: name))]
  }
}

extension ObjectMetadata {
  /// What any object names by its metadata, its namespace and its owners, over some relations or all.
  func references(of kind: ObjectKind, over relations: RelationSet = .all) -> [Reference] {
    guard relations == .all else {
      return relations.isDisjoint(with: Self.relations)
        ? [] : references(of: kind).filter { relations.contains($0.relation) }
    }
    var references: [Reference] = []
    references.reserveCapacity(ownerReferences.count + 8)
    for owner in ownerReferences {
      let keys = ownerKeys(owner)
      for key in keys {
        references.append(
          Reference(
            .owner,
            .object(key),
            path: "metadata.ownerReferences",
            isOptional: keys.count > 1
          )
        )
      }
    }
    if !namespace.isEmpty {
      let key = ObjectKey(Namespace.kind, name: namespace)
      references.append(Reference(.namespace, .object(key), path: "metadata.namespace"))
    }
    guard isTerminating else { return references }
    for finalizer in finalizers {
      guard let lease = Finalizer(finalizer).lease else { continue }
      let path = "metadata.finalizers"
      references.append(Reference(.finalizer, .object(lease), path: path, isOptional: true))
    }
    return references
  }

  /// Those over which metadata names anything.
  static let relations: RelationSet = [
    RelationSet(.finalizer), RelationSet(.namespace), RelationSet(.owner),
  ]

  /// What an owner reference may mean: an owner is in the object's own namespace, or in none.
  ///
  /// The reference does not tell; only of kinds that are built in it is known.
  package func ownerKeys(_ owner: OwnerReference) -> [ObjectKey] {
    let inNone = ObjectKey(owner.kind, name: owner.name)
    guard !namespace.isEmpty, !owner.kind.isClusterScoped else { return [inNone] }
    let inOwn = ObjectKey(owner.kind, namespace: namespace, name: owner.name)
    return owner.kind.isBuiltIn ? [inOwn] : [inOwn, inNone]
  }
}

/// What an edge of the graph means.
package enum Relation: UInt8, Sendable, CaseIterable {
  /// A claim on an address that its holder may not share.
  case address
  /// A volume's claim, or a claim's volume.
  case claim
  /// A custom resource's definition.
  case definition
  /// An object's namespace.
  case namespace
  /// A Pod's Node.
  case node
  /// An object's owner.
  case owner
  /// An object that is selected by its labels.
  case selection

  /// The relation as seen from its source: "is on", "is owned by".
  package var phrase: String {
    switch self {
    case .address: "has address"
    case .claim: "is bound to"
    case .definition: "is defined by"
    case .namespace: "is in"
    case .node: "is on"
    case .owner: "is owned by"
    case .selection: "selects"
    }
  }

  /// The relation as seen from its target: "runs", "owns".
  package var inversePhrase: String {
    switch self {
    case .address: "is used by"
    case .claim: "is bound by"
    case .definition: "defines"
    case .namespace: "contains"
    case .node: "runs"
    case .owner: "owns"
    case .selection: "is selected by"
    }
  }
}

/// What a vertex of the graph stands for: an object, or something that objects name.
package enum VertexID: Hashable, Sendable {
  case object(ObjectKey)
  case address(IPAddress)

  /// The object's key, where the vertex is an object.
  package var objectKey: ObjectKey? {
    guard case .object(let key) = self else { return nil }
    return key
  }

  /// The kind as people read it: `Pod`, `Address`.
  package var kindName: String {
    switch self {
    case .object(let key): key.kind.name
    case .address: "Address"
    }
  }

  /// The name without the kind: `shop/cart-1`, `10.0.0.7`.
  package var name: String {
    switch self {
    case .object(let key): key.qualifiedName
    case .address(let address): address.description
    }
  }

  /// The namespace that the vertex is in; empty where it is in none.
  package var namespace: String { objectKey?.namespace ?? "" }
}

extension VertexID: Comparable, CustomStringConvertible {
  package static func < (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.object(let left), .object(let right)): left < right
    case (.address(let left), .address(let right)): left < right
    case (.object, .address): false
    case (.address, .object): true
    }
  }

  package var description: String {
    switch self {
    case .object(let key): key.description
    case .address(let address): "Address \(address)"
    }
  }
}

/// One way in which an object names another vertex.
package struct Reference: Hashable, Sendable {
  package let relation: Relation
  package let target: VertexID
  /// The field that holds the name: `spec.nodeName`.
  package let path: String

  package init(_ relation: Relation, _ target: VertexID, path: String) {
    self.relation = relation
    self.target = target
    self.path = path
  }
}

/// One row of a kind's table of references: which field names what.
package struct ReferenceRule<Record: TypedRecord>: Sendable {
  package let relation: Relation
  package let path: String
  private let targets: @Sendable (Record) -> [VertexID]

  /// Declares that the field at `path` names all of `targets`.
  package init(
    _ relation: Relation,
    path: String,
    targets: @escaping @Sendable (Record) -> [VertexID]
  ) {
    self.relation = relation
    self.path = path
    self.targets = targets
  }

  func references(of record: Record) -> [Reference] {
    targets(record).map { Reference(relation, $0, path: path) }
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

package import WireFormats

/// A NetworkPolicy, as far as checks read it.
package struct NetworkPolicy: TypedRecord {
  /// What may be on the other side of a connection.
  package struct Peer: Hashable, Sendable {
    package var podSelector: LabelSelector?
    package var namespaceSelector: LabelSelector?
    /// A range of addresses; empty where there is none.
    package var block = ""

    package init() {}

    /// The namespaces that are meant by their names.
    package var namespaceNames: [String] { namespaceSelector?.namespaceNames ?? [] }

    /// The namespaces that are meant by their labels, and the Pods.
    fileprivate func selections(at path: String) -> [Selection] {
      [selectionOfNamespaces(at: path), selectionOfPods(at: path)].compactMap(\.self)
    }

    private func selectionOfNamespaces(at path: String) -> Selection? {
      // Those that are merely named are references.
      guard let namespaceSelector, !namespaceSelector.selectsUnlabelled,
        !namespaceSelector.isOfNamesAlone
      else { return nil }
      return Selection(
        Namespace.kind,
        by: namespaceSelector,
        path: "\(path).namespaceSelector",
        isOfPeers: true,
        in: ""
      )
    }

    private func selectionOfPods(at path: String) -> Selection? {
      guard let podSelector, !podSelector.selectsUnlabelled else { return nil }
      let names = namespaceNames
      let isOneAlone = names.count == 1 && namespaceSelector?.isOfNamesAlone == true
      return Selection(
        Pod.kind,
        by: podSelector,
        path: "\(path).podSelector",
        isOfPeers: true,
        in: isOneAlone ? names[0] : nil,
        ofNamespaces: isOneAlone ? nil : namespaceSelector
      )
    }

    fileprivate var namespaceVertices: [VertexID] {
      namespaceNames.flatMap { [VertexID].named($0, Namespace.kind) }
    }
  }

  /// Connections that are allowed.
  package struct Rule: Hashable, Sendable {
    /// None allows everybody.
    package var peers: [Peer] = []
    /// Whether it is for some ports alone.
    package var isForPorts = false

    package init() {}
  }

  package static let kind = ObjectKind("NetworkPolicy", group: "networking.k8s.io")

  package static let references: [ReferenceRule<NetworkPolicy>] = [
    ReferenceRule(.isolation, to: Namespace.kind, path: "metadata.namespace", isOptional: true) {
      $0.metadata.namespace
    },
    ReferenceRule(.peerNamespace, path: "spec.ingress.from.namespaceSelector") { policy in
      policy.ingress.flatMap(\.peers).flatMap(\.namespaceVertices)
    },
    ReferenceRule(.peerNamespace, path: "spec.egress.to.namespaceSelector") { policy in
      policy.egress.flatMap(\.peers).flatMap(\.namespaceVertices)
    },
  ]

  package var metadata: ObjectMetadata
  /// An empty one selects all Pods of the namespace.
  package var podSelector = LabelSelector()
  package var ingress: [Rule] = []
  package var egress: [Rule] = []
  /// Which directions it is about: `Ingress`, `Egress`.
  package var policyTypes: [String] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package var selections: [Selection] {
    [Selection(Pod.kind, by: podSelector, path: "spec.podSelector")]
      + ingress.flatMap { $0.peers.flatMap { $0.selections(at: "spec.ingress.from") } }
      + egress.flatMap { $0.peers.flatMap { $0.selections(at: "spec.egress.to") } }
  }
}

/// As it selects namespaces.
extension LabelSelector {
  /// The namespaces of which it means some by their names; none where it means them by other labels
  /// alone.
  package var namespaceNames: [String] {
    let label = Namespace.nameLabel
    if let name = matchLabels[label] { return [name] }
    for case .isOneOf(label, let names) in matchExpressions { return names }
    return []
  }

  fileprivate var isOfNamesAlone: Bool {
    matchLabels.all.count + matchExpressions.count == 1 && !namespaceNames.isEmpty
  }
}

extension NetworkPolicy {
  package enum Field: Int, ObjectField {
    case spec = 2
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case podSelector = 1, ingress, egress, policyTypes
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(SpecField.self) {
      switch field {
      case .podSelector: podSelector = try LabelSelector(reading: &reader)
      case .ingress:
        try reader.append(to: &ingress) { reader throws(WireError) in
          try Rule(reading: &reader, as: IngressField.self)
        }
      case .egress:
        try reader.append(to: &egress) { reader throws(WireError) in
          try Rule(reading: &reader, as: EgressField.self)
        }
      case .policyTypes: try reader.append(to: &policyTypes)
      }
    }
  }
}

/// How the fields of a rule are called in one direction.
private protocol RuleField: WireField, Equatable {
  static var ports: Self { get }
  static var peers: Self { get }
}

/// Message `networking.v1.NetworkPolicyIngressRule`.
private enum IngressField: Int, RuleField {
  case ports = 1, from
  static let fieldNames = FieldNames<Self>()
  static var peers: Self { .from }
}

/// Message `networking.v1.NetworkPolicyEgressRule`.
private enum EgressField: Int, RuleField {
  case ports = 1, to
  static let fieldNames = FieldNames<Self>()
  static var peers: Self { .to }
}

extension NetworkPolicy.Rule {
  fileprivate init<Field: RuleField>(
    reading reader: inout FieldReader,
    as layout: Field.Type
  ) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(layout) {
      if field == .peers {
        try reader.append(to: &peers)
        continue
      }
      try reader.beginArray()
      while try reader.nextElement() {
        isForPorts = true
        try reader.skip()
      }
    }
  }
}

extension NetworkPolicy.Peer: FieldReadable {
  private enum Field: Int, WireField {
    case podSelector = 1, namespaceSelector, ipBlock
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `networking.v1.IPBlock`.
  private enum BlockField: Int, WireField {
    case cidr = 1
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .podSelector: podSelector = try LabelSelector(reading: &reader)
      case .namespaceSelector: namespaceSelector = try LabelSelector(reading: &reader)
      case .ipBlock:
        try reader.beginObject()
        while try reader.nextField(BlockField.self) != nil { block = try reader.string() }
      }
    }
  }
}

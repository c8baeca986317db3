package import WireFormats

/// An HTTPRoute of `gateway.networking.k8s.io`, as far as checks read it; servers send it as JSON
/// alone.
package struct HTTPRoute: TypedRecord {
  package struct Rule: Hashable, Sendable {
    /// Each as one line: `GET PathPrefix /cart header Exact version=2`.
    package var matches: [String] = []
    package var backends: [GatewayMention] = []

    package init() {}
  }

  package static let kind = ObjectKind("HTTPRoute", group: "gateway.networking.k8s.io")

  package static let references: [ReferenceRule<HTTPRoute>] = [
    .definition(plural: "httproutes"),
    ReferenceRule(.gateway, path: "spec.parentRefs") { route in
      route.parentKeys.map(VertexID.object)
    },
    ReferenceRule(.backend, path: "spec.rules.backendRefs") { route in
      route.rules.flatMap(\.backends).compactMap { backend in
        backend.object.key(defaultKind: Service.kind, namespace: route.metadata.namespace)
          .map(VertexID.object)
      }
    },
    ReferenceRule(.route, path: "spec.rules.matches") { route in
      route.claimedMatches.map { .shared(.routeMatch, $0) }
    },
    ReferenceRule(.grant, path: "spec.rules.backendRefs.namespace") { route in
      route.rules.flatMap(\.backends).flatMap { backend in
        ReferenceGrant.vertices(
          from: kind,
          in: route.metadata.namespace,
          to: backend.object,
          defaultKind: Service.kind
        )
      }
    },
  ]

  package var metadata: ObjectMetadata
  /// The Gateways, or their listeners, that it is attached to.
  package var parents: [GatewayMention] = []
  /// None for all hosts.
  package var hosts: [String] = []
  package var rules: [Rule] = []
  /// What each of the parents says.
  package var conditions: [Condition] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  package mutating func share(by pool: inout SharingPool) {
    metadata.share(by: &pool)
    conditions.share(by: &pool)
  }

  package var parentKeys: [ObjectKey] {
    parents.compactMap {
      $0.object.key(defaultKind: Gateway.kind, namespace: metadata.namespace)
    }
  }

  /// What no other route may serve at the same listener: `infra/public shop.example.com GET Exact
  /// /cart`.
  package var claimedMatches: [String] { parents.flatMap(claims) }

  /// The parents, listeners and all, at which it claims a host and match.
  package func parents(claiming claim: String) -> [GatewayMention] {
    parents.filter { claims(at: $0).contains(claim) }
  }

  /// Whether a parent does not take it.
  package var isRefused: Bool {
    conditions.contains { $0.type == "Accepted" && $0.status == .isFalse }
  }

  private func claims(at parent: GatewayMention) -> [String] {
    let key = parent.object.key(defaultKind: Gateway.kind, namespace: metadata.namespace)
    guard let key else { return [] }
    let kind = key.kind == Gateway.kind ? "" : "\(key.kind.name) "
    return (hosts.isEmpty ? ["*"] : hosts).flatMap { host in
      rules.flatMap(\.matches).map { "\(kind)\(key.namespace)/\(key.name) \(host) \($0)" }
    }
  }

  package func looksEqual(to old: HTTPRoute, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    switch relation {
    case .definition, .event, .namespace: return true
    case .route: return parents == old.parents && isRefused == old.isRefused
    default: return parents == old.parents && hosts == old.hosts && rules == old.rules
    }
  }
}

extension HTTPRoute {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case parentRefs = 1, hostnames, rules
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case parents = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum ParentStatusField: Int, WireField {
    case conditions = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    switch field {
    case .spec:
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .parentRefs: try reader.append(to: &parents)
        case .hostnames: try reader.append(to: &hosts)
        case .rules: try reader.append(to: &rules)
        }
      }
    case .status:
      while try reader.nextField(StatusField.self) != nil {
        try reader.beginArray()
        while try reader.nextElement() {
          try reader.beginObject()
          while try reader.nextField(ParentStatusField.self) != nil {
            try reader.append(to: &conditions)
          }
        }
      }
    }
  }
}

extension HTTPRoute.Rule: FieldReadable {
  private enum Field: Int, WireField {
    case matches = 1, backendRefs
    static let fieldNames = FieldNames<Self>()
  }

  private enum MatchField: Int, WireField {
    case path = 1, headers, queryParams, method
    static let fieldNames = FieldNames<Self>()
  }

  private enum ValueField: Int, WireField {
    case type = 1, name, value
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .matches:
        try reader.append(to: &matches) { reader throws(WireError) in
          try Self.match(from: &reader)
        }
      case .backendRefs: try reader.append(to: &backends)
      }
    }
    if matches.isEmpty { matches = ["* PathPrefix /"] }
  }

  private static func match(from reader: inout FieldReader) throws(WireError) -> String {
    var method = "*"
    var path = "PathPrefix /"
    var values: [String] = []
    try reader.beginObject()
    while let field = try reader.nextField(MatchField.self) {
      switch field {
      case .path: path = try value(from: &reader, defaultType: "PathPrefix")
      case .headers, .queryParams:
        try reader.append(to: &values) { reader throws(WireError) in
          let place = field == .headers ? "header" : "query"
          return try "\(place) \(value(from: &reader, defaultType: "Exact"))"
        }
      case .method: method = try reader.string()
      }
    }
    return ([method, path] + values.sorted()).joined(separator: " ")
  }

  private static func value(
    from reader: inout FieldReader,
    defaultType: String
  ) throws(WireError) -> String {
    var type = ""
    var name = ""
    var value = ""
    try reader.beginObject()
    while let field = try reader.nextField(ValueField.self) {
      switch field {
      case .type: type = try reader.string()
      case .name: name = try reader.string()
      case .value: value = try reader.string()
      }
    }
    let kind = type.isEmpty ? defaultType : type
    return name.isEmpty ? "\(kind) \(value)" : "\(kind) \(name)=\(value)"
  }
}

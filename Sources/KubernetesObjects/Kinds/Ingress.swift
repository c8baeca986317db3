package import WireFormats

/// An Ingress, as far as checks read it.
package struct Ingress: TypedRecord {
  /// A Service, and the port of it that requests are sent to.
  package struct Backend: Hashable, Sendable {
    package var service = ""
    package var port = IntegerOrString.integer(0)

    package init() {}
  }

  package struct Rule: Hashable, Sendable {
    /// Empty for all hosts.
    package var host = ""
    package var path = ""
    /// `Exact`, `Prefix` or `ImplementationSpecific`.
    package var pathType = ""
    package var backend = Backend()

    package init() {}
  }

  package static let kind = ObjectKind("Ingress", group: "networking.k8s.io")

  package static let references: [ReferenceRule<Ingress>] = [
    ReferenceRule(.backend, toNeighbours: Service.kind, path: "spec.rules.http.paths.backend") {
      $0.rules.map(\.backend.service)
    },
    ReferenceRule(.backend, toNeighbours: Service.kind, path: "spec.defaultBackend") {
      [$0.defaultBackend?.service ?? ""]
    },
    ReferenceRule(.certificate, toNeighbours: Secret.kind, path: "spec.tls.secretName") {
      $0.tlsSecrets
    },
    ReferenceRule(.ingressClass, to: IngressClass.kind, path: "spec.ingressClassName") {
      $0.className
    },
    // Controllers of the older generation know the class without there being an object of it.
    ReferenceRule(
      .ingressClass,
      to: IngressClass.kind,
      path: "metadata.annotations[kubernetes.io/ingress.class]",
      isOptional: true
    ) { $0.legacyClassName },
    ReferenceRule(.route, path: "spec.rules") { ingress in
      ingress.claimedRules.map { .shared(.ingressRule, $0) }
    },
  ]

  package var metadata: ObjectMetadata
  /// Empty for the default class.
  package var className = ""
  package var defaultBackend: Backend?
  package var rules: [Rule] = []
  package var tlsSecrets: [String] = []
  package var loadBalancer = LoadBalancer()

  package init(metadata: ObjectMetadata) { self.metadata = metadata }

  /// The class as it was named before there were objects for classes.
  package var legacyClassName: String {
    metadata.annotations["kubernetes.io/ingress.class"] ?? ""
  }

  /// What no other Ingress may serve: `nginx shop.example.com/cart`.
  package var claimedRules: [String] {
    // Beside a canary there is the Ingress that it takes a part of the requests from.
    isCanary ? [] : rules.map(claim)
  }

  /// The rules by which it claims a host and path.
  package func rules(claiming claim: String) -> [Rule] { rules.filter { self.claim($0) == claim } }

  private func claim(_ rule: Rule) -> String {
    let classes = [className, legacyClassName, "*"].first { !$0.isEmpty } ?? "*"
    return "\(classes) \(rule.host.isEmpty ? "*" : rule.host)\(rule.path.isEmpty ? "/" : rule.path)"
  }

  private var isCanary: Bool {
    metadata.annotations["nginx.ingress.kubernetes.io/canary"] == "true"
  }

  /// Its address matters to those that claim what it claims, tells of the controller of its class,
  /// and is else its own business.
  package func looksEqual(to old: Ingress, over relation: Relation) -> Bool {
    guard isAsPresent(as: old) else { return false }
    switch relation {
    case .event, .namespace, .certificate: return true
    case .ingressClass: return loadBalancer.isEmpty == old.loadBalancer.isEmpty
    case .route: return rules == old.rules && loadBalancer == old.loadBalancer
    default: return rules == old.rules && defaultBackend == old.defaultBackend
    }
  }
}

extension Ingress {
  package enum Field: Int, ObjectField {
    case spec = 2, status
    package static let fieldNames = FieldNames<Self>.ofObject
  }

  private enum SpecField: Int, WireField {
    case defaultBackend = 1, tls, rules, ingressClassName
    static let fieldNames = FieldNames<Self>()
  }

  private enum CertificateField: Int, WireField {
    case secretName = 2
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `networking.v1.IngressRule`; JSON writes its value beside the host.
  private enum RuleField: Int, WireField {
    case host = 1, http = 2_001
    static let fieldNames = FieldNames<Self>()
  }

  private enum PathsField: Int, WireField {
    case paths = 1
    static let fieldNames = FieldNames<Self>()
  }

  private enum PathField: Int, WireField {
    case path = 1, backend, pathType
    static let fieldNames = FieldNames<Self>()
  }

  private enum StatusField: Int, WireField {
    case loadBalancer = 1
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    switch field {
    case .spec:
      while let field = try reader.nextField(SpecField.self) {
        switch field {
        case .defaultBackend: defaultBackend = try Backend(reading: &reader)
        case .tls: try readCertificates(from: &reader)
        case .rules: try readRules(from: &reader)
        case .ingressClassName: className = try reader.string()
        }
      }
    case .status:
      while try reader.nextField(StatusField.self) != nil {
        loadBalancer = try LoadBalancer(reading: &reader)
      }
    }
  }

  private mutating func readCertificates(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while try reader.nextField(CertificateField.self) != nil {
        try reader.append(nameTo: &tlsSecrets)
      }
    }
  }

  private mutating func readRules(from reader: inout FieldReader) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      var host = ""
      let first = rules.count
      try reader.beginObject()
      while let field = try reader.nextField(RuleField.self) {
        switch field {
        case .host: host = try reader.string()
        case .http: try readPaths(from: &reader)
        }
      }
      for index in first..<rules.count { rules[index].host = host }
    }
  }

  private mutating func readPaths(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(PathsField.self) != nil {
      try reader.append(to: &rules) { reader throws(WireError) in
        var rule = Rule()
        try reader.beginObject()
        while let field = try reader.nextField(PathField.self) {
          switch field {
          case .path: rule.path = try reader.string()
          case .backend: rule.backend = try Backend(reading: &reader)
          case .pathType: rule.pathType = try reader.string()
          }
        }
        return rule
      }
    }
  }
}

extension Ingress.Backend {
  private enum Field: Int, WireField {
    case service = 4
    static let fieldNames = FieldNames<Self>()
  }

  private enum ServiceField: Int, WireField {
    case name = 1, port
    static let fieldNames = FieldNames<Self>()
  }

  private enum PortField: Int, WireField {
    case name = 1, number
    static let fieldNames = FieldNames<Self>()
  }

  fileprivate init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(Field.self) != nil {
      try reader.beginObject()
      while let field = try reader.nextField(ServiceField.self) {
        switch field {
        case .name: service = try reader.string()
        case .port: try readPort(from: &reader)
        }
      }
    }
  }

  /// Reads a port, which has a name or a number; the other one is empty in protobuf.
  private mutating func readPort(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(PortField.self) {
      switch field {
      case .name:
        let name = try reader.string()
        if !name.isEmpty { port = .string(name) }
      case .number:
        let number = try reader.count()
        if number != 0 { port = .integer(number) }
      }
    }
  }
}

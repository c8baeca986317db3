package import WireFormats

/// A container as a Pod's spec asks for it.
package struct Container: Hashable, Sendable {
  package struct Port: Hashable, Sendable {
    package var name = ""
    package var number: UInt16 = 0
    package var portProtocol = "TCP"
    /// The port of the Node that leads here; 0 where there is none.
    package var hostPort: UInt16 = 0
    /// The Node's address that `hostPort` is taken on; empty for all of them.
    package var hostAddress = ""

    package init() {}
  }

  /// Which probes there are.
  package struct Probes: NamedFlags {
    package static let names = ["livenessProbe", "readinessProbe", "startupProbe"]

    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let liveness = Probes(rawValue: 1)
    package static let readiness = Probes(rawValue: 1 << 1)
    package static let startup = Probes(rawValue: 1 << 2)
  }

  package var name = ""
  package var image = ""
  /// Whether it is an init container.
  package var runsBefore = false
  package var restartsAlways = false
  package var ports: [Port] = []
  package var requests = ResourceAmounts()
  package var limits = ResourceAmounts()
  package var probes: Probes = []
  package var security = SecuritySettings()

  package init() {}

  mutating func share(by pool: inout SharingPool) {
    pool.share(&ports)
    requests.share(by: &pool)
    limits.share(by: &pool)
  }

  /// Whether it is an init container that goes on running beside the others.
  package var isSidecar: Bool { runsBefore && restartsAlways }
}

extension Container {
  /// Message `core.v1.Container`.
  private enum Field: Int, WireField {
    case name = 1, image
    case ports = 6, env, resources
    case livenessProbe = 10, readinessProbe
    case securityContext = 15
    case envFrom = 19
    case startupProbe = 22
    case restartPolicy = 24
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.ResourceRequirements`.
  private enum ResourcesField: Int, WireField {
    case limits = 1, requests
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.EnvVar`.
  private enum VariableField: Int, WireField {
    case valueFrom = 3
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.EnvVarSource`.
  private enum ValueField: Int, WireField {
    case configMapKeyRef = 3, secretKeyRef
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.EnvFromSource`.
  private enum VariablesField: Int, WireField {
    case configMapRef = 2, secretRef
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads a container, and adds what its environment is made of to `configurations`.
  init(
    reading reader: inout FieldReader,
    configurations: inout [ConfigurationReference]
  ) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name: name = try reader.string()
      case .image: image = try reader.string()
      case .ports: try reader.append(to: &ports)
      case .env: try Self.readVariables(from: &reader, &configurations)
      case .envFrom: try Self.readVariableSets(from: &reader, &configurations)
      case .resources: try readResources(from: &reader)
      case .livenessProbe: try note(.liveness, from: &reader)
      case .readinessProbe: try note(.readiness, from: &reader)
      case .startupProbe: try note(.startup, from: &reader)
      case .securityContext: security = try SecuritySettings(readingContainer: &reader)
      case .restartPolicy: restartsAlways = try reader.string() == "Always"
      }
    }
  }

  /// Adds to `digest` what is read of containers; mounts are not, which name volumes that may be called
  /// otherwise in each Pod.
  static func addAll(
    to digest: inout TemplateDigest,
    from reader: inout FieldReader
  ) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      digest.begin(.container)
      try reader.beginObject()
      while let field = try reader.nextField(Field.self) {
        try digest.add(field.rawValue, of: .container, from: &reader)
      }
    }
  }

  private mutating func note(
    _ probe: Probes,
    from reader: inout FieldReader
  ) throws(WireError) {
    probes.insert(probe)
    try reader.skip()
  }

  private mutating func readResources(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(ResourcesField.self) {
      switch field {
      case .limits: try limits.append(reading: &reader)
      case .requests: try requests.append(reading: &reader)
      }
    }
  }

  private static func readVariables(
    from reader: inout FieldReader,
    _ configurations: inout [ConfigurationReference]
  ) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while try reader.nextField(VariableField.self) != nil {
        try reader.beginObject()
        while let field = try reader.nextField(ValueField.self) {
          let source: ConfigurationReference.Source =
            field == .secretKeyRef ? .secret : .configMap
          configurations.append(try ConfigurationReference(source, readingKey: &reader))
        }
      }
    }
  }

  private static func readVariableSets(
    from reader: inout FieldReader,
    _ configurations: inout [ConfigurationReference]
  ) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      try reader.beginObject()
      while let field = try reader.nextField(VariablesField.self) {
        let source: ConfigurationReference.Source = field == .secretRef ? .secret : .configMap
        configurations.append(try ConfigurationReference(source, readingWhole: &reader))
      }
    }
  }
}

extension Container.Port: FieldReadable {
  /// Message `core.v1.ContainerPort`.
  private enum Field: Int, WireField {
    case name = 1, hostPort, containerPort, `protocol`, hostIP
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name: name = try reader.string()
      case .hostPort: hostPort = try reader.port()
      case .containerPort: number = try reader.port()
      case .protocol: portProtocol = try reader.string(orIfEmpty: "TCP")
      case .hostIP: hostAddress = try reader.string()
      }
    }
  }
}

extension Container: NamedElement {
  var elementName: String { name }
}

package import WireFormats

/// What a Pod's spec asks for, as far as the Pods of one workload have it in common.
///
/// Names of volumes are not here: those that admission adds are different for each Pod.
package struct PodTemplate: Hashable, Sendable {
  /// What the spec says of the Pod as a whole.
  package struct Options: NamedFlags {
    package static let names = [
      "hostNetwork", "hostPID", "hostIPC", "automountServiceAccountToken",
      "automountServiceAccountToken: false", "volumes (emptyDir)",
    ]

    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let hostNetwork = Options(rawValue: 1)
    package static let hostProcesses = Options(rawValue: 1 << 1)
    package static let hostCommunication = Options(rawValue: 1 << 2)
    /// `automountServiceAccountToken` is set to true, or to false; neither leaves it to the account.
    package static let mountsToken = Options(rawValue: 1 << 3)
    package static let mountsNoToken = Options(rawValue: 1 << 4)
    /// It has an `emptyDir`, whose content ends with the Pod.
    package static let scratchVolumes = Options(rawValue: 1 << 5)
  }

  /// Those that run together; init containers, in their order, stand before them.
  package var containers: [Container] = []
  /// ConfigMaps and Secrets that volumes and containers read.
  package var configurations: [ConfigurationReference] = []
  package var claims: [String] = []
  /// The volumes for each of which the Pod gets a claim of its own, `POD-VOLUME`.
  package var ephemeralVolumes: [String] = []
  package var hostPaths: [String] = []
  package var pullSecrets: [String] = []
  package var serviceAccount = ""
  package var priorityClass = ""
  package var runtimeClass = ""
  package var options: Options = []
  package var security = SecuritySettings()
  package var tolerations: [Toleration] = []
  /// The types of the conditions without which the Pod is not ready.
  package var readinessGates: [String] = []
  package var schedulingGates: [String] = []

  package init() {}

  /// Makes what many templates ask for alike be stored once, and takes no more room than it needs.
  mutating func share(by pool: inout SharingPool) {
    containers = containers.map { container in
      var container = container
      container.share(by: &pool)
      return container
    }
    pool.share(&tolerations)
    pool.share(&pullSecrets)
  }

  /// Hashes no more than what tells most templates apart.
  package func hash(into hasher: inout Hasher) {
    for container in containers {
      hasher.combine(container.name)
      hasher.combine(container.image)
    }
    hasher.combine(configurations.first?.name)
    hasher.combine(claims)
    hasher.combine(serviceAccount)
  }
}

/// Which taints a Pod endures; a key that is empty stands for all.
package struct Toleration: Hashable, Sendable {
  package var key = ""
  /// `Exists`, or `Equal`, which an empty one means.
  package var `operator` = ""
  package var value = ""
  /// Empty for all effects.
  package var effect = ""

  package init() {}
}

extension PodTemplate {
  /// Message `core.v1.PodSpec`.
  private enum Field: Int, WireField {
    case volumes = 1, containers
    case serviceAccountName = 8
    case nodeName = 10, hostNetwork, hostPID, hostIPC, securityContext, imagePullSecrets
    case initContainers = 20, automountServiceAccountToken, tolerations
    case priorityClassName = 24
    case readinessGates = 28, runtimeClassName
    case schedulingGates = 38
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.PodReadinessGate`.
  private enum GateField: Int, WireField {
    case conditionType = 1
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads a Pod's `spec`; the Node that it is bound to, into `nodeName`.
  init(readingSpec reader: inout FieldReader, nodeName: inout String) throws(WireError) {
    var initContainers: [Container] = []
    // The encodings bring volumes and containers in different orders.
    var (ofContainers, ofInitContainers): ([ConfigurationReference], [ConfigurationReference]) = (
      [], []
    )
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .volumes: try readVolumes(from: &reader)
      case .containers: try Self.read(&containers, &ofContainers, from: &reader)
      case .initContainers: try Self.read(&initContainers, &ofInitContainers, from: &reader)
      case .serviceAccountName: serviceAccount = try reader.string()
      case .nodeName: nodeName = try reader.string()
      case .hostNetwork: if try reader.boolean() { options.insert(.hostNetwork) }
      case .hostPID: if try reader.boolean() { options.insert(.hostProcesses) }
      case .hostIPC: if try reader.boolean() { options.insert(.hostCommunication) }
      case .securityContext: security = try SecuritySettings(readingPod: &reader)
      case .imagePullSecrets: try reader.append(namesTo: &pullSecrets)
      case .automountServiceAccountToken:
        options.insert(try reader.boolean() ? .mountsToken : .mountsNoToken)
      case .tolerations: try reader.append(to: &tolerations)
      case .priorityClassName: priorityClass = try reader.string()
      case .readinessGates:
        try reader.append(to: &readinessGates) { reader throws(WireError) in
          var type = ""
          try reader.beginObject()
          while try reader.nextField(GateField.self) != nil { type = try reader.string() }
          return type
        }
      case .runtimeClassName: runtimeClass = try reader.string()
      case .schedulingGates: try reader.append(namesTo: &schedulingGates)
      }
    }
    configurations += ofInitContainers + ofContainers
    guard !initContainers.isEmpty else { return }
    for index in initContainers.indices { initContainers[index].runsBefore = true }
    containers.insert(contentsOf: initContainers, at: 0)
  }

  /// Reads a Pod's `spec` no further than to tell from which bytes its template would be made; the Node
  /// that it is bound to, into `nodeName`.
  fileprivate static func digest(
    ofSpec reader: inout FieldReader,
    nodeName: inout String
  ) throws(WireError) -> TemplateDigest {
    var digest = TemplateDigest()
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .nodeName: nodeName = try reader.string()
      case .volumes:
        digest.begin(.spec, field: field.rawValue)
        try addVolumes(to: &digest, from: &reader)
      case .containers, .initContainers:
        digest.begin(.spec, field: field.rawValue)
        try Container.addAll(to: &digest, from: &reader)
      default: try digest.add(field.rawValue, of: .spec, from: &reader)
      }
    }
    return digest
  }

  private static func read(
    _ containers: inout [Container],
    _ configurations: inout [ConfigurationReference],
    from reader: inout FieldReader
  ) throws(WireError) {
    try reader.beginArray()
    while try reader.nextElement() {
      containers.append(try Container(reading: &reader, configurations: &configurations))
    }
  }
}

extension SharedValue<PodTemplate> {
  /// Reads a Pod's `spec`, but where the pool remembers a template that was made from the same bytes; the
  /// Node that the Pod is bound to, into `nodeName`.
  init(
    readingSpec reader: inout FieldReader,
    nodeName: inout String,
    sharing pool: inout SharingPool
  ) throws(WireError) {
    var digest = TemplateDigest()
    let known = try reader.readAhead { reader throws(WireError) in
      digest = try PodTemplate.digest(ofSpec: &reader, nodeName: &nodeName)
      return pool.template(madeFrom: digest)
    }
    if let known {
      self = known
      return
    }
    self.init(wrappedValue: try PodTemplate(readingSpec: &reader, nodeName: &nodeName))
    pool.share(&self, madeFrom: digest)
  }
}

extension PodTemplate {
  /// Message `core.v1.PodTemplateSpec`.
  private enum TemplateField: Int, WireField {
    case spec = 2
    static let fieldNames = FieldNames<Self>()
  }

  /// Reads a workload's `spec.template`.
  init(readingTemplate reader: inout FieldReader) throws(WireError) {
    var nodeName = ""
    try reader.beginObject()
    while try reader.nextField(TemplateField.self) != nil {
      self = try PodTemplate(readingSpec: &reader, nodeName: &nodeName)
    }
  }
}

extension Toleration: FieldReadable {
  private enum Field: Int, WireField {
    case key = 1, `operator`, value, effect
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .key: key = try reader.string()
      case .operator: self.operator = try reader.string()
      case .value: value = try reader.string()
      case .effect: effect = try reader.string()
      }
    }
  }
}

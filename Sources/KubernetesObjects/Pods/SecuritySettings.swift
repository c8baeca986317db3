import WireFormats

/// What a Pod or a container asks for of its `securityContext`.
package struct SecuritySettings: Hashable, Sendable {
  package struct Options: NamedFlags {
    package static let names = [
      "privileged", "readOnlyRootFilesystem", "allowPrivilegeEscalation: false", "runAsNonRoot",
      "runAsNonRoot: false",
    ]

    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let privileged = Options(rawValue: 1)
    package static let readOnlyRoot = Options(rawValue: 1 << 1)
    /// `allowPrivilegeEscalation` is set to false.
    package static let noEscalation = Options(rawValue: 1 << 2)
    package static let nonRoot = Options(rawValue: 1 << 3)
    /// `runAsNonRoot` is set to false, which overrules the Pod's.
    package static let mayBeRoot = Options(rawValue: 1 << 4)
  }

  package var options: Options = []
  /// The user that processes run as; `nil` leaves it to the image, or to the Pod.
  package var user: Int?
  package var addedCapabilities: [String] = []
  package var droppedCapabilities: [String] = []
  /// `RuntimeDefault`, `Localhost`, `Unconfined`; empty where it is not set.
  package var seccompProfile = ""

  package init() {}
}

extension SecuritySettings {
  /// Message `core.v1.PodSecurityContext`.
  private enum PodField: Int, WireField {
    case runAsUser = 2, runAsNonRoot, seccompProfile = 10
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.SecurityContext`.
  private enum ContainerField: Int, WireField {
    case capabilities = 1, privileged, runAsUser = 4, runAsNonRoot, readOnlyRootFilesystem
    case allowPrivilegeEscalation, seccompProfile = 11
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.Capabilities`.
  private enum CapabilitiesField: Int, WireField {
    case add = 1, drop
    static let fieldNames = FieldNames<Self>()
  }

  /// Message `core.v1.SeccompProfile`.
  private enum ProfileField: Int, WireField {
    case type = 1
    static let fieldNames = FieldNames<Self>()
  }

  init(readingPod reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(PodField.self) {
      switch field {
      case .runAsUser: user = try reader.count()
      case .runAsNonRoot: options.insert(try reader.boolean() ? .nonRoot : .mayBeRoot)
      case .seccompProfile: try readProfile(from: &reader)
      }
    }
  }

  init(readingContainer reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(ContainerField.self) {
      switch field {
      case .capabilities: try readCapabilities(from: &reader)
      case .privileged: if try reader.boolean() { options.insert(.privileged) }
      case .runAsUser: user = try reader.count()
      case .runAsNonRoot: options.insert(try reader.boolean() ? .nonRoot : .mayBeRoot)
      case .readOnlyRootFilesystem: if try reader.boolean() { options.insert(.readOnlyRoot) }
      case .allowPrivilegeEscalation: if try !reader.boolean() { options.insert(.noEscalation) }
      case .seccompProfile: try readProfile(from: &reader)
      }
    }
  }

  private mutating func readCapabilities(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(CapabilitiesField.self) {
      switch field {
      case .add: try reader.append(to: &addedCapabilities)
      case .drop: try reader.append(to: &droppedCapabilities)
      }
    }
  }

  private mutating func readProfile(from reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while try reader.nextField(ProfileField.self) != nil { seccompProfile = try reader.string() }
  }
}

import HTTP
import YAMLReading

/// A program that signs a user in, as a kubeconfig names it (`client.authentication.k8s.io`).
struct ExecPlugin: Sendable, Equatable {
  enum InteractiveMode: String, CaseIterable {
    case never = "Never"
    case ifAvailable = "IfAvailable"
    case always = "Always"
  }

  static let versions = [
    "client.authentication.k8s.io/v1", "client.authentication.k8s.io/v1beta1",
  ]

  /// An absolute path, or a name to look for in the PATH.
  let command: String
  let arguments: [String]
  /// Added to our own environment.
  let environment: [String: String]
  let apiVersion: String
  let installHint: String?
  let providesClusterInfo: Bool
  private let declaredMode: InteractiveMode?
  private let place: FieldPlace

  /// v1beta1 knows a default.
  var interactiveMode: InteractiveMode { declaredMode ?? .ifAvailable }

  init(_ fields: YAMLFields) throws(KubeconfigError) {
    let command = try fields.string("command") ?? ""
    // A name without a slash is looked for in the PATH.
    self.command = command.contains("/") ? fields.absolute(command) : command
    arguments = try fields.strings("args")
    var environment: [String: String] = [:]
    for variable in try fields.maps("env") {
      guard let name = try variable.text("name") else { continue }
      environment[name] = try variable.string("value") ?? ""
    }
    self.environment = environment
    apiVersion = try fields.string("apiVersion") ?? ""
    installHint = try fields.text("installHint")
    providesClusterInfo = try fields.boolean("provideClusterInfo")
    let mode = try fields.text("interactiveMode")
    declaredMode = mode.flatMap(InteractiveMode.init)
    guard mode == nil || declaredMode != nil else {
      throw fields.wrongType("interactiveMode", "Never, IfAvailable or Always")
    }
    place = fields.place
  }

  /// Fails where kubectl would not run it either.
  func confirmUsable() throws(KubeconfigError) {
    guard !command.isEmpty else {
      throw .unusable(at: place.appending("command"), reason: "it is missing")
    }
    guard Self.versions.contains(apiVersion) else {
      let expected = Self.versions.joined(separator: " or ")
      throw .unusable(at: place.appending("apiVersion"), reason: "expected \(expected)")
    }
    guard declaredMode != nil || apiVersion != Self.versions[0] else {
      throw .unusable(
        at: place.appending("interactiveMode"),
        reason: "expected Never, IfAvailable or Always"
      )
    }
  }
}

extension ExecPlugin: Redacted {
  /// Its arguments and environment may be secrets.
  var description: String { "the plugin \(command)" }
}

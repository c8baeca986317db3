package import WireFormats

/// A webhook that the API server asks before it stores an object.
package struct AdmissionWebhook: Hashable, Sendable {
  /// Which requests it is asked about.
  package struct Rule: Hashable, Sendable {
    package var operations: [String] = []
    package var apiGroups: [String] = []
    package var resources: [String] = []

    package init() {}
  }

  package var name = ""
  package var client = WebhookClient()
  package var rules: [Rule] = []
  /// Whether requests go on when it cannot be asked (`failurePolicy: Ignore`).
  package var mayFail = false
  /// Whether it is asked again after later ones made changes.
  package var isReinvoked = false

  package init() {}
}

/// An object that registers webhooks.
package protocol AdmissionWebhookConfiguration: TypedRecord {
  var webhooks: [AdmissionWebhook] { get set }
}

extension AdmissionWebhookConfiguration {
  package static var references: [ReferenceRule<Self>] { webhookReferences }

  /// The rows of the Services that are asked.
  static var webhookReferences: [ReferenceRule<Self>] {
    [true, false].map { mayFail in
      ReferenceRule(
        .webhook,
        path: "webhooks.clientConfig.service",
        isOptional: mayFail
      ) { configuration in
        configuration.webhooks.filter { $0.mayFail == mayFail }.flatMap(\.client.vertices)
      }
    }
  }
}

/// Messages `admissionregistration.v1.ValidatingWebhookConfiguration` and
/// `MutatingWebhookConfiguration`.
package enum AdmissionWebhookConfigurationField: Int, ObjectField {
  case webhooks = 2
  package static let fieldNames = FieldNames<Self>.ofObject
}

/// How the webhooks of a kind are numbered in protobuf.
protocol AdmissionWebhookField: WireField, Equatable {
  static var name: Self { get }
  static var clientConfig: Self { get }
  static var rules: Self { get }
  static var failurePolicy: Self { get }
}

extension AdmissionWebhook.Rule {
  /// What is made or changed in the requests that it is about, without what it does not name:
  /// `deployments.apps`.
  package var namedResources: [String] {
    let isAboutChanges = operations.contains { ["CREATE", "UPDATE", "*"].contains($0) }
    guard isAboutChanges else { return [] }
    return resources.filter { !$0.contains("*") && !$0.contains("/") }.flatMap { resource in
      apiGroups.filter { $0 != "*" }.map { $0.isEmpty ? resource : "\(resource).\($0)" }
    }
  }
}

extension AdmissionWebhook {
  /// Reads a webhook; what its kind has beside the common fields is the reinvocation policy.
  init<Field: AdmissionWebhookField>(
    reading reader: inout FieldReader,
    as layout: Field.Type
  ) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(layout) {
      switch field {
      case .name: name = try reader.string()
      case .clientConfig: client = try WebhookClient(reading: &reader)
      case .rules: try reader.append(to: &rules)
      case .failurePolicy: mayFail = try reader.string() == "Ignore"
      default: isReinvoked = try reader.string() == "IfNeeded"
      }
    }
  }
}

extension AdmissionWebhook.Rule: FieldReadable {
  /// Message `admissionregistration.v1.RuleWithOperations`; JSON writes the rule beside them.
  private enum Field: Int, WireField {
    case operations = 1, apiGroups = 2_001, resources = 2_003
    static let fieldNames = FieldNames<Self>()
  }

  package init(reading reader: inout FieldReader) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .operations: try reader.append(to: &operations)
      case .apiGroups: try reader.append(to: &apiGroups)
      case .resources: try reader.append(to: &resources)
      }
    }
  }
}

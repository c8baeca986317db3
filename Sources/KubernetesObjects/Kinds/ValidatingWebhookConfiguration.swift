package import WireFormats

/// A ValidatingWebhookConfiguration, as far as checks read it.
package struct ValidatingWebhookConfiguration: AdmissionWebhookConfiguration {
  package typealias Field = AdmissionWebhookConfigurationField

  package static let kind = ObjectKind(
    "ValidatingWebhookConfiguration",
    group: "admissionregistration.k8s.io"
  )

  package var metadata: ObjectMetadata
  package var webhooks: [AdmissionWebhook] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension ValidatingWebhookConfiguration {
  /// Message `admissionregistration.v1.ValidatingWebhook`.
  private enum WebhookField: Int, AdmissionWebhookField {
    case name = 1, clientConfig, rules, failurePolicy
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.append(to: &webhooks) { reader throws(WireError) in
      try AdmissionWebhook(reading: &reader, as: WebhookField.self)
    }
  }
}

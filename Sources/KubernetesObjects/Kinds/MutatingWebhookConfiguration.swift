package import WireFormats

/// A MutatingWebhookConfiguration, as far as checks read it.
package struct MutatingWebhookConfiguration: AdmissionWebhookConfiguration {
  package typealias Field = AdmissionWebhookConfigurationField

  package static let kind = ObjectKind(
    "MutatingWebhookConfiguration",
    group: "admissionregistration.k8s.io"
  )

  package static let references =
    webhookReferences + [
      ReferenceRule<MutatingWebhookConfiguration>(.mutation, path: "webhooks.rules") {
        $0.webhooks.flatMap(\.rules).flatMap(\.namedResources).map {
          .shared(.mutatedResource, $0)
        }
      }
    ]

  package var metadata: ObjectMetadata
  package var webhooks: [AdmissionWebhook] = []

  package init(metadata: ObjectMetadata) { self.metadata = metadata }
}

extension MutatingWebhookConfiguration {
  /// Message `admissionregistration.v1.MutatingWebhook`.
  private enum WebhookField: Int, AdmissionWebhookField {
    case name = 1, clientConfig, rules, failurePolicy, reinvocationPolicy = 10
    static let fieldNames = FieldNames<Self>()
  }

  package mutating func read(_ field: Field, from reader: inout FieldReader) throws(WireError) {
    try reader.append(to: &webhooks) { reader throws(WireError) in
      try AdmissionWebhook(reading: &reader, as: WebhookField.self)
    }
  }
}

import Inspection
import KubernetesObjects

/// A configuration of webhooks of either kind.
struct WebhookConfiguration: InspectionSubject {
  static let scope = SubjectScope.kinds([
    MutatingWebhookConfiguration.kind, ValidatingWebhookConfiguration.kind,
  ])

  let key: ObjectKey
  let metadata: ObjectMetadata
  let webhooks: [AdmissionWebhook]

  var id: VertexID { .object(key) }

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let record as MutatingWebhookConfiguration: self.init(record)
    case let record as ValidatingWebhookConfiguration: self.init(record)
    default: return nil
    }
  }

  private init(_ record: some AdmissionWebhookConfiguration) {
    key = record.key
    metadata = record.metadata
    webhooks = record.webhooks
  }
}

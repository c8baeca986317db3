import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func converted(versions: Int = 2) -> CustomResourceDefinition {
    var definition = CustomResourceDefinition.sample()
    definition.versions = (1...versions).map { number in
      var version = CustomResourceDefinition.Version()
      version.name = "v\(number)"
      version.isServed = true
      return version
    }
    var client = WebhookClient()
    client.namespace = "shop"
    client.service = "converter"
    definition.conversionWebhook = client
    return definition
  }

  private static func slice(isReady: Bool) -> EndpointSlice {
    EndpointSlice.object("converter-1") {
      $0.metadata.labels = ["kubernetes.io/service-name": "converter"]
      var endpoint = EndpointSlice.Endpoint()
      endpoint.isReady = isReady
      $0.endpoints = [endpoint]
    }
  }

  private static func stored(_ versions: String...) -> CustomResourceDefinition {
    var definition = CustomResourceDefinition.sample()
    definition.storedVersions = versions
    return definition
  }

  private static func widget(
    _ name: String,
    created: Timestamp,
    served: Timestamp? = nil,
    deleted: Timestamp? = nil
  ) -> CustomRecord {
    var widget = CustomRecord.widget(
      name,
      deleted: deleted,
      finalizers: deleted == nil ? [] : ["example.com/hold"]
    )
    widget.metadata.creationTimestamp = created
    widget.conditions =
      served.map {
        [Condition(type: "Ready", status: .isTrue, lastTransitionTime: $0)]
      } ?? []
    return widget
  }

  private static let yesterday = Timestamp.noon - .seconds(24 * 3600)

  static let danglingDefinitions: [CheckID: CheckFixture] = [
    "dangling/custom-resource-controller": CheckFixture(
      firesAbout: "widgets.example.com",
      in: [
        CustomResourceDefinition.sample(),
        widget("served", created: yesterday, served: yesterday),
        widget("new", created: .noon),
      ],
      silent: [
        "all are served": [
          CustomResourceDefinition.sample(),
          widget("a", created: yesterday, served: yesterday),
          widget("b", created: .noon, served: .noon),
        ],
        "a condition has changed since": [
          CustomResourceDefinition.sample(),
          widget("a", created: yesterday, served: .noon + .seconds(60)),
          widget("b", created: .noon),
        ],
        "the kind has no status":
          [CustomResourceDefinition.sample(), widget("a", created: yesterday)],
        "a deletion was answered": [
          CustomResourceDefinition.sample(),
          widget("a", created: yesterday, served: .noon + .seconds(60)),
          widget("b", created: yesterday, served: yesterday, deleted: .noon),
        ],
      ]
    ),
    "dangling/definition-stored-version": CheckFixture(
      firesAbout: "widgets.example.com",
      in: [stored("v1alpha1", "v1")],
      silent: ["all are defined": [stored("v1")], "none was stored": [stored()]]
    ),
    "dangling/definition-unused": CheckFixture(
      firesAbout: "widgets.example.com",
      in: [CustomResourceDefinition.sample()],
      silent: [
        "it has an instance": [CustomResourceDefinition.sample(), CustomRecord.widget()],
        "it is not served": [CustomResourceDefinition.sample(isServed: false)],
        "it is being deleted": [CustomResourceDefinition.sample(deleted: .noon)],
      ]
    ),
    "dangling/definition-webhook": CheckFixture(
      firesAbout: "widgets.example.com",
      in: [converted(), Service.object("converter"), slice(isReady: false)],
      silent: [
        "an endpoint is ready":
          [converted(), Service.object("converter"), slice(isReady: true)],
        "there is nothing to convert": [converted(versions: 1)],
        "nobody converts": [CustomResourceDefinition.sample()],
      ]
    ),
  ]
}

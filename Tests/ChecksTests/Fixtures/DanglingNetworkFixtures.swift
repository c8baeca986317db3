import Inspection
import KubernetesObjects
import ObjectBuilders

/// What is absent, or needed by nobody, about Services.
extension CheckFixture {
  static let danglingServices: [CheckID: CheckFixture] = [
    "dangling/service-selector": CheckFixture(
      firesAbout: "shop/cart",
      in: [Service.sample("cart"), Pod.labelled("other", ["app": "stock"])],
      silent: [
        "a Pod has the labels": [Service.sample("cart"), Pod.labelled("cart-1")],
        "all its Pods have ended":
          [Service.sample("cart"), Pod.labelled("cart-1", phase: .succeeded)],
        "somebody else writes its endpoints": [Service.sample("kubernetes", selector: [:])],
        "it is another name": [Service.sample("cart") { $0.type = .externalName }],
        "it is being deleted": [Service.sample("cart") { $0.metadata.deletionTimestamp = .noon }],
      ]
    ),
    "dangling/service-endpoints": CheckFixture(
      firesAbout: "shop/cart",
      in: [
        Service.sample("cart"), Pod.labelled("cart-1", isReady: false),
        Pod.labelled("cart-2", phase: .pending, isReady: false),
        Pod.labelled("cart-0", phase: .succeeded),
      ],
      silent: [
        "one is ready": [
          Service.sample("cart"), Pod.labelled("cart-1"), Pod.labelled("cart-2", isReady: false),
        ],
        "it has no Pod": [Service.sample("cart")],
        "all its Pods have ended": [
          Service.sample("cart"), Pod.labelled("cart-1", phase: .succeeded, isReady: false),
        ],
        "all its Pods are going": [
          Service.sample("cart"), Pod.labelled("cart-1", isReady: false, deleted: .noon),
        ],
        "peers find each other before they are ready": [
          Service.sample("cart") { $0.publishesNotReadyAddresses = true },
          Pod.labelled("cart-1", isReady: false),
        ],
      ]
    ),
    "dangling/service-target-port": CheckFixture(
      firesAbout: "shop/cart",
      "shop/cart",
      in: [
        Service.sample("cart", ports: [(80, .string("web")), (81, .integer(8081))]),
        Pod.labelled("cart-1", ports: [("http", 8080)]),
      ],
      silent: [
        "a name and a number lead somewhere": [
          Service.sample("cart", ports: [(80, .string("http")), (81, .integer(8080))]),
          Pod.labelled("cart-1", ports: [("http", 8080)]),
        ],
        "the port is its own target": [
          Service.sample("cart", ports: [(8080, .integer(0))]),
          Pod.labelled("cart-1", ports: [("http", 8080)]),
        ],
        "the container does not say which ports it has": [
          Service.sample("cart", ports: [(80, .integer(8080))]), Pod.labelled("cart-1", ports: []),
        ],
        "one container of two does not say which ports it has": [
          Service.sample("cart", ports: [(80, .integer(8080))]),
          Pod.labelled("cart-1", ports: [("proxy", 15090)]) { pod in
            var container = Container()
            container.name = "app"
            pod.template.containers.append(container)
          },
        ],
        "another version of the workload has the port": [
          Service.sample("cart", ports: [(80, .string("http"))]),
          Pod.labelled("cart-1", ports: [("web", 8080)]),
          Pod.labelled("cart-2", ports: [("http", 8080)]),
        ],
        "a headless Service sends to no port": [
          Service.sample("cart", ports: [(81, .integer(8081))]) { $0.isHeadless = true },
          Pod.labelled("cart-1", ports: [("http", 8080)]),
        ],
        "it has no Pod": [Service.sample("cart", ports: [(80, .string("web"))])],
      ]
    ),
    "dangling/endpoint-slice": CheckFixture(
      firesAbout: "shop/cart-x1",
      "shop/stock-x1",
      in: [
        EndpointSlice.sample("cart-x1", of: "cart", pods: []),
        EndpointSlice.sample("stock-x1", of: "stock", pods: ["stock-1"]), Service.sample("stock"),
      ],
      silent: [
        "all of it is there": [
          EndpointSlice.sample("cart-x1", of: "cart", pods: ["cart-1"]), Service.sample("cart"),
          Pod.labelled("cart-1"),
        ],
        "an address is nobody's": [
          EndpointSlice.sample("db-x1", of: "db", pods: [nil]), Service.sample("db", selector: [:]),
        ],
        "it belongs to no Service": [EndpointSlice.sample("own", of: "", pods: ["cart-1"])],
        "it is going with its Service": [
          EndpointSlice.sample("cart-x1", of: "cart", pods: []) {
            $0.metadata.deletionTimestamp = .noon
          }
        ],
      ]
    ),
    "dangling/webhook-service": CheckFixture(
      firesAbout: "guard",
      "quota",
      in: [
        ValidatingWebhookConfiguration.sample("guard", service: "guard"),
        MutatingWebhookConfiguration(
          ValidatingWebhookConfiguration.sample("quota", service: "quota", mayFail: true)
        ),
        Service.sample("quota"),
        EndpointSlice.sample("quota-x1", of: "quota", pods: ["quota-1"], isReady: false),
      ],
      silent: [
        "an endpoint is ready": [
          ValidatingWebhookConfiguration.sample("guard", service: "guard"),
          Service.sample("guard"),
          EndpointSlice.sample("guard-x1", of: "guard", pods: ["guard-1"]),
        ],
        "it is a URL": [ValidatingWebhookConfiguration.sample("guard", service: "")],
        "it is outside the cluster": [
          ValidatingWebhookConfiguration.sample("guard", service: "guard"),
          Service.sample("guard") { $0.type = .externalName },
        ],
        "it is being deleted": [
          ValidatingWebhookConfiguration.sample("guard", service: "guard") {
            $0.metadata.deletionTimestamp = .noon
          }
        ],
      ]
    ),
    "dangling/api-service": CheckFixture(
      firesAbout: "v1beta1.metrics.k8s.io",
      in: [APIService.sample(service: "metrics-server")],
      silent: [
        "its Service exists": [
          APIService.sample(service: "metrics-server"), Service.sample("metrics-server"),
        ],
        "the API server itself serves it": [APIService.sample(service: "")],
      ]
    ),
  ]
}

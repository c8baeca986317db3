import Inspection
import KubernetesObjects
import ObjectBuilders

/// What is absent, or needed by nobody, about Ingresses and Gateways.
extension CheckFixture {
  private static func foreign(_ namespace: String) -> Service {
    Service.sample("stock") { $0.metadata.namespace = namespace }
  }

  static let danglingRouting: [CheckID: CheckFixture] = [
    "dangling/ingress-backend": CheckFixture(
      firesAbout: "shop/cart",
      in: [Ingress.sample(service: "cart"), Service.sample("stock")],
      silent: [
        "its Service exists": [Ingress.sample(service: "cart"), Service.sample("cart")],
        "its backend is no Service": [Ingress.sample(service: "", port: .integer(0))],
        "it names an action of its annotations":
          [Ingress.sample(service: "redirect", port: .string("use-annotation"))],
      ]
    ),
    "dangling/ingress-port": CheckFixture(
      firesAbout: "shop/by-name",
      "shop/by-number",
      in: [
        Ingress.sample("by-number", port: .integer(81)),
        Ingress.sample("by-name", port: .string("web")), Service.sample("cart"),
      ],
      silent: [
        "the port exists by its number": [Ingress.sample(), Service.sample("cart")],
        "the port exists by its name":
          [Ingress.sample(port: .string("p80")), Service.sample("cart")],
        "the Service is outside the cluster": [
          Ingress.sample(port: .integer(81)), Service.sample("cart") { $0.type = .externalName },
        ],
        "the Service does not exist": [Ingress.sample(port: .integer(81))],
      ]
    ),
    "dangling/ingress-tls-secret": CheckFixture(
      firesAbout: "shop/cart",
      in: [Ingress.sample(secret: "cart-tls")],
      silent: [
        "the Secret exists": [
          Ingress.sample(secret: "cart-tls"),
          Secret(metadata: .sample("cart-tls", namespace: "shop")),
        ],
        "it uses the controller's own certificate": [Ingress.sample()],
        "its certificate is being issued": [
          Ingress.sample(secret: "cart-tls") {
            $0.metadata.annotations = ["cert-manager.io/cluster-issuer": "letsencrypt"]
          }
        ],
      ]
    ),
    "dangling/ingress-class": CheckFixture(
      firesAbout: "shop/cart",
      in: [Ingress.sample(className: "nginx"), IngressClass.sample("traefik")],
      silent: [
        "its class exists": [Ingress.sample(className: "nginx"), IngressClass.sample("nginx")],
        "it names no class": [Ingress.sample()],
        "it names its class as one did before": [
          Ingress.sample { $0.metadata.annotations = ["kubernetes.io/ingress.class": "gce"] }
        ],
        "a controller has taken it": [
          Ingress.sample(className: "nginx") { $0.loadBalancer.hostNames = ["lb.example.com"] }
        ],
      ]
    ),
    "dangling/gateway-backend": CheckFixture(
      firesAbout: "shop/cart",
      "shop/cart",
      in: [
        HTTPRoute.sample(backends: [.sample("cart", port: 81), .sample("gone", port: 80)]),
        Service.sample("cart"),
      ],
      silent: [
        "Service and port exist":
          [HTTPRoute.sample(backends: [.sample("cart", port: 80)]), Service.sample("cart")],
        "it answers by itself": [HTTPRoute.sample()],
      ]
    ),
    "dangling/gateway-parent": CheckFixture(
      firesAbout: "shop/cart",
      in: [HTTPRoute.sample(parents: [.sample("public")])],
      silent: [
        "its Gateway exists": [HTTPRoute.sample(parents: [.sample("public")]), Gateway.sample()],
        "its listener exists": [
          HTTPRoute.sample(parents: [.sample("public", section: "http")]), Gateway.sample(),
        ],
        "its parent is a Service of a mesh": [
          HTTPRoute.sample(parents: [
            {
              var mention = GatewayMention.sample("cart")
              mention.object.kind = Service.kind
              return mention
            }()
          ]),
          Service.sample("cart"),
        ],
      ]
    ),
    "dangling/gateway-class": CheckFixture(
      firesAbout: "shop/public",
      in: [Gateway.sample(className: "envoy"), CustomRecord.gatewayClass("istio")],
      silent: [
        "its class exists": [
          Gateway.sample(className: "envoy"), CustomRecord.gatewayClass("envoy"),
        ]
      ]
    ),
    "dangling/gateway-grant": CheckFixture(
      firesAbout: "shop/cart",
      in: [
        HTTPRoute.sample(backends: [.sample("stock", namespace: "infra")]), foreign("infra"),
        ReferenceGrant.sample(in: "infra", name: "other"),
      ],
      silent: [
        "all Services may be named": [
          HTTPRoute.sample(backends: [.sample("stock", namespace: "infra")]), foreign("infra"),
          ReferenceGrant.sample(in: "infra"),
        ],
        "this Service may be named": [
          HTTPRoute.sample(backends: [.sample("stock", namespace: "infra")]), foreign("infra"),
          ReferenceGrant.sample(in: "infra", name: "stock"),
        ],
        "it is of its own namespace":
          [HTTPRoute.sample(backends: [.sample("stock", namespace: "shop")]), foreign("shop")],
      ]
    ),
    "dangling/gateway-class-unused": CheckFixture(
      firesAbout: "nginx",
      in: [IngressClass.sample("nginx")],
      silent: [
        "an Ingress is of it": [Ingress.sample(className: "nginx"), IngressClass.sample("nginx")],
        "an Ingress names it as one did before": [
          Ingress.sample { $0.metadata.annotations = ["kubernetes.io/ingress.class": "nginx"] },
          IngressClass.sample("nginx"),
        ],
        "it is for those that name none": [
          {
            var ingressClass = IngressClass.sample("nginx")
            ingressClass.metadata.annotations = [
              "ingressclass.kubernetes.io/is-default-class": "true"
            ]
            return ingressClass
          }()
        ],
        "a Gateway is of it": [Gateway.sample(), CustomRecord.gatewayClass("envoy")],
        "its implementation makes it": [
          CustomRecord.gatewayClass("istio-remote"),
          CustomRecord.gatewayClass("gke-l7-rilb"),
        ],
      ]
    ),
  ]
}

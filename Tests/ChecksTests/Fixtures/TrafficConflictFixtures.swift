import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func ingress(
    _ name: String,
    className: String = "nginx",
    host: String = "shop.example.com",
    path: String = "/cart",
    pathType: String = "Prefix",
    address: String = "",
    annotations: Labels = [:],
    created: Timestamp = .noon,
    deleted: Timestamp? = nil
  ) -> Ingress {
    var ingress = Ingress(
      metadata: .sample(name, namespace: "shop", created: created, deleted: deleted)
    )
    ingress.metadata.annotations = annotations
    ingress.className = className
    var rule = Ingress.Rule()
    rule.host = host
    rule.path = path
    rule.pathType = pathType
    rule.backend.service = name
    ingress.rules = [rule]
    ingress.loadBalancer.addresses = [address].compactMap(IPAddress.init)
    return ingress
  }

  private static func route(
    _ name: String,
    section: String = "",
    port: Int = 0,
    host: String = "shop.example.com",
    match: String = "* PathPrefix /cart",
    isRefused: Bool = false,
    created: Timestamp = .noon,
    deleted: Timestamp? = nil
  ) -> HTTPRoute {
    var route = HTTPRoute(
      metadata: .sample(name, namespace: "shop", created: created, deleted: deleted)
    )
    var parent = GatewayMention()
    parent.object.namespace = "infra"
    parent.object.name = "public"
    parent.section = section
    parent.port = port
    route.parents = [parent]
    route.hosts = [host]
    route.rules = [HTTPRoute.Rule()]
    route.rules[0].matches = [match]
    route.conditions = [Condition(type: "Accepted", status: isRefused ? .isFalse : .isTrue)]
    return route
  }

  private static let later = Timestamp.noon + .seconds(60)

  private static func hooks(
    _ name: String,
    resource: String = "pods",
    operation: String = "CREATE",
    isReinvoked: Bool = false
  ) -> MutatingWebhookConfiguration {
    var configuration = MutatingWebhookConfiguration(metadata: .sample(name))
    var webhook = AdmissionWebhook()
    webhook.name = "\(name).example.com"
    webhook.isReinvoked = isReinvoked
    var rule = AdmissionWebhook.Rule()
    rule.operations = [operation]
    rule.apiGroups = [""]
    rule.resources = [resource]
    webhook.rules = [rule]
    configuration.webhooks = [webhook, webhook]
    return configuration
  }

  static let trafficConflicts: [CheckID: CheckFixture] = [
    "conflict/ingress-rule": CheckFixture(
      firesAbout: "shop/second",
      in: [ingress("first"), ingress("second", created: later)],
      silent: [
        "paths differ": [ingress("a"), ingress("b", path: "/")],
        "hosts differ": [ingress("a"), ingress("b", host: "www.example.com")],
        "classes differ": [ingress("a"), ingress("b", className: "internal")],
        "one is for the path alone, one for all beneath it":
          [ingress("a"), ingress("b", pathType: "Exact")],
        "one is the other's canary": [
          ingress("a"),
          ingress("b", annotations: ["nginx.ingress.kubernetes.io/canary": "true"]),
        ],
        "each has a load balancer of its own": [
          ingress("a", className: "alb", address: "192.0.2.1"),
          ingress("b", className: "alb", address: "192.0.2.2"),
        ],
        "one is going": [ingress("a"), ingress("b", deleted: .noon)],
      ]
    ),
    "conflict/gateway-route": CheckFixture(
      firesAbout: "shop/all",
      "shop/second",
      in: [
        route("first", section: "https"), route("second", section: "https", created: later),
        route("one", section: "https", match: "GET Exact /"),
        route("all", match: "GET Exact /", created: later),
      ],
      silent: [
        "listeners differ, as for a redirect to HTTPS":
          [route("a", section: "http"), route("b", section: "https")],
        "ports differ": [route("a", port: 80), route("b", port: 443)],
        "matches differ": [route("a"), route("b", match: "GET PathPrefix /cart")],
        "hosts differ": [route("a"), route("b", host: "*.example.com")],
        "the Gateway refuses one": [route("a"), route("b", isRefused: true)],
        "one is going": [route("a"), route("b", deleted: .noon)],
      ]
    ),
    "conflict/webhook-order": CheckFixture(
      firesAbout: "a",
      in: [hooks("a"), hooks("b")],
      silent: [
        "the earlier one is asked again": [hooks("a", isReinvoked: true), hooks("b")],
        "resources differ": [hooks("a"), hooks("b", resource: "services")],
        "one is about deletions": [hooks("a"), hooks("b", operation: "DELETE")],
        "several webhooks of one configuration": [hooks("a")],
      ]
    ),
  ]
}

import KubernetesObjects
import ObjectBuilders

/// Records about the network for fixtures, all of them in the namespace `shop`.
extension Service {
  static func sample(
    _ name: String,
    selector: Labels = ["app": "cart"],
    ports: [(number: UInt16, target: IntegerOrString)] = [(80, .integer(8080))],
    _ change: (inout Service) -> Void = { _ in }
  ) -> Service {
    var service = Service(metadata: .sample(name, namespace: "shop"))
    service.selector = selector
    service.ports = ports.map { number, target in
      var port = Port()
      port.name = "p\(number)"
      port.number = number
      port.targetPort = target
      return port
    }
    change(&service)
    return service
  }
}

extension Pod {
  static func labelled(
    _ name: String,
    _ labels: Labels = ["app": "cart"],
    phase: Phase = .running,
    isReady: Bool = true,
    ports: [(name: String, number: UInt16)] = [("http", 8080)],
    deleted: Timestamp? = nil,
    _ change: (inout Pod) -> Void = { _ in }
  ) -> Pod {
    var pod = Pod.sample(name, phase: phase, deleted: deleted)
    pod.metadata.labels = labels
    if isReady {
      pod.milestones = .ready
    } else {
      pod.conditions = [
        Condition(
          type: "Ready",
          status: .isFalse,
          reason: "ContainersNotReady",
          lastTransitionTime: .noon
        )
      ]
    }
    var container = Container()
    container.name = "main"
    container.ports = ports.map { name, number in
      var port = Container.Port()
      port.name = name
      port.number = number
      return port
    }
    pod.template.containers = [container]
    change(&pod)
    return pod
  }
}

extension EndpointSlice {
  /// A slice with an endpoint for each Pod; `nil` is an address that is no Pod's.
  static func sample(
    _ name: String,
    of service: String,
    pods: [String?],
    isReady: Bool = true,
    _ change: (inout EndpointSlice) -> Void = { _ in }
  ) -> EndpointSlice {
    var slice = EndpointSlice(metadata: .sample(name, namespace: "shop"))
    if !service.isEmpty { slice.metadata.labels = ["kubernetes.io/service-name": service] }
    slice.endpoints = pods.map { pod in
      var endpoint = Endpoint()
      endpoint.isReady = isReady
      endpoint.target = pod.map { name in
        var target = ObjectMention()
        target.kind = Pod.kind
        target.namespace = "shop"
        target.name = name
        return target
      }
      return endpoint
    }
    change(&slice)
    return slice
  }
}

extension ValidatingWebhookConfiguration {
  static func sample(
    _ name: String,
    service: String,
    mayFail: Bool = false,
    _ change: (inout ValidatingWebhookConfiguration) -> Void = { _ in }
  ) -> ValidatingWebhookConfiguration {
    var configuration = ValidatingWebhookConfiguration(metadata: .sample(name))
    var webhook = AdmissionWebhook()
    webhook.name = "\(name).example.com"
    webhook.mayFail = mayFail
    if service.isEmpty {
      webhook.client.url = "https://example.com"
    } else {
      webhook.client.namespace = "shop"
      webhook.client.service = service
    }
    configuration.webhooks = [webhook]
    change(&configuration)
    return configuration
  }
}

extension MutatingWebhookConfiguration {
  init(_ other: ValidatingWebhookConfiguration) {
    self.init(metadata: other.metadata)
    webhooks = other.webhooks
  }
}

extension APIService {
  static func sample(
    service: String,
    available: Condition.Status = .isTrue,
    _ change: (inout APIService) -> Void = { _ in }
  ) -> APIService {
    var registration = APIService(metadata: .sample("v1beta1.metrics.k8s.io"))
    registration.group = "metrics.k8s.io"
    registration.version = "v1beta1"
    if !service.isEmpty {
      registration.client.namespace = "shop"
      registration.client.service = service
    }
    registration.conditions = [
      Condition(type: "Available", status: available, lastTransitionTime: .noon)
    ]
    change(&registration)
    return registration
  }
}

extension Ingress {
  static func sample(
    _ name: String = "cart",
    service: String = "cart",
    port: IntegerOrString = .integer(80),
    secret: String = "",
    className: String = "",
    _ change: (inout Ingress) -> Void = { _ in }
  ) -> Ingress {
    var ingress = Ingress(metadata: .sample(name, namespace: "shop"))
    var rule = Rule()
    rule.host = "shop.example.com"
    rule.path = "/"
    rule.backend.service = service
    rule.backend.port = port
    ingress.rules = [rule]
    ingress.tlsSecrets = secret.isEmpty ? [] : [secret]
    ingress.className = className
    change(&ingress)
    return ingress
  }
}

extension IngressClass {
  static func sample(_ name: String) -> IngressClass { IngressClass(metadata: .sample(name)) }
}

extension GatewayMention {
  static func sample(
    _ name: String,
    namespace: String = "",
    section: String = "",
    port: Int = 0
  ) -> GatewayMention {
    var mention = GatewayMention()
    mention.object.name = name
    mention.object.namespace = namespace
    mention.section = section
    mention.port = port
    return mention
  }
}

extension HTTPRoute {
  static func sample(
    parents: [GatewayMention] = [],
    backends: [GatewayMention] = []
  ) -> HTTPRoute {
    var route = HTTPRoute(metadata: .sample("cart", namespace: "shop"))
    route.parents = parents
    var rule = Rule()
    rule.matches = ["* PathPrefix /"]
    rule.backends = backends
    route.rules = [rule]
    return route
  }
}

extension Gateway {
  static func sample(className: String = "envoy", listeners: [String] = ["http"]) -> Gateway {
    var gateway = Gateway(metadata: .sample("public", namespace: "shop"))
    gateway.className = className
    gateway.listeners = listeners.map { name in
      var listener = Listener()
      listener.name = name
      return listener
    }
    return gateway
  }
}

extension CustomRecord {
  /// A GatewayClass.
  static func gatewayClass(_ name: String) -> CustomRecord {
    let resource = APIResource(
      kind: Gateway.classKind,
      version: "v1",
      plural: "gatewayclasses",
      isNamespaced: false,
      verbs: ["list", "watch"]
    )
    return CustomRecord(resource: resource, metadata: .sample(name))
  }
}

extension ReferenceGrant {
  /// Lets HTTPRoutes of `shop` name Services of a namespace: all, or one.
  static func sample(in namespace: String, name: String = "") -> ReferenceGrant {
    var grant = ReferenceGrant(metadata: .sample("shop", namespace: namespace))
    var source = Party()
    source.kind = HTTPRoute.kind
    source.namespace = "shop"
    var target = Party()
    target.kind = Service.kind
    target.name = name
    (grant.from, grant.to) = ([source], [target])
    return grant
  }
}

import Inspection
import KubernetesObjects
import ObjectBuilders

/// Services, their endpoints, and who may connect.
extension CheckFixture {
  private static func slice(
    _ name: String,
    of service: String = "cart",
    namespace: String = "shop",
    ready: [String],
    others: [String] = [],
    address: String = "10.0.0.1"
  ) -> EndpointSlice {
    var slice = EndpointSlice(
      metadata: .sample(name, namespace: namespace)
        .labelled(["kubernetes.io/service-name": service])
    )
    slice.endpoints = (ready + others).map { pod in
      var endpoint = EndpointSlice.Endpoint()
      var target = ObjectMention()
      (target.kind, target.namespace, target.name) = (Pod.kind, namespace, pod)
      endpoint.target = target
      endpoint.address = IPAddress(address)
      endpoint.isReady = ready.contains(pod)
      return endpoint
    }
    return slice
  }

  private static func policy(
    _ name: String = "p",
    selector: Labels = ["app": "cart"],
    namespace: String = "shop",
    types: [String] = ["Ingress"],
    ingress: [NetworkPolicy.Rule] = [],
    egress: [NetworkPolicy.Rule] = []
  ) -> NetworkPolicy {
    var policy = NetworkPolicy(metadata: .sample(name, namespace: namespace))
    policy.podSelector = LabelSelector(selector)
    policy.policyTypes = types
    policy.ingress = ingress
    policy.egress = egress
    return policy
  }

  private static var ruleWithPorts: NetworkPolicy.Rule {
    var rule = NetworkPolicy.Rule()
    rule.isForPorts = true
    return rule
  }

  private static var ruleWithPeer: NetworkPolicy.Rule {
    var rule = NetworkPolicy.Rule()
    rule.peers = [NetworkPolicy.Peer()]
    return rule
  }

  private static let shop = Namespace(metadata: .sample("shop"))

  private static var headless: Service {
    var service = RiskSamples.service()
    service.isHeadless = true
    return service
  }

  private static let foreignPolicy = CustomRecord(
    resource: APIResource(
      kind: ObjectKind("CiliumNetworkPolicy", group: "cilium.io"),
      version: "v2",
      plural: "ciliumnetworkpolicies",
      isNamespaced: true,
      verbs: ["list", "watch"]
    ),
    metadata: .sample("p", namespace: "shop")
  )

  static let riskNetwork: [CheckID: CheckFixture] = [
    "risk/load-balancer-policy": CheckFixture(
      firesAbout: "shop/cart",
      "shop/debug",
      in: [
        RiskSamples.service(type: .loadBalancer),
        RiskSamples.service("debug", type: .nodePort, nodePort: 30_080, keepsTrafficLocal: true),
      ],
      silent: [
        "requests stay on their Node":
          [RiskSamples.service(type: .loadBalancer, keepsTrafficLocal: true)],
        "every Node answers": [RiskSamples.service(type: .nodePort, nodePort: 30_080)],
        "nobody comes from outside": [RiskSamples.service()],
        "it is on its way out": [RiskSamples.service(type: .loadBalancer, deleted: .noon)],
      ]
    ),
    "risk/node-port": CheckFixture(
      firesAbout: "shop/cart",
      in: [RiskSamples.service(type: .nodePort, nodePort: 30_080)],
      silent: [
        "it is inside the cluster": [RiskSamples.service()],
        "a load balancer needs the port":
          [RiskSamples.service(type: .loadBalancer, nodePort: 30_080)],
        "it is on its way out":
          [RiskSamples.service(type: .nodePort, nodePort: 30_080, deleted: .noon)],
      ]
    ),
    "risk/no-network-policy": CheckFixture(
      firesAbout: "payments",
      "shop",
      in: [
        shop, RiskSamples.pod("cart-1"), Namespace(metadata: .sample("payments")),
        RiskSamples.pod("ledger-1", namespace: "payments"),
        policy(selector: ["app": "gone"], namespace: "payments"),
      ],
      silent: [
        "it has a policy": [shop, RiskSamples.pod("cart-1"), policy()],
        "a policy is for all of its Pods":
          [shop, RiskSamples.pod("cart-1"), policy(selector: [:])],
        "nothing runs there": [shop, RiskSamples.service()],
        "it belongs to the cluster itself": [
          Namespace(metadata: .sample("kube-system")),
          RiskSamples.pod("dns", namespace: "kube-system"),
        ],
        "the network plugin's own policies are in use":
          [shop, RiskSamples.pod("cart-1"), foreignPolicy],
        "it is on its way out":
          [Namespace(metadata: .sample("shop", deleted: .noon)), RiskSamples.pod("cart-1")],
      ]
    ),
    "risk/open-policy": CheckFixture(
      firesAbout: "shop/in",
      "shop/none",
      "shop/out",
      in: [
        policy("in", ingress: [ruleWithPorts, NetworkPolicy.Rule()]),
        policy("out", types: ["Egress"], egress: [NetworkPolicy.Rule()]),
        policy("none", types: ["Ingress", "Egress"]), RiskSamples.pod("cart-1"),
      ],
      silent: [
        "it allows some": [policy(ingress: [ruleWithPeer]), RiskSamples.pod("cart-1")],
        "it allows a port": [policy(ingress: [ruleWithPorts]), RiskSamples.pod("cart-1")],
        "it is a namespace's ground to build on":
          [policy(selector: [:], types: ["Ingress", "Egress"]), RiskSamples.pod("cart-1")],
        "it closes one direction": [policy(), RiskSamples.pod("cart-1")],
        "it selects nothing": [policy(types: ["Ingress", "Egress"])],
        "rules of a direction that it is not about":
          [policy(egress: [NetworkPolicy.Rule()]), RiskSamples.pod("cart-1")],
      ]
    ),
    "risk/single-endpoint": CheckFixture(
      firesAbout: "shop/cart",
      in: [
        RiskSamples.service(), slice("a", ready: ["cart-1"], others: ["cart-2"]),
        slice("b", ready: ["cart-1"], address: "2001:db8::1"),
      ],
      silent: [
        "there are two": [RiskSamples.service(), slice("a", ready: ["cart-1", "cart-2"])],
        "there are two in two slices":
          [RiskSamples.service(), slice("a", ready: ["cart-1"]), slice("b", ready: ["cart-2"])],
        "none is ready": [RiskSamples.service(), slice("a", ready: [], others: ["cart-1"])],
        "it has no endpoints": [RiskSamples.service()],
        "it is headless": [headless, slice("a", ready: ["cart-1"])],
        "it is the API server's own": [
          RiskSamples.service("kubernetes", namespace: "default"),
          slice("a", of: "kubernetes", namespace: "default", ready: ["x"]),
        ],
      ]
    ),
  ]
}

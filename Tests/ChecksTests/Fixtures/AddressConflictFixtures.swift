import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static let shared = "10.0.1.7"
  private static let cart = Pod.sample("cart", addresses: [shared])

  private static func node(
    _ name: String,
    _ address: String,
    labels: Labels = [:],
    deleted: Timestamp? = nil
  ) -> Node {
    var node = Node.sample(name)
    node.metadata.labels = labels
    node.metadata.deletionTimestamp = deleted
    node.addresses = [address].compactMap(IPAddress.init)
    return node
  }

  private static func service(
    _ name: String,
    type: Service.ServiceType = .clusterIP,
    cluster: String = "",
    external: String = "",
    balanced: String = "",
    port: UInt16 = 80,
    portProtocol: String = "TCP",
    deleted: Timestamp? = nil
  ) -> Service {
    var service = Service(metadata: .sample(name, namespace: "shop", deleted: deleted))
    service.type = type
    service.clusterAddresses = [cluster].compactMap(IPAddress.init)
    service.externalAddresses = [external].compactMap(IPAddress.init)
    service.loadBalancer.addresses = [balanced].compactMap(IPAddress.init)
    service.ports = [Service.Port()]
    service.ports[0].number = port
    service.ports[0].portProtocol = portProtocol
    return service
  }

  private static let range: ServiceCIDR = {
    var range = ServiceCIDR(metadata: .sample("kubernetes"))
    range.ranges = [IPPrefix("10.96.0.0/16")].compactMap(\.self)
    return range
  }()

  static let addressConflicts: [CheckID: CheckFixture] = [
    "conflict/pod-address": CheckFixture(
      firesAbout: shared,
      in: [cart, Pod.sample("refund", addresses: ["2001:db8::1", shared])],
      silent: [
        "one Pod": [cart],
        "a finished Pod keeps its address":
          [cart, Pod.sample("job", addresses: [shared], phase: .succeeded)],
        "a failed Pod keeps its address":
          [cart, Pod.sample("job", addresses: [shared], phase: .failed)],
        "Pods on the host's network share it":
          [cart, Pod.sample("proxy", addresses: [shared], usesHostNetwork: true)],
        "addresses differ": [cart, Pod.sample("other", addresses: ["10.0.1.8"])],
      ]
    ),
    "conflict/pod-node-address": CheckFixture(
      firesAbout: shared,
      in: [cart, node("node-2", shared)],
      silent: [
        "the Pod is on its host's network": [
          Pod.sample("proxy", addresses: [shared], usesHostNetwork: true), node("node-1", shared),
        ],
        "the Pod has ended": [
          Pod.sample("job", addresses: [shared], phase: .succeeded), node("node-2", shared),
        ],
        "Fargate makes a Node for each Pod": [
          cart,
          node(
            "fargate-ip-10-0-1-7",
            shared,
            labels: ["eks.amazonaws.com/compute-type": "fargate"]
          ),
        ],
        "a virtual kubelet is a Pod": [
          cart, node("virtual-node", shared, labels: ["type": "virtual-kubelet"]),
        ],
        "addresses differ": [cart, node("node-1", "192.168.0.1")],
        "a Service has the Pod's address, too": [cart, service("cart", external: shared)],
      ]
    ),
    "conflict/pod-service-address": CheckFixture(
      firesAbout: shared,
      in: [cart, service("cart", cluster: shared), service("other", cluster: "10.96.0.1")],
      silent: [
        "the Pod is on its host's network": [
          Pod.sample("proxy", addresses: [shared], usesHostNetwork: true),
          service("cart", cluster: shared),
        ],
        "the Pod has ended": [
          Pod.sample("job", addresses: [shared], phase: .failed), service("cart", cluster: shared),
        ],
        "addresses differ": [cart, service("cart", cluster: "10.96.0.1"), range],
        "the Service is headless": [cart, service("cart")],
        "a load balancer leads there": [
          cart, service("cart", type: .loadBalancer, cluster: "10.96.0.1", balanced: shared),
        ],
      ]
    ),
    "conflict/node-address": CheckFixture(
      firesAbout: shared,
      in: [node("node-1", shared), node("node-2", shared), node("node-3", "10.0.1.8")],
      silent: [
        "addresses differ": [node("node-1", shared), node("node-2", "10.0.1.8")],
        "one Node is going":
          [node("node-1", shared, deleted: .noon), node("node-2", shared)],
        "two virtual Nodes have one kubelet": [
          node("virtual-1", shared, labels: ["type": "virtual-kubelet"]),
          node("virtual-2", shared, labels: ["type": "virtual-kubelet"]),
        ],
      ]
    ),
    "conflict/load-balancer-address": CheckFixture(
      firesAbout: shared,
      in: [
        service("cart", type: .loadBalancer, balanced: shared, port: 443),
        service("shop", type: .loadBalancer, balanced: shared, port: 443),
        service("mail", type: .loadBalancer, balanced: shared, port: 25),
      ],
      silent: [
        "they share the address, with ports of their own": [
          service("cart", type: .loadBalancer, balanced: shared, port: 443),
          service("mail", type: .loadBalancer, balanced: shared, port: 25),
        ],
        "protocols differ": [
          service("dns", type: .loadBalancer, balanced: shared, port: 53),
          service("dns-udp", type: .loadBalancer, balanced: shared, port: 53, portProtocol: "UDP"),
        ],
        "addresses differ": [
          service("cart", type: .loadBalancer, balanced: shared),
          service("shop", type: .loadBalancer, balanced: "10.0.1.8"),
        ],
        "one is no load balancer any more": [
          service("cart", type: .loadBalancer, balanced: shared), service("shop", balanced: shared),
        ],
        "one is going": [
          service("cart", type: .loadBalancer, balanced: shared),
          service("shop", type: .loadBalancer, balanced: shared, deleted: .noon),
        ],
      ]
    ),
    "conflict/external-address": CheckFixture(
      firesAbout: shared,
      "10.96.0.1",
      "192.0.2.1",
      "192.0.2.2",
      in: [
        cart, service("thief", external: shared),
        service("kubernetes", cluster: "10.96.0.1"), service("spy", external: "10.96.0.1"),
        node("node-1", "192.0.2.1"), service("ssh", external: "192.0.2.1", port: 22),
        service("one", external: "192.0.2.2"), service("two", external: "192.0.2.2"),
      ],
      silent: [
        "the address is nobody's": [cart, service("web", external: "198.51.100.32")],
        "the Service is going": [cart, service("web", external: shared, deleted: .noon)],
        "two Services share the address, with ports of their own": [
          service("web", external: "192.0.2.2", port: 80),
          service("mail", external: "192.0.2.2", port: 25),
        ],
        "a Pod is on its host's network": [
          Pod.sample("proxy", addresses: ["192.0.2.9"], usesHostNetwork: true),
          service("web", external: "192.0.2.9"),
        ],
      ]
    ),
  ]
}

import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  static let drift: [CheckID: CheckFixture] = [
    "drift/pod-outside-cidr": CheckFixture(
      firesAbout: "shop/stray",
      in: [
        Node.sample(podCIDRs: ["10.0.1.0/24"]),
        Pod.sample("a", addresses: ["10.0.1.1"]), Pod.sample("b", addresses: ["10.0.1.2"]),
        Pod.sample("stray", addresses: ["10.9.9.9"]),
      ],
      silent: [
        "all are inside":
          [Node.sample(podCIDRs: ["10.0.1.0/24"]), Pod.sample(addresses: ["10.0.1.1"])],
        "the network plugin does not use the ranges": [
          Node.sample(podCIDRs: ["10.0.1.0/24"]),
          Pod.sample("a", addresses: ["10.9.9.1"]), Pod.sample("b", addresses: ["10.9.9.2"]),
        ],
        "the ranges are of another family": [
          Node.sample(podCIDRs: ["10.0.1.0/24"]),
          Pod.sample("a", addresses: ["10.0.1.1"]), Pod.sample("b", addresses: ["10.0.1.2"]),
          Pod.sample("c", addresses: ["2001:db8::1"]),
        ],
        "a Pod is on the host's network": [
          Node.sample(podCIDRs: ["10.0.1.0/24"]),
          Pod.sample("a", addresses: ["10.0.1.1"]), Pod.sample("b", addresses: ["10.0.1.2"]),
          Pod.sample("proxy", addresses: ["192.168.0.1"], usesHostNetwork: true),
        ],
        "the Node has no ranges": [Node.sample(), Pod.sample(addresses: ["10.9.9.9"])],
      ]
    )
  ]
}

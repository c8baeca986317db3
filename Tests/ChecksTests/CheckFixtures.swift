import Inspection
import KubernetesObjects
import ObjectBuilders

/// Worlds for one check: in the first it fires about a subject, in the others it is silent.
struct CheckFixture {
  /// The vertices that the check finds something about, by their names.
  let firesAbout: [String]
  let world: [any ObjectRecord]
  /// The ordinary situations that must not be mistaken for the fault.
  let silent: [String: [any ObjectRecord]]

  init(
    firesAbout: String...,
    in world: [any ObjectRecord],
    silent: [String: [any ObjectRecord]]
  ) {
    self.firesAbout = firesAbout
    self.world = world
    self.silent = silent
  }
}

extension CheckFixture {
  private static let shared = "10.0.1.7"
  private static let cart = Pod.sample("cart", addresses: [shared])

  /// One entry a check; the test that walks the catalogue misses a check without one.
  static let all: [CheckID: CheckFixture] = [
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
    "dangling/definition-unused": CheckFixture(
      firesAbout: "widgets.example.com",
      in: [CustomResourceDefinition.sample()],
      silent: [
        "it has an instance": [CustomResourceDefinition.sample(), CustomRecord.widget()],
        "it is not served": [CustomResourceDefinition.sample(isServed: false)],
        "it is being deleted": [CustomResourceDefinition.sample(deleted: .noon)],
      ]
    ),
    "dangling/pod-node": CheckFixture(
      firesAbout: "shop/lost",
      in: [Pod.sample("lost", node: "node-9"), Node.sample("node-1")],
      silent: [
        "the Node exists": [Pod.sample(node: "node-1"), Node.sample("node-1")],
        "it is not scheduled yet": [Pod.sample(node: "", phase: .pending)],
      ]
    ),
    "dangling/volume-released": CheckFixture(
      firesAbout: "pv-1",
      in: [PersistentVolume.sample(phase: .released)],
      silent: [
        "it is bound": [PersistentVolume.sample(phase: .bound)],
        "it waits for a claim": [PersistentVolume.sample(phase: .available, claim: nil)],
      ]
    ),
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
    ),
    "risk/quota": CheckFixture(
      firesAbout: "shop/compute",
      "shop/compute",
      in: [
        ResourceQuota.sample(
          used: ["pods": "10", "cpu": "950m", "memory": "1Gi"],
          hard: ["pods": "10", "cpu": "1", "memory": "2Gi"]
        )
      ],
      silent: [
        "there is room": [ResourceQuota.sample(used: ["pods": "9"], hard: ["pods": "10"])],
        "nothing is allowed, and nothing is used":
          [ResourceQuota.sample(used: ["pods": "0"], hard: ["pods": "0"])],
        "a resource is not limited": [ResourceQuota.sample(used: ["pods": "99"], hard: [:])],
      ]
    ),
    "stuck/terminating": CheckFixture(
      firesAbout: "shop/kept",
      "shop/w1",
      in: [
        Pod.sample("kept", deleted: .noon, finalizers: ["example.com/hold"]),
        CustomRecord.widget(deleted: .noon, finalizers: ["example.com/hold"]),
      ],
      silent: [
        "finalizers alone are fine": [CustomRecord.widget(finalizers: ["example.com/hold"])]
      ]
    ),
    "unhealthy/node-not-ready": CheckFixture(
      firesAbout: "node-1",
      "node-2",
      in: [Node.sample("node-1", ready: .isFalse), Node.sample("node-2", ready: .unknown)],
      silent: [
        "it is ready": [Node.sample(ready: .isTrue)],
        "it is ready and cordoned": [Node.sample(ready: .isTrue, isUnschedulable: true)],
        "it has not reported yet": [Node.sample(ready: nil)],
      ]
    ),
  ]
}

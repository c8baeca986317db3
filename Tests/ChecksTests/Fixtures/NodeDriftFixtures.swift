import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func node(
    _ name: String = "node-1",
    addresses: [String] = ["192.168.0.1"],
    allocatable: [String: String] = [:],
    version: String = "",
    labels: Labels = [:]
  ) -> Node {
    var node = Node.sample(name)
    node.metadata.labels = labels
    node.addresses = addresses.compactMap(IPAddress.init)
    node.allocatable = ResourceAmounts(allocatable)
    node.kubeletVersion = version
    return node
  }

  private static func pod(
    _ name: String,
    host: String = "",
    requests: [String: String] = [:],
    before: [String: String] = [:],
    phase: Pod.Phase = .running,
    deleted: Timestamp? = nil
  ) -> Pod {
    var pod = Pod.sample(name, phase: phase, deleted: deleted)
    pod.hostAddress = IPAddress(host)
    var container = Container()
    container.name = "main"
    container.requests = ResourceAmounts(requests)
    var initial = Container()
    initial.name = "init"
    initial.runsBefore = true
    initial.requests = ResourceAmounts(before)
    pod.template.containers = [initial, container]
    return pod
  }

  private static let virtual: Labels = ["type": "virtual-kubelet"]

  private static func versions(_ kubelet: String, _ server: String?) -> FixtureWorld {
    FixtureWorld([node(version: kubelet)], serverVersion: server)
  }

  /// A cluster of which our model was wrong, or was not.
  private static func audited(_ kinds: ObjectKind...) -> ClusterRecord {
    var cluster = ClusterRecord()
    cluster.modelFaults = kinds.map { kind in
      let key = ObjectKey(kind, namespace: "shop", name: "cart")
      return ModelFault(
        kind: kind,
        namespace: nil,
        examples: [ModelFault.Object(key, fault: "outdated", listed: "30", held: "29")],
        count: 3
      )
    }
    return cluster
  }

  private static func ruled(_ faults: RuleFault...) -> ClusterRecord {
    var cluster = ClusterRecord()
    cluster.ruleFaults = faults
    return cluster
  }

  private static func asking(_ faults: RemoteFault...) -> ClusterRecord {
    var cluster = ClusterRecord()
    cluster.remoteFaults = faults
    return cluster
  }

  static let nodeDrifts: [CheckID: CheckFixture] = [
    "unhealthy/remote-check": CheckFixture(
      firesAbout: "cluster",
      "cluster",
      in: [asking(RemoteFault("a", "it fails", since: .noon), RemoteFault("b", "it has too much"))],
      silent: ["all services answer": [asking()]]
    ),
    "unhealthy/rule-pack": CheckFixture(
      firesAbout: "cluster",
      "cluster",
      in: [ruled(RuleFault("a.yaml", "it is broken"), RuleFault("shop/slow", "it took too long"))],
      silent: ["all packs are in force": [ruled()]]
    ),
    "drift/own-model": CheckFixture(
      firesAbout: "cluster",
      "cluster",
      in: [audited(Pod.kind, Service.kind)],
      silent: ["audits found no difference": [audited()], "nothing was audited": []]
    ),
    "drift/node-name": CheckFixture(
      firesAbout: "shop/stray",
      in: [node(), pod("stray", host: "192.168.0.9"), pod("fine", host: "192.168.0.1")],
      silent: [
        "they agree": [node(), pod("a", host: "192.168.0.1")],
        "the Node has two families":
          [node(addresses: ["192.168.0.1", "fd00::1"]), pod("a", host: "fd00::1")],
        "the Pod has not started": [node(), pod("a", phase: .pending)],
        "the Pod has ended": [node(), pod("a", host: "192.168.0.9", phase: .failed)],
        "the Pod is going": [node(), pod("a", host: "192.168.0.9", deleted: .noon)],
        "the Node has no address yet": [node(addresses: []), pod("a", host: "192.168.0.9")],
        "the Node is virtual": [node(labels: virtual), pod("a", host: "192.168.0.9")],
      ]
    ),
    "drift/overcommitted-node": CheckFixture(
      firesAbout: "node-1",
      "node-1",
      in: [
        node(allocatable: ["cpu": "2", "memory": "4Gi", "nvidia.com/gpu": "0", "pods": "1"]),
        pod("a", requests: ["cpu": "1500m", "memory": "1Gi", "nvidia.com/gpu": "1"]),
        pod("b", requests: ["cpu": "600m", "memory": "512Mi"]),
      ],
      silent: [
        "there is just enough": [
          node(allocatable: ["cpu": "2", "memory": "1536Mi"]),
          pod("a", requests: ["cpu": "1400m", "memory": "1Gi"]),
          pod("b", requests: ["cpu": "600m", "memory": "512Mi"]),
        ],
        "a Pod has ended": [
          node(allocatable: ["cpu": "2"]), pod("a", requests: ["cpu": "1500m"]),
          pod("b", requests: ["cpu": "1"], phase: .succeeded),
        ],
        "init containers run before the others": [
          node(allocatable: ["cpu": "2"]), pod("a", requests: ["cpu": "1"], before: ["cpu": "2"]),
        ],
        "a Pod asks for more than it was given": [
          node(allocatable: ["cpu": "2"]),
          {
            var resized = pod("a", requests: ["cpu": "3"])
            resized.conditions = [
              Condition(type: "PodResizePending", status: .isTrue, reason: "Deferred")
            ]
            return resized
          }(),
        ],
        "Pods ask for nothing": [node(allocatable: ["cpu": "2"]), pod("a"), pod("b")],
        "the Node has not said what it has": [node(), pod("a", requests: ["cpu": "1"])],
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
    "drift/version-skew": CheckFixture(
      firesAbout: "ancient",
      "new",
      "old",
      in: FixtureWorld(
        [
          node("new", version: "v1.37.0"), node("old", version: "v1.32.9"),
          node("same", version: "v1.36.2"), node("ancient", version: "v1.24.17"),
        ],
        serverVersion: "v1.36.2"
      ),
      silent: [
        "three minor versions behind": versions("v1.33.0", "v1.36.2"),
        "a newer patch": versions("v1.36.9+k3s1", "v1.36.2"),
        "the server's version is not known": versions("v1.30.0", nil),
        "the kubelet's version is not known": versions("", "v1.36.2"),
        "a virtual kubelet has versions of its own": FixtureWorld(
          [node(version: "v1.19.10-vk-azure-aci-1.4.1", labels: virtual)],
          serverVersion: "v1.36.2"
        ),
      ]
    ),
  ]
}

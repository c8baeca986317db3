import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func node(
    _ name: String,
    ranges: [String] = [],
    provider: String = "",
    system: String = "",
    machine: String = "",
    labels: Labels = [:],
    created: Timestamp = .noon,
    deleted: Timestamp? = nil
  ) -> Node {
    var node = Node.sample(name, podCIDRs: ranges)
    node.metadata.labels = labels
    node.metadata.creationTimestamp = created
    node.metadata.deletionTimestamp = deleted
    node.providerID = provider
    node.systemUUID = system
    node.machineID = machine
    return node
  }

  private static func pod(
    _ name: String,
    node: String = "node-1",
    port: UInt16 = 80,
    portProtocol: String = "TCP",
    at address: String = "",
    phase: Pod.Phase = .running,
    isInit: Bool = false,
    deleted: Timestamp? = nil
  ) -> Pod {
    var pod = Pod.sample(name, node: node, phase: phase, deleted: deleted)
    var container = Container()
    container.name = "main"
    container.runsBefore = isInit
    container.ports = [Container.Port()]
    container.ports[0].hostPort = port
    container.ports[0].number = port
    container.ports[0].portProtocol = portProtocol
    container.ports[0].hostAddress = address
    pod.template.containers = [container]
    return pod
  }

  private static let later = Timestamp.noon + .seconds(60)
  private static let identity = "4c4c4544-0034-5910-8048-b4c04f313233"

  static let nodeConflicts: [CheckID: CheckFixture] = [
    "conflict/pod-cidr": CheckFixture(
      firesAbout: "equal",
      "inner",
      "wide",
      in: [
        node("one", ranges: ["10.244.0.0/24"]), node("two", ranges: ["10.244.1.0/24"]),
        node("equal", ranges: ["10.244.0.0/24"], created: later),
        node("outer", ranges: ["fd00:10:244::/60"]),
        node("inner", ranges: ["10.244.7.0/24", "fd00:10:244:4::/64"], created: later),
        node("low", ranges: ["10.11.3.0/24"]),
        node("wide", ranges: ["10.10.0.0/15"], created: later),
      ],
      silent: [
        "ranges are neighbours": [
          node("one", ranges: ["10.244.0.0/25"]), node("two", ranges: ["10.244.0.128/25"]),
          node("three", ranges: ["10.244.1.0/24"]), node("four", ranges: ["10.245.0.0/24"]),
        ],
        "a Node has ranges of both families": [
          node("one", ranges: ["10.244.0.0/24", "fd00:10:244::/64"]),
          node("two", ranges: ["10.244.1.0/24", "fd00:10:244:1::/64"]),
        ],
        "one Node's own ranges overlap":
          [node("one", ranges: ["10.244.0.0/24", "10.244.0.0/16"])],
        "the network plugin has ranges of its own": [node("one"), node("two")],
        "one Node is going": [
          node("one", ranges: ["10.244.0.0/24"], deleted: .noon),
          node("two", ranges: ["10.244.0.0/24"]),
        ],
      ]
    ),
    "conflict/host-port": CheckFixture(
      firesAbout: "node-1",
      "node-2",
      in: [
        pod("static"), pod("placed"), pod("other", port: 8080),
        pod("all", node: "node-2"), pod("one", node: "node-2", at: "192.168.0.2"),
      ],
      silent: [
        "ports differ": [pod("a"), pod("b", port: 8080)],
        "protocols differ": [pod("a", port: 53), pod("b", port: 53, portProtocol: "UDP")],
        "Nodes differ": [pod("a"), pod("b", node: "node-2")],
        "addresses differ": [pod("a", at: "127.0.0.1"), pod("b", at: "192.168.0.1")],
        "one Pod has ended": [pod("a"), pod("b", phase: .succeeded)],
        "one Pod is going, and its DaemonSet has made another": [
          pod("a", deleted: .noon), pod("b"),
        ],
        "an init container is over": [pod("a", isInit: true), pod("b")],
        "no Pod asks for a host port": [pod("a", port: 0), pod("b", port: 0)],
      ]
    ),
    "conflict/machine-identity": CheckFixture(
      firesAbout: "cloned",
      "renamed",
      in: [
        node("old", provider: "aws:///eu-1a/i-1", system: identity),
        node("renamed", provider: "aws:///eu-1a/i-1", system: identity, created: later),
        node("image", system: "a", machine: "0123"),
        node("cloned", system: "b", machine: "0123", created: later),
      ],
      silent: [
        "identities differ": [
          node("a", provider: "aws:///eu-1a/i-1", system: "1", machine: "1"),
          node("b", provider: "aws:///eu-1a/i-2", system: "2", machine: "2"),
        ],
        "they have none": [node("a"), node("b")],
        "the firmware knows none": [
          node("a", system: "03000200-0400-0500-0006-000700080009"),
          node("b", system: "03000200-0400-0500-0006-000700080009"),
        ],
        "the old Node is going": [
          node("old", system: identity, deleted: .noon), node("renamed", system: identity),
        ],
        "they are virtual": [
          node("a", system: identity, labels: ["type": "virtual-kubelet"]),
          node("b", system: identity, labels: ["type": "virtual-kubelet"]),
        ],
      ]
    ),
  ]
}

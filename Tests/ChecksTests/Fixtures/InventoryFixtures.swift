import Inspection
import KubernetesObjects
import ObjectBuilders

extension CheckFixture {
  private static func node(
    _ name: String = "node-1",
    addresses: [String] = ["192.0.2.11"],
    provider: String = "",
    system: String = "",
    labels: Labels = [:],
    isUnschedulable: Bool = false
  ) -> Node {
    var node = Node.sample(name, isUnschedulable: isUnschedulable)
    node.addresses = addresses.compactMap(IPAddress.init)
    node.providerID = provider
    node.systemUUID = system
    node.metadata.labels = labels
    return node
  }

  private static func ip(_ text: String) -> IPAddress {
    guard let address = IPAddress(text) else { preconditionFailure("\(text) is no address") }
    return address
  }

  private static func machine(
    _ name: String = "node-1",
    nodes: [String] = ["node-1"],
    servesCluster: Bool = true,
    servesOtherCluster: Bool = false,
    labels: NodeLabelNames = NodeLabelNames(),
    _ change: (inout RegisteredMachine) -> Void = { _ in }
  ) -> InventoryMachine {
    var machine = RegisteredMachine()
    machine.name = name
    machine.hostname = name
    machine.cluster = servesCluster ? "test" : ""
    machine.state = "active"
    change(&machine)
    return InventoryMachine(
      machine,
      in: "cmdb",
      labels: labels,
      servesCluster: servesCluster,
      servesOtherCluster: servesOtherCluster,
      nodes: nodes
    )
  }

  private static func retired(_ name: String = "node-1", state: String) -> InventoryMachine {
    machine(name) { machine in
      machine.state = state
      machine.lifecycle = .retired
    }
  }

  private static func labelNames(
    _ change: (inout NodeLabelNames) -> Void
  ) -> NodeLabelNames {
    var labels = NodeLabelNames()
    change(&labels)
    return labels
  }

  private static let rack = labelNames { $0.rack = "example.com/rack" }
  private static let uuid = "4c4c4544-0034-5910-8048-b4c04f313233"
  /// The same as firmware before SMBIOS 2.6 wrote it.
  private static let swappedUUID = "44454C4C-3400-1059-8048-B4C04F313233"

  static let machineDrifts: [CheckID: CheckFixture] = [
    "drift/cmdb-unregistered-node": CheckFixture(
      firesAbout: "node-2",
      in: [node(), node("node-2", addresses: ["192.0.2.12"]), machine()],
      silent: [
        "it is registered": [node(), machine()],
        "it is a virtual one": [
          node(labels: ["eks.amazonaws.com/compute-type": "fargate"])
        ],
      ]
    ),
    "drift/cmdb-missing-node": CheckFixture(
      firesAbout: "cmdb/node-2",
      in: [node(), machine(), machine("node-2", nodes: [])],
      silent: [
        "it is a Node": [node(), machine()],
        "it is planned, or retired": [
          machine("new", nodes: []) { $0.lifecycle = .planned },
          machine("old", nodes: []) { $0.lifecycle = .retired },
        ],
        "it serves nobody that the CMDB tells of": [
          machine("spare", nodes: [], servesCluster: false)
        ],
      ]
    ),
    "drift/cmdb-attribute": CheckFixture(
      firesAbout: "address",
      "cluster",
      "label",
      "provider",
      "unlabelled",
      "uuid",
      "zone",
      in: [
        node("address"),
        machine("address", nodes: ["address"]) { $0.addresses = [ip("192.0.2.99")] },
        node("cluster"),
        machine("cluster", nodes: ["cluster"], servesCluster: false, servesOtherCluster: true) {
          $0.cluster = "other"
        },
        node("label", labels: ["example.com/rack": "r1"]),
        machine("label", nodes: ["label"], labels: rack) { $0.rack = "r2" },
        node("provider", provider: "aws:///eu-1a/i-1"),
        machine("provider", nodes: ["provider"]) { $0.providerID = "aws:///eu-1a/i-2" },
        node("unlabelled"),
        machine("unlabelled", nodes: ["unlabelled"], labels: rack) { $0.rack = "r2" },
        node("uuid", system: uuid),
        machine("uuid", nodes: ["uuid"]) { $0.systemUUID = "4c4c4544-0034-5910-8048-000000000000" },
        node("zone", labels: [NodeLabelNames.wellKnownZone: "zone-1"]),
        machine("zone", nodes: ["zone"]) { $0.zone = "zone-2" },
      ],
      silent: [
        "both agree": [
          node(
            provider: "aws:///eu-1a/i-1",
            system: uuid,
            labels: ["example.com/rack": "r1", NodeLabelNames.wellKnownZone: "zone-1"]
          ),
          machine(labels: rack) { machine in
            machine.addresses = ["192.0.2.11", "198.51.100.7"].compactMap(IPAddress.init)
            machine.providerID = "AWS:///eu-1a/i-1"
            machine.systemUUID = swappedUUID
            machine.rack = "R1"
            machine.zone = "zone-1"
          },
        ],
        "the CMDB tells nothing of it": [node(labels: ["example.com/rack": "r1"]), machine()],
        "no label holds it": [node(), machine { $0.rack = "r2" }],
        "the cluster has no zones": [node(), machine { $0.zone = "zone-1" }],
        "its address is of another family": [
          node(), machine { $0.addresses = [ip("2001:db8::11")] },
        ],
      ]
    ),
    "drift/cmdb-retired-node": CheckFixture(
      firesAbout: "node-1",
      in: [node(), retired(state: "decommissioning")],
      silent: [
        "it is in service": [node(), machine()],
        "it is cordoned": [node(isUnschedulable: true), retired(state: "repair")],
        "the record is that of the machine before": [
          node(), retired("old", state: "decommissioned"), machine("new"),
        ],
      ]
    ),
  ]

  private static func allocation(
    _ state: RecordLifecycle = .inService,
    cluster: String = "",
    host: String = "",
    range: String? = nil
  ) -> AddressAllocation {
    var allocation = AddressAllocation(in: "ipam")
    allocation.lifecycle = state
    allocation.cluster = cluster
    allocation.hostname = host
    allocation.range = range.flatMap(IPPrefix.init)
    return allocation
  }

  private static func address(
    _ allocations: AddressAllocation...,
    at text: String = "10.0.0.7",
    managed: String? = nil,
    isTold: Bool = true,
    isOfServer: Bool = false
  ) -> InventoryAddress {
    InventoryAddress(
      ip(text),
      ofCluster: "test",
      managedRange: managed.flatMap(IPPrefix.init).map { ManagedRange($0, isTold: isTold) },
      allocations: allocations,
      isOfServer: isOfServer
    )
  }

  private static func balancer(_ address: String) -> Service {
    var service = Service(metadata: .sample("web", namespace: "shop"))
    service.type = .loadBalancer
    service.loadBalancer.addresses = [address].compactMap(IPAddress.init)
    return service
  }

  private static let pod = Pod.sample(addresses: ["10.0.0.7"])

  static let addressDrifts: [CheckID: CheckFixture] = [
    "drift/ipam-unallocated": CheckFixture(
      firesAbout: "10.0.0.7",
      "10.0.0.8",
      "192.0.2.11",
      in: [
        pod, address(managed: "10.0.0.0/24"), balancer("10.0.0.8"),
        address(allocation(.retired), at: "10.0.0.8", managed: "10.0.0.0/24"), node(),
        address(at: "192.0.2.11", managed: "192.0.2.0/24", isTold: false),
      ],
      silent: [
        "it is allocated": [pod, address(allocation(), managed: "10.0.0.0/24")],
        "it is reserved": [pod, address(allocation(.planned), managed: "10.0.0.0/24")],
        "nobody allocates single addresses there": [pod, address()],
        "machines' addresses are allocated, and Pods' are not": [
          pod, address(managed: "10.0.0.0/24", isTold: false),
        ],
        "no IPAM tells of it": [pod],
        "the Pod that had it has ended": [
          Pod.sample(addresses: ["10.0.0.7"], phase: .succeeded), address(managed: "10.0.0.0/24"),
        ],
      ]
    ),
    "drift/ipam-leaked": CheckFixture(
      firesAbout: "10.0.0.7",
      in: [address(allocation(cluster: "test"))],
      silent: [
        "a Pod uses it": [pod, address(allocation(cluster: "test"))],
        "a Node uses it": [node(), address(allocation(cluster: "test"), at: "192.0.2.11")],
        "a load balancer uses it": [
          balancer("10.0.0.7"), address(allocation(cluster: "test")),
        ],
        "it is reserved": [address(allocation(.planned, cluster: "test"))],
        "the API server is reached there": [
          address(allocation(cluster: "test"), isOfServer: true)
        ],
      ]
    ),
    "drift/ipam-owner": CheckFixture(
      firesAbout: "10.0.0.7",
      "10.0.0.8",
      "192.0.2.11",
      in: [
        pod, address(allocation(cluster: "other", range: "10.0.0.0/24")), node(),
        address(allocation(host: "node-9.example.com"), at: "192.0.2.11"), balancer("10.0.0.8"),
        address(allocation(cluster: "other"), at: "10.0.0.8"),
      ],
      silent: [
        "it is this cluster's": [pod, address(allocation(cluster: "test", host: "a-name"))],
        "it is the Node's": [
          node(),
          address(allocation(cluster: "test", host: "Node-1.example.com"), at: "192.0.2.11"),
        ],
        "it was the other's": [pod, address(allocation(.retired, cluster: "other"))],
        "two networks have it, one of them this cluster's": [
          pod, address(allocation(cluster: "other"), allocation(cluster: "test")),
        ],
        "nobody here uses it": [address(allocation(cluster: "other"))],
      ]
    ),
  ]

  static let acrossClusters: [CheckID: CheckFixture] = [
    "conflict/pod-address-across-clusters": CheckFixture(
      firesAbout: "10.0.0.7",
      in: [pod, ForeignPod(.sample("till-1", addresses: ["10.0.0.7"]), of: "other")],
      silent: [
        "the other has another address": [
          pod, ForeignPod(.sample("till-1", addresses: ["10.0.0.8"]), of: "other"),
        ],
        "both contexts lead to one cluster": [pod, ForeignPod(pod, of: "alias")],
        "the Pod here has ended": [
          Pod.sample(addresses: ["10.0.0.7"], phase: .failed),
          ForeignPod(.sample("till-1", addresses: ["10.0.0.7"]), of: "other"),
        ],
      ]
    )
  ]
}

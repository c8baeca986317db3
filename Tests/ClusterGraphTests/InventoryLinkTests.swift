import KubernetesObjects
import ObjectBuilders
import Testing

@testable import ClusterGraph

/// The graph holds of inventories what concerns the cluster, and no more.
@Suite struct InventoryLinkTests {
  private static func machines(_ names: [(name: String, cluster: String)]) -> InventoryContent {
    InventoryContent(
      "cmdb",
      .machines(
        MachineTable(
          names.map { name, cluster in
            var machine = RegisteredMachine()
            machine.hostname = name
            machine.cluster = cluster
            return machine
          }
        )
      )
    )
  }

  private static func addresses(
    _ entries: [(extent: String, cluster: String)]
  ) -> InventoryContent {
    InventoryContent(
      "ipam",
      .addresses(
        AllocationTable(
          entries.compactMap { extent, cluster in
            var allocation = AddressAllocation(in: "ipam")
            allocation.cluster = cluster
            if let address = IPAddress(extent) {
              return AllocationTable.Entry(.address(address), allocation)
            }
            allocation.range = IPPrefix(extent)
            return allocation.range.map { AllocationTable.Entry(.range($0), allocation) }
          }
        )
      )
    )
  }

  private static func names(_ graph: ClusterGraph, _ kind: ObjectKind) -> [String] {
    graph.keys(of: kind).map(\.name).sorted()
  }

  /// Upserts, and looks up what that touched; answers whom it concerned.
  @discardableResult
  private static func upsert(
    _ record: any ObjectRecord,
    _ graph: inout ClusterGraph
  ) -> HandleSet {
    var touched: HandleSet = []
    graph.upsert(ObjectSnapshot(record), touching: &touched)
    graph.linkInventories(touching: &touched)
    return touched
  }

  @Test func machinesAreThereThatServeTheClusterOrAreItsNodes() throws {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    let content = Self.machines([("node-1", ""), ("node-2", "test"), ("node-3", "other")])
    graph.setInventories([content], ofCluster: "test", touching: &touched)
    #expect(Self.names(graph, InventoryMachine.kind) == ["cmdb/node-2"])

    let woken = Self.upsert(Node.sample("node-1"), &graph)
    #expect(Self.names(graph, InventoryMachine.kind) == ["cmdb/node-1", "cmdb/node-2"])
    let node = try #require(graph.handle(of: .object(ObjectKey(Node.kind, name: "node-1"))))
    #expect(woken.contains(node))
    #expect(graph.referrers(of: node, over: .machineRecord).count == 1)

    touched = []
    graph.remove(ObjectKey(Node.kind, name: "node-1"), touching: &touched)
    graph.linkInventories(touching: &touched)
    #expect(Self.names(graph, InventoryMachine.kind) == ["cmdb/node-2"])
  }

  @Test func addressesAreThereThatAreAllocatedToTheClusterOrUsed() throws {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    let content = Self.addresses([
      ("10.0.0.1", "test"), ("10.0.0.2", "other"), ("10.0.0.3", "other"), ("10.0.0.0/24", ""),
      ("10.1.0.0/16", "test"), ("10.2.0.0/16", "other"),
    ])
    graph.setInventories([content], ofCluster: "test", touching: &touched)
    #expect(Self.names(graph, InventoryAddress.kind) == ["10.0.0.1"])

    for (index, address) in ["10.0.0.2", "10.0.0.9", "10.1.0.1", "10.2.0.1", "10.9.0.1"]
      .enumerated()
    {
      Self.upsert(Pod.sample("pod-\(index)", addresses: [address]), &graph)
    }
    let expected = ["10.0.0.1", "10.0.0.2", "10.0.0.9", "10.2.0.1"]
    #expect(Self.names(graph, InventoryAddress.kind) == expected)

    Self.upsert(Pod.sample("pod-0", addresses: []), &graph)
    #expect(Self.names(graph, InventoryAddress.kind) == ["10.0.0.1", "10.0.0.9", "10.2.0.1"])
  }

  @Test func rangesAreThereThatTheClusterHasOrTakesAddressesFrom() throws {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    let content = Self.addresses([
      ("10.0.0.1", "other"), ("10.0.0.2", "other"), ("10.0.0.0/24", ""), ("10.0.0.0/8", ""),
      ("10.1.0.0/16", "test"), ("10.2.0.0/16", "other"), ("10.3.0.0/16", ""),
    ])
    graph.setInventories([content], ofCluster: "test", touching: &touched)
    #expect(Self.names(graph, InventoryPrefix.kind) == ["ipam/10.1.0.0/16"])
    func counts() -> [String: [Int]] {
      graph.keys(of: InventoryPrefix.kind).reduce(into: [:]) { counts, key in
        guard let record = graph.record(key) as? InventoryPrefix else { return }
        counts["\(record.prefix)"] = [record.allocatedCount, record.unallocatedCount]
      }
    }
    // One that is given out, one that is not, one of the cluster's own range, and one of which only
    // a range around others is known, of which nothing can be said.
    for (index, address) in ["10.0.0.2", "10.0.0.9", "10.1.0.1", "10.9.0.1"].enumerated() {
      Self.upsert(Pod.sample("pod-\(index)", addresses: [address]), &graph)
    }
    #expect(counts() == ["10.0.0.0/24": [2, 1], "10.1.0.0/16": [0, 1]])
    Self.upsert(Pod.sample("pod-1", addresses: ["10.0.0.10"]), &graph)
    #expect(counts()["10.0.0.0/24"] == [2, 1])
    Self.upsert(Pod.sample("pod-1", addresses: []), &graph)
    #expect(counts()["10.0.0.0/24"] == [2, 0])
    Self.upsert(Pod.sample("pod-0", addresses: []), &graph)
    #expect(counts() == ["10.1.0.0/16": [0, 1]])
  }

  @Test("A change of an address costs the same in an IPAM of any size", arguments: [200, 20_000])
  func work(size: Int) {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    let entries = (0..<size).map { ("10.\($0 / 40_000).\($0 / 200 % 200).\($0 % 200)", "other") }
    let ranges = (0..<size / 200).map { ("10.\($0 / 200).\($0 % 200).0/24", "test") }
    graph.setInventories([Self.addresses(entries + ranges)], ofCluster: "test", touching: &touched)
    #expect(graph.count(of: InventoryPrefix.kind) == size / 200)
    let woken = Self.upsert(Pod.sample("pod", addresses: ["10.0.0.250"]), &graph)
    let ranges250 = woken.compactMap { graph.id(of: $0)?.description }.filter {
      $0.hasPrefix("IPAMPrefix")
    }
    #expect(ranges250 == ["IPAMPrefix.kpatrol.io ipam/10.0.0.0/24"])
    #expect(woken.count < 10)
  }

  @Test func whatIsReadAgainTouchesOnlyWhatChanged() throws {
    var graph = ClusterGraph()
    for number in 1...3 {
      Self.upsert(Node.sample("node-\(number)"), &graph)
      Self.upsert(Pod.sample("pod-\(number)", addresses: ["10.0.0.\(number)"]), &graph)
    }
    var touched: HandleSet = []
    let names = (1...3).map { ("node-\($0)", "test") }
    let machines = Self.machines(names)
    let addresses = Self.addresses((1...3).map { ("10.0.0.\($0)", "test") })
    graph.setInventories([machines, addresses], ofCluster: "test", touching: &touched)
    touched = []
    graph.setInventories([machines, addresses], ofCluster: "test", touching: &touched)
    #expect(touched.isEmpty)

    let fewer = Self.machines(Array(names.dropLast()))
    graph.setInventories([fewer, addresses], ofCluster: "test", touching: &touched)
    let woken = touched.compactMap { graph.id(of: $0)?.description }.sorted()
    #expect(woken == ["CMDBMachine.kpatrol.io cmdb/node-3", "Node node-3"])
  }

  @Test func whoDoesNotKnowTheClusterDoesNotSayWhatIsAnothers() throws {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    graph.setInventories(
      [Self.addresses([("10.0.0.1", "other")])],
      ofCluster: "test",
      touching: &touched
    )
    Self.upsert(Pod.sample(addresses: ["10.0.0.1"]), &graph)
    let key = ObjectKey(InventoryAddress.kind, name: "10.0.0.1")
    let record = try #require(graph.record(key) as? InventoryAddress)
    #expect(record.allocations.map(\.cluster) == [""])
  }

  @Test("After any changes the graph holds what it would from nothing", arguments: UInt64(1)...50)
  func agreesWithAFreshLook(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func pick<Element>(_ elements: [Element]) -> Element {
      elements[Int.random(in: elements.indices, using: &random)]
    }
    var graph = ClusterGraph()
    var contents: [InventoryContent] = []
    for _ in 0..<40 {
      var touched: HandleSet = []
      switch Int.random(in: 0..<6, using: &random) {
      case 0, 1:
        let pod = Pod.sample(
          pick(["a", "b"]),
          addresses: [pick(["10.0.0.1", "10.0.0.2", "10.1.0.1"])]
        )
        graph.upsert(ObjectSnapshot(pod), touching: &touched)
      case 2: graph.upsert(ObjectSnapshot(Node.sample(pick(["a", "b", "c"]))), touching: &touched)
      case 3: graph.remove(ObjectKey(Node.kind, name: pick(["a", "b", "c"])), touching: &touched)
      case 4:
        graph.remove(
          ObjectKey(Pod.kind, namespace: "shop", name: pick(["a", "b"])),
          touching: &touched
        )
      default:
        contents = [
          Self.machines(["a", "b", "d"].map { ($0, pick(["", "test", "other"])) }),
          Self.addresses(
            ["10.0.0.1", "10.0.0.2", "10.0.0.0/16", "10.1.0.0/16"].filter { _ in
              pick([true, false])
            }
            .map { ($0, pick(["", "test", "other"])) }
          ),
        ]
        graph.setInventories(contents, ofCluster: "test", touching: &touched)
      }
      graph.linkInventories(touching: &touched)
      graph.freeUnusedVertices()
      var fresh = graph
      fresh.setInventories(contents, ofCluster: "test", touching: &touched)
      for kind in [InventoryMachine.kind, InventoryAddress.kind, InventoryPrefix.kind] {
        #expect(Self.names(graph, kind) == Self.names(fresh, kind))
        for key in graph.keys(of: kind) {
          let equal = fresh.record(key).map { graph.record(key)?.isEqual(to: $0) == true }
          #expect(equal == true)
        }
      }
    }
  }
}

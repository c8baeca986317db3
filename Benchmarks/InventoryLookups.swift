import ClusterGraph
import KubernetesObjects
import ObjectBuilders

/// How long it takes to find what an IPAM with a million addresses says of one of them.
struct InventoryLookups: Benchmark {
  let title = "look-up of an address among 1,000,000 and 50,000 ranges"

  private static let addressCount: UInt32 = 1_000_000
  private static let rangeCount: UInt32 = 50_000
  private static let lookups = 1_000_000
  /// How many Pods come and go among the ranges.
  private static let countedPods = 50_000

  func run() throws -> [Measurement] {
    let before = try ResidentMemory.residentBytes()
    let clock = ContinuousClock()
    var table: AllocationTable?
    let building = try clock.measure { table = AllocationTable(try Self.entries()) }
    guard let table else { return [] }
    let bytes = try ResidentMemory.residentBytes() - before
    let addresses = try (0..<Self.lookups).map { try Self.address(Self.scattered($0)) }
    var found = 0
    let elapsed = clock.measure {
      for address in addresses {
        if table.managedRange(around: address) != nil { found += 1 }
        found += table.allocations(of: address).count
      }
    }
    return [
      Measurement(
        title: title,
        setting: "the address itself and the smallest range around it",
        value: elapsed.seconds / Double(Self.lookups) * 1e6,
        unit: "µs",
        target: .under(2),
        note: "\(found) found, \((Double(bytes) / 1e6).formatted()) MB, "
          + "built in \(building.seconds.formatted()) s"
      ), try Self.counting(table),
    ]
  }

  /// What it takes to keep count of how full the ranges are, while Pods come and go.
  private static func counting(_ table: AllocationTable) throws -> Measurement {
    var graph = ClusterGraph()
    var touched: HandleSet = []
    // The table does not know the cluster, and so the graph holds what its Pods use alone.
    graph.setInventories(
      [InventoryContent("ipam", .addresses(table))],
      ofCluster: "bench",
      touching: &touched
    )
    let pods = try (0..<countedPods).map { number in
      try Pod.sample("pod-\(number)", addresses: ["\(address(scattered(number)))"])
    }
    let clock = ContinuousClock()
    touched = []
    for pod in pods { graph.upsert(ObjectSnapshot(pod), touching: &touched) }
    var elapsed = clock.measure { graph.linkInventories(touching: &touched) }
    let ranges = graph.count(of: InventoryPrefix.kind)
    touched = []
    for pod in pods { graph.remove(pod.key, touching: &touched) }
    elapsed += clock.measure { graph.linkInventories(touching: &touched) }
    precondition(graph.count(of: InventoryPrefix.kind) == 0, "Nothing uses them any more.")
    return Measurement(
      title: "count of what is used of the ranges that may run full",
      setting: "an address that comes to be used, or is left, among 1,000,000 and 50,000 ranges",
      value: elapsed.seconds / Double(2 * countedPods) * 1e6,
      unit: "µs",
      note: "\(countedPods) Pods in \(ranges) ranges"
    )
  }

  /// Addresses of 10.0.0.0/8 in no order, a host name each, and ranges of three sizes around them.
  private static func entries() throws -> [AllocationTable.Entry] {
    var entries: [AllocationTable.Entry] = []
    entries.reserveCapacity(Int(addressCount + rangeCount))
    for number in 0..<addressCount {
      var allocation = AddressAllocation(in: "ipam")
      allocation.cluster = "cluster-\(number % 20)"
      allocation.hostname = "host-\(number)"
      allocation.state = "active"
      // An odd factor: each number occurs once.
      let address = try address(number &* 0x9E37_79B1 >> 8)
      entries.append(AllocationTable.Entry(.address(address), allocation))
    }
    for number in 0..<rangeCount {
      let length = [16, 20, 24][Int(number % 3)]
      let base = try address(number &* 0x85EB_CA6B >> 8)
      guard let range = IPPrefix("\(base)/\(length)") else { continue }
      var allocation = AddressAllocation(in: "ipam")
      allocation.range = range
      entries.append(AllocationTable.Entry(.range(range), allocation))
    }
    return entries
  }

  private static func scattered(_ number: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: number) &* 0xC2B2_AE35 >> 8
  }

  /// An address of 10.0.0.0/8 by its last 24 bits.
  private static func address(_ bits: UInt32) throws -> IPAddress {
    let text = "10.\(bits >> 16 & 0xff).\(bits >> 8 & 0xff).\(bits & 0xff)"
    guard let address = IPAddress(text) else { throw BenchmarkFailure("\(text) is no address") }
    return address
  }
}

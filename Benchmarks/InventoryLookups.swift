import KubernetesObjects

/// How long it takes to find what an IPAM with a million addresses says of one of them.
struct InventoryLookups: Benchmark {
  let title = "look-up of an address among 1,000,000 and 50,000 ranges"

  private static let addressCount: UInt32 = 1_000_000
  private static let rangeCount: UInt32 = 50_000
  private static let lookups = 1_000_000

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
      )
    ]
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

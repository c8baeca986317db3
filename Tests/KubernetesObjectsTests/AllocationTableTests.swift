import ObjectBuilders
import Testing

@testable import KubernetesObjects

/// Addresses and ranges are found as a look at each of them would find them.
@Suite struct AllocationTableTests {
  private typealias Entry = AllocationTable.Entry

  private static func range(
    _ text: String,
    cluster: String = "",
    isManaged: Bool? = nil
  ) throws -> Entry {
    let prefix = try #require(IPPrefix(text))
    var allocation = AddressAllocation(in: "ipam")
    allocation.range = prefix
    allocation.cluster = cluster
    return Entry(.range(prefix), allocation, isManaged: isManaged)
  }

  private static func single(
    _ text: String,
    cluster: String = "",
    host: String = ""
  ) throws -> Entry {
    var allocation = AddressAllocation(in: "ipam")
    allocation.cluster = cluster
    allocation.hostname = host
    return Entry(.address(try #require(IPAddress(text))), allocation)
  }

  @Test func theSmallestRangeAroundAnAddressCounts() throws {
    let table = AllocationTable([
      try Self.range("10.0.0.0/8", cluster: "wide"),
      try Self.range("10.1.0.0/16", cluster: "narrow"),
      try Self.range("10.1.2.0/24", cluster: "narrowest"),
      try Self.range("2001:db8::/32", cluster: "six"),
    ])
    func cluster(_ text: String) throws -> String? {
      table.allocations(of: try #require(IPAddress(text))).first?.cluster
    }
    #expect(try cluster("10.0.0.1") == "wide")
    #expect(try cluster("10.1.0.1") == "narrow")
    #expect(try cluster("10.1.2.255") == "narrowest")
    #expect(try cluster("10.1.3.0") == "narrow")
    #expect(try cluster("10.255.255.255") == "wide")
    #expect(try cluster("11.0.0.0") == nil)
    #expect(try cluster("9.255.255.255") == nil)
    #expect(try cluster("2001:db8::1") == "six")
    #expect(try cluster("2001:db9::1") == nil)
  }

  @Test func ofEachRangeThatHoldsNoOtherIsKnownHowManyAreGivenOut() throws {
    let table = AllocationTable([
      try Self.range("10.0.0.0/8"), try Self.range("10.1.0.0/16", cluster: "c"),
      try Self.range("10.2.0.0/16", cluster: "c"), try Self.range("10.2.0.0/24", cluster: "c"),
      // The same range twice counts once, and so does an address.
      try Self.range("10.3.0.0/16"), try Self.range("10.3.0.0/16"),
      try Self.single("10.1.0.1"), try Self.single("10.1.0.1", host: "b"),
      try Self.single("10.1.9.9"), try Self.single("10.9.0.1"), try Self.single("10.3.0.1"),
    ])
    func found(_ text: String) throws -> [String] {
      let address = try #require(IPAddress(text))
      return table.innermostRange(around: address).map { position in
        let record = table.record(ofRange: position, in: "ipam", unallocated: 7)
        return ["\(record.prefix)", "\(record.allocatedCount)", "\(record.unallocatedCount)"]
      } ?? []
    }
    #expect(try found("10.1.2.3") == ["10.1.0.0/16", "2", "7"])
    #expect(try found("10.2.0.3") == ["10.2.0.0/24", "0", "7"])
    #expect(try found("10.2.1.3") == [])
    #expect(try found("10.9.0.1") == [])
    #expect(try found("10.3.0.3") == ["10.3.0.0/16", "1", "7"])
    let prefixes = table.innermostRanges(ofCluster: "c").map { position in
      table.record(ofRange: position, in: "ipam", unallocated: 0).prefix.description
    }
    #expect(prefixes == ["10.1.0.0/16", "10.2.0.0/24"])
    #expect(table.isGivenOut(try #require(IPAddress("10.1.0.1"))))
    #expect(!table.isGivenOut(try #require(IPAddress("10.1.0.2"))))
  }

  @Test func anAddressIsNoPartOfARangeOfTheOtherFamily() throws {
    let table = AllocationTable([try Self.range("::/0", cluster: "six")])
    #expect(table.allocations(of: try #require(IPAddress("10.0.0.1"))).isEmpty)
    #expect(table.allocations(of: try #require(IPAddress("::1"))).count == 1)
    let highest = "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"
    #expect(table.allocations(of: try #require(IPAddress(highest))).count == 1)
  }

  @Test func whatIsSaidOfTheAddressItselfComesBeforeItsRange() throws {
    let table = AllocationTable([
      try Self.range("10.0.0.0/24", cluster: "range"),
      try Self.single("10.0.0.7", cluster: "one", host: "a"),
      try Self.single("10.0.0.7", cluster: "two", host: "b"),
    ])
    let found = table.allocations(of: try #require(IPAddress("10.0.0.7")))
    #expect(found.map(\.cluster) == ["one", "two"] && found.map(\.hostname) == ["a", "b"])
    #expect(table.addresses(ofCluster: "one").map(\.description) == ["10.0.0.7"])
    #expect(table.knows(cluster: "range") && !table.knows(cluster: "three"))
  }

  @Test func aRangeIsManagedWhereItsAddressesAreAllocatedOneByOne() throws {
    let table = AllocationTable([
      try Self.range("10.0.0.0/8"), try Self.range("10.0.0.0/24"), try Self.range("10.0.1.0/24"),
      try Self.range("10.0.2.0/24", cluster: "whole"),
      try Self.range("10.0.3.0/24", isManaged: true),
      try Self.range("10.0.4.0/24", isManaged: false),
      try Self.single("10.0.0.7"), try Self.single("10.0.2.7"), try Self.single("10.0.4.7"),
    ])
    let managed = try ["10.0.0.9", "10.0.1.9", "10.0.2.9", "10.0.3.9", "10.0.4.9", "10.9.0.1"].map {
      table.managedRange(around: try #require(IPAddress($0)))
    }
    #expect(
      managed.map { $0?.prefix.description } == ["10.0.0.0/24", nil, nil, "10.0.3.0/24", nil, nil]
    )
    #expect(managed.map { $0?.isTold } == [false, nil, nil, true, nil, nil])
  }

  @Test("Random ranges are found as by a look at each", arguments: UInt64(1)...20)
  func agreesWithALookAtEach(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let prefixes = try (0..<200).map { _ in
      let length = Int.random(in: 8...32, using: &random)
      let number = UInt32.random(in: 0..<1 << 20, using: &random)
      let text = [24, 16, 8, 0].map { String(number >> $0 & 0xff) }.joined(separator: ".")
      return try #require(IPPrefix("\(text)/\(length)"))
    }
    let table = AllocationTable(try prefixes.map { try Self.range("\($0)", cluster: "\($0)") })
    for _ in 0..<500 {
      let number = UInt32.random(in: 0..<1 << 20, using: &random)
      let text = [24, 16, 8, 0].map { String(number >> $0 & 0xff) }.joined(separator: ".")
      let address = try #require(IPAddress(text))
      let found = table.allocations(of: address).first?.range
      let expected = prefixes.filter { $0.contains(address) }.map(\.length).max()
      #expect(found?.length == expected && found?.contains(address) ?? true)
    }
  }
}

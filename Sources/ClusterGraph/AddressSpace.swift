import KubernetesObjects

/// Which ranges of the IPAMs the cluster takes addresses from, and how many that nobody gave out.
///
/// Kept address by address as they change: nobody counts a range anew.
struct AddressSpace: Sendable {
  /// A range by its IPAM's place and its own place there.
  struct Range: Hashable, Comparable, Sendable {
    let inventory: Int
    let position: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.inventory, left.position) < (right.inventory, right.position)
    }
  }

  /// That an address is used, which belongs to a range: small, for there may be one for each Pod.
  private struct Use: Sendable, Equatable {
    private let inventory: UInt16
    private let position: UInt32
    let isGivenOut: Bool

    init(_ range: Range, isGivenOut: Bool) {
      inventory = UInt16(range.inventory)
      position = UInt32(range.position)
      self.isGivenOut = isGivenOut
    }

    var range: Range { Range(inventory: Int(inventory), position: Int(position)) }
  }

  /// What the IPAMs say of one address; there is hardly ever more than one.
  private struct Uses: Sendable, Equatable {
    var first: Use
    var others: [Use] = []

    var all: [Use] { [first] + others }
  }

  private struct Count: Sendable {
    var uses = 0
    var unallocated = 0
  }

  private var usesByAddress: [Handle: Uses] = [:]
  private var counts: [Range: Count] = [:]

  /// Takes in whether an address is used; answers the ranges for which that makes a difference.
  mutating func note(
    _ handle: Handle,
    _ address: IPAddress,
    isUsed: Bool,
    in contents: [InventoryContent?]
  ) -> [Range] {
    let old = usesByAddress[handle]?.all ?? []
    var new: [Use] = []
    if isUsed {
      for (index, content) in contents.enumerated() {
        guard let table = content?.addresses,
          let position = table.innermostRange(around: address)
        else { continue }
        let range = Range(inventory: index, position: position)
        new.append(Use(range, isGivenOut: table.isGivenOut(address)))
      }
    }
    guard new != old else { return [] }
    usesByAddress[handle] = new.first.map { Uses(first: $0, others: Array(new.dropFirst())) }
    for use in old { count(use, -1) }
    for use in new { count(use, 1) }
    return (old + new).map(\.range)
  }

  private mutating func count(_ use: Use, _ difference: Int) {
    counts[use.range, default: Count()].uses += difference
    if !use.isGivenOut { counts[use.range]?.unallocated += difference }
    if counts[use.range]?.uses == 0 { counts[use.range] = nil }
  }

  /// The ranges in which an address is used.
  var usedRanges: some Sequence<Range> { counts.keys }

  func isUsed(_ range: Range) -> Bool { counts[range] != nil }

  /// How many addresses the cluster uses that are not given out.
  func unallocatedCount(in range: Range) -> Int { counts[range]?.unallocated ?? 0 }

  mutating func forget() {
    usesByAddress = [:]
    counts = [:]
  }
}

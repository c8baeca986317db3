/// Ranges of addresses that may lie in one another, cut into stretches that do not overlap, so that
/// the smallest range around an address is found by one binary search.
struct AddressRanges: Sendable {
  private struct Range: Sendable {
    let prefix: IPPrefix
    let allocation: AddressAllocation
  }

  private let ranges: [Range]
  /// Where each stretch begins, in order; it ends where the next begins.
  private var starts: [UInt128] = []
  /// The range that each stretch belongs to; `nil` where it lies in none.
  private var owners: [Int?] = []
  /// Whether each range holds none of the others.
  private var innermost: [Bool] = []

  init(_ ranges: [(prefix: IPPrefix, allocation: AddressAllocation)]) {
    self.ranges = ranges.map { Range(prefix: $0.prefix, allocation: $0.allocation) }
    let order = self.ranges.indices.sorted { left, right in
      let (left, right) = (self.ranges[left].prefix, self.ranges[right].prefix)
      return (left.first, left.length) < (right.first, right.length)
    }
    innermost = Array(repeating: true, count: ranges.count)
    // The ranges around the place that the walk has come to, the smallest last.
    var around: [Int] = []
    for index in order {
      let first = self.ranges[index].prefix.first.bits
      while let inner = around.last, self.ranges[inner].prefix.last.bits < first {
        close(&around)
      }
      if let outer = around.last { innermost[outer] = false }
      begin(at: first, index)
      around.append(index)
    }
    while !around.isEmpty { close(&around) }
  }

  /// The position of the smallest range around the address, as it was given.
  func position(around address: IPAddress) -> Int? {
    let bits = address.bits
    var (low, high) = (0, starts.count)
    while low < high {
      let middle = (low + high) / 2
      if starts[middle] <= bits { low = middle + 1 } else { high = middle }
    }
    guard low > 0, let owner = owners[low - 1], ranges[owner].prefix.contains(address) else {
      return nil
    }
    return owner
  }

  func allocation(at position: Int) -> AddressAllocation { ranges[position].allocation }

  func prefix(at position: Int) -> IPPrefix { ranges[position].prefix }

  /// Whether the range at a position holds none of the others; of several that are the same, one does.
  func isInnermost(_ position: Int) -> Bool { innermost[position] }

  /// Ends the smallest range; what follows belongs to the one around it.
  private mutating func close(_ around: inout [Int]) {
    guard let inner = around.popLast() else { return }
    let last = ranges[inner].prefix.last.bits
    if last < .max { begin(at: last + 1, around.last) }
  }

  private mutating func begin(at start: UInt128, _ owner: Int?) {
    if starts.last == start {
      owners[owners.count - 1] = owner
    } else {
      starts.append(start)
      owners.append(owner)
    }
  }
}

extension IPPrefix {
  /// The highest address of the range.
  var last: IPAddress {
    let hostBits = (address.isVersion4 ? 32 : 128) - length
    return hostBits == 128
      ? IPAddress(bits: .max) : IPAddress(bits: first.bits + ((UInt128(1) << hostBits) - 1))
  }
}

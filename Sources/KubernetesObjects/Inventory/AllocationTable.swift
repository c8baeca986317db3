/// What one IPAM says of addresses and ranges.
///
/// A look-up is a binary search or two; a million addresses take about 40 MB.
package struct AllocationTable: Sendable {
  /// One address or range as the inventory tells of it.
  package struct Entry: Sendable {
    package enum Extent: Sendable {
      case address(IPAddress)
      case range(IPPrefix)
    }

    package var extent: Extent
    package var allocation: AddressAllocation
    /// Whether the addresses of a range are allocated one by one; `nil` where that is not told.
    package var isManaged: Bool?

    package init(_ extent: Extent, _ allocation: AddressAllocation, isManaged: Bool? = nil) {
      self.extent = extent
      self.allocation = allocation
      self.isManaged = isManaged
    }
  }

  // Addresses in order, and beside each what is said of it: what many share is stored once.
  private var addresses: [IPAddress] = []
  private var hostnames: [String] = []
  /// Empty where no record has one.
  private var ids: [String] = []
  private var allocationNumbers: [UInt32] = []
  private var distinct: [AddressAllocation] = []
  private var ranges: AddressRanges
  /// What is managed of the ranges, by their positions.
  private var managed: [ManagedRange?] = []
  /// How many addresses of each range are given out, by its position; those of ranges within it do not
  /// count.
  private var givenOut: [Int] = []
  private var clusters: Set<String> = []
  /// The addresses of each cluster, by their positions.
  private var positionsByCluster: [String: [UInt32]] = [:]

  package init(_ entries: [Entry]) {
    var prefixes: [(prefix: IPPrefix, allocation: AddressAllocation, isManaged: Bool?)] = []
    var singles: [(address: IPAddress, hostname: String, number: UInt32, id: String)] = []
    singles.reserveCapacity(entries.count)
    var numbers: [AddressAllocation: UInt32] = [:]
    for entry in entries {
      if !entry.allocation.cluster.isEmpty { clusters.insert(entry.allocation.cluster) }
      switch entry.extent {
      case .range(let prefix): prefixes.append((prefix, entry.allocation, entry.isManaged))
      case .address(let address):
        var common = entry.allocation
        common.hostname = ""
        common.id = ""
        let number = numbers[common] ?? UInt32(distinct.count)
        if number == distinct.count {
          numbers[common] = number
          distinct.append(common)
        }
        singles.append((address, entry.allocation.hostname, number, entry.allocation.id))
      }
    }
    // Records come in any order; what is said of one address twice stands in an order of its own.
    singles.sort { left, right in
      (left.address, left.number, left.hostname, left.id)
        < (right.address, right.number, right.hostname, right.id)
    }
    addresses = singles.map(\.address)
    hostnames = singles.map(\.hostname)
    if singles.contains(where: { !$0.id.isEmpty }) { ids = singles.map(\.id) }
    allocationNumbers = singles.map(\.number)
    ranges = AddressRanges(prefixes.map { ($0.prefix, $0.allocation) })
    var hasAddress = Array(repeating: false, count: prefixes.count)
    givenOut = Array(repeating: 0, count: prefixes.count)
    var counted: IPAddress?
    for (position, single) in singles.enumerated() {
      let allocation = distinct[Int(single.number)]
      if let range = ranges.position(around: single.address) {
        hasAddress[range] = true
        if allocation.lifecycle != .retired, counted != single.address {
          givenOut[range] += 1
          counted = single.address
        }
      }
      let cluster = allocation.cluster
      if !cluster.isEmpty { positionsByCluster[cluster, default: []].append(UInt32(position)) }
    }
    managed = prefixes.indices.map { index in
      let (prefix, allocation, isManaged) = prefixes[index]
      if let isManaged { return isManaged ? ManagedRange(prefix, isTold: true) : nil }
      let isUsedOneByOne =
        hasAddress[index] && allocation.lifecycle == .inService && allocation.cluster.isEmpty
      return isUsedOneByOne ? ManagedRange(prefix, isTold: false) : nil
    }
  }

  /// Whether anything is allocated to the cluster of this name.
  package func knows(cluster: String) -> Bool { clusters.contains(cluster) }

  /// The addresses that are allocated to the cluster one by one.
  package func addresses(ofCluster cluster: String) -> [IPAddress] {
    positionsByCluster[cluster]?.map { addresses[Int($0)] } ?? []
  }

  /// What is said of the address itself, and of the smallest range around it if that is allocated to
  /// a cluster as a whole.
  package func allocations(of address: IPAddress) -> [AddressAllocation] {
    var found: [AddressAllocation] = []
    var position = firstPosition(of: address)
    while position < addresses.count, addresses[position] == address {
      var allocation = distinct[Int(allocationNumbers[position])]
      allocation.hostname = hostnames[position]
      if !ids.isEmpty { allocation.id = ids[position] }
      found.append(allocation)
      position += 1
    }
    if found.isEmpty, let range = ranges.position(around: address),
      !ranges.allocation(at: range).cluster.isEmpty
    {
      found.append(ranges.allocation(at: range))
    }
    return found
  }

  /// The smallest range around the address, if the inventory allocates its addresses one by one.
  package func managedRange(around address: IPAddress) -> ManagedRange? {
    ranges.position(around: address).flatMap { managed[$0] }
  }

  /// The position of the smallest range around the address, if it holds no others.
  package func innermostRange(around address: IPAddress) -> Int? {
    ranges.position(around: address).flatMap { ranges.isInnermost($0) ? $0 : nil }
  }

  /// The positions of the ranges that are allocated to the cluster as a whole and hold no others.
  package func innermostRanges(ofCluster cluster: String) -> [Int] {
    managed.indices.filter { ranges.isInnermost($0) && isRange($0, ofCluster: cluster) }
  }

  /// Whether the range at a position is allocated to the cluster as a whole.
  package func isRange(_ position: Int, ofCluster cluster: String) -> Bool {
    ranges.allocation(at: position).cluster == cluster
  }

  /// Whether the address itself is given out.
  package func isGivenOut(_ address: IPAddress) -> Bool {
    var position = firstPosition(of: address)
    while position < addresses.count, addresses[position] == address {
      if distinct[Int(allocationNumbers[position])].lifecycle != .retired { return true }
      position += 1
    }
    return false
  }

  /// The range at a position as a vertex; the cluster uses so many of its addresses that are not given
  /// out.
  package func record(
    ofRange position: Int,
    in inventory: String,
    unallocated: Int
  ) -> InventoryPrefix {
    InventoryPrefix(
      ranges.prefix(at: position),
      in: inventory,
      allocated: givenOut[position],
      unallocated: unallocated,
      lifecycle: ranges.allocation(at: position).lifecycle
    )
  }

  private func firstPosition(of address: IPAddress) -> Int {
    var (low, high) = (0, addresses.count)
    while low < high {
      let middle = (low + high) / 2
      if addresses[middle] < address { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

import Inspection

/// Findings in groups: a line for each group, and beneath it, where it is open, those of its findings.
///
/// Groups are kept while findings come and go: a change costs its own groups alone, and of a closed
/// one nothing is worked out but how many it has.
struct FindingTree {
  enum Line {
    case group(FindingsPage.Group)
    case finding(FindingGroups.Item)
  }

  fileprivate struct Section {
    var sorted = SortedFindings()
    /// Those of `sorted` that are over.
    var past: [ListedFinding] = []
    /// What its findings' objects take together, those left out that are over.
    var bytes: Int64 = 0
    /// Groups with the worst come first, those without anything that is not muted last.
    var rank = 0
    /// The lines of its findings; `nil` while it is closed.
    var groups: FindingGroups?
  }

  /// Where a group stands among the others.
  private struct Place: Comparable {
    let rank: Int
    let name: String

    static func < (left: Self, right: Self) -> Bool {
      left.rank == right.rank ? left.name < right.name : left.rank < right.rank
    }
  }

  /// With so many changes at once all groups are put in order anew.
  private static let fewChanges = 500

  private let grouping: FindingGrouping
  private var sections: [String: Section] = [:]
  /// How many findings' lines there are of each group that is open.
  private var lengths: [String: Int] = [:]
  /// The groups in the order in which they are shown.
  private var places: [Place] = []
  /// The line of each group, and behind the last how many lines there are.
  private var starts = [0]
  /// The groups whose lines are not as of now: they have changed, or some of theirs were explained.
  private var stale: Set<String> = []
  private var arranged: (folds: GroupFolds, consequences: FindingsQuery.Consequences)?

  init(_ grouping: FindingGrouping, _ findings: SortedFindings = SortedFindings()) {
    self.grouping = grouping
    update(gone: [], new: findings.all)
  }

  /// Takes in which findings have gone and which have come.
  mutating func update(gone: [ListedFinding], new: [ListedFinding]) {
    let gone = Dictionary(grouping: gone) { $0.group(grouping) }
    let new = Dictionary(grouping: new) { $0.group(grouping) }
    let changed = Set(gone.keys).union(new.keys)
    stale.formUnion(changed)
    for name in changed {
      // Taken out, lest a copy be made.
      let known = sections.removeValue(forKey: name)
      let old = known.map { Place(rank: $0.rank, name: name) }
      var section = known ?? Section()
      section.update(gone: gone[name] ?? [], new: new[name] ?? [])
      var place: Place?
      if section.sorted.all.isEmpty {
        lengths[name] = nil
      } else {
        place = Place(rank: section.rank, name: name)
        sections[name] = section
      }
      guard changed.count <= Self.fewChanges, old != place else { continue }
      if let old { places.remove(at: index(of: old)) }
      if let place { places.insert(place, at: index(of: place)) }
    }
    guard changed.count > Self.fewChanges else { return }
    places = sections.map { Place(rank: $0.value.rank, name: $0.key) }.sorted()
  }

  /// Works out the lines of groups that are open.
  mutating func arrange(
    _ folds: GroupFolds,
    explained: [FindingGroups.Explained],
    consequences: FindingsQuery.Consequences
  ) {
    // Who is in another group than its cause is shown there.
    let explained = Dictionary(
      grouping: explained.filter { $0.finding.group(grouping) == $0.root.group(grouping) }
    ) { $0.root.group(grouping) }
    let isSame = arranged.map { $0.folds == folds && $0.consequences == consequences } ?? false
    let names = isSame ? stale.union(explained.keys) : Set(sections.keys)
    for name in names {
      guard let sorted = sections[name]?.sorted else { continue }
      let groups =
        folds.isOpen(name)
        ? FindingGroups(sorted, explained: explained[name] ?? [], consequences: consequences) : nil
      sections[name]?.groups = groups
      lengths[name] = groups?.count
    }
    stale = Set(explained.keys)
    arranged = (folds, consequences)
    starts = [0]
    starts.reserveCapacity(places.count + 1)
    var next = 0
    for place in places {
      next += 1 + (lengths.isEmpty ? 0 : lengths[place.name] ?? 0)
      starts.append(next)
    }
  }

  /// Where a group stands, or would.
  private func index(of place: Place) -> Int {
    var (low, high) = (0, places.count)
    while low < high {
      let middle = (low + high) / 2
      if places[middle] < place { low = middle + 1 } else { high = middle }
    }
    return low
  }

  /// How many lines there are.
  var count: Int { starts.last ?? 0 }

  /// The lines at some positions, as far as there are any.
  func lines(at positions: Range<Int>) -> [Line] {
    let positions = positions.clamped(to: 0..<count)
    guard !positions.isEmpty else { return [] }
    var lines: [Line] = []
    for index in index(of: positions.lowerBound)..<places.count {
      let start = starts[index]
      guard start < positions.upperBound, let section = sections[places[index].name] else { break }
      if positions.contains(start) { lines.append(.group(group(places[index].name, section))) }
      guard let groups = section.groups else { continue }
      let first = max(0, positions.lowerBound - start - 1)
      let end = min(groups.count, positions.upperBound - start - 1)
      if first < end { lines += groups.items(at: first..<end).map(Line.finding) }
    }
    return lines
  }

  /// Which line a group or a finding is at: a finding that is folded away is at its group's.
  ///
  /// A finding is looked for from the group of a line on, since it was there a moment ago.
  func line(of id: FindingsPage.LineID, near line: Int) -> Int? {
    guard !places.isEmpty else { return nil }
    switch id {
    case .group(let name): return places.firstIndex { $0.name == name }.map { starts[$0] }
    case .finding(let id):
      let nearest = index(of: max(0, min(line, count - 1)))
      for index in Array(nearest..<places.count) + (0..<nearest).reversed() {
        guard let section = sections[places[index].name] else { continue }
        if let groups = section.groups {
          let found = groups.line(of: id, near: line - starts[index] - 1)
          if let found { return starts[index] + 1 + found }
        } else if section.sorted.all.contains(where: { $0.finding.id == id }) {
          return starts[index]
        }
      }
      return nil
    }
  }

  /// The group that a line is in.
  private func index(of line: Int) -> Int {
    var (low, high) = (0, places.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= line { low = middle } else { high = middle - 1 }
    }
    return low
  }

  private func group(_ name: String, _ section: Section) -> FindingsPage.Group {
    FindingsPage.Group(
      name: name,
      grouping: grouping,
      counts: section.counts,
      mutedCount: section.mutedCount,
      bytes: section.bytes,
      isOpen: section.groups != nil
    )
  }
}

extension FindingTree.Section {
  fileprivate mutating func update(gone: [ListedFinding], new: [ListedFinding]) {
    if sorted.all.isEmpty {
      sorted = SortedFindings(new)
    } else {
      sorted.replace(gone, with: new)
    }
    if !past.isEmpty { past.removeAll { past in gone.contains { $0 === past } } }
    past += new.filter(\.isPast)
    bytes += new.reduce(0) { $0 + ($1.isPast ? 0 : $1.facets.bytes) }
    bytes -= gone.reduce(0) { $0 + ($1.isPast ? 0 : $1.facets.bytes) }
    let worst = Severity.allCases.first { count(of: $0) > 0 }
    rank = worst?.rawValue ?? Severity.allCases.count
  }

  /// How many there are of each severity that are neither muted nor over.
  var counts: [Severity: Int] {
    var counts: [Severity: Int] = [:]
    for severity in Severity.allCases {
      let count = count(of: severity)
      if count > 0 { counts[severity] = count }
    }
    return counts
  }

  var mutedCount: Int { sorted.mutedCount - past.count { $0.finding.muting != nil } }

  private func count(of severity: Severity) -> Int {
    sorted.count(of: severity) - past.count { $0.isOf(severity) }
  }
}

extension ListedFinding {
  fileprivate func isOf(_ severity: Severity) -> Bool {
    finding.muting == nil && finding.severity == severity
  }
}

/// Which groups are open.
package struct GroupFolds: Sendable, Equatable {
  /// Whether those are open of which nothing else is said.
  package var isOpenByDefault = false
  private var exceptions: Set<String> = []

  package init() {}

  package func isOpen(_ group: String) -> Bool { isOpenByDefault != exceptions.contains(group) }

  package mutating func set(_ group: String, open: Bool) {
    if open == isOpenByDefault { exceptions.remove(group) } else { exceptions.insert(group) }
  }

  /// Opens or closes all.
  package mutating func setAll(open: Bool) {
    isOpenByDefault = open
    exceptions = []
  }
}

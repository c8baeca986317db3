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
    /// The lines of its findings; `nil` while it is closed.
    var groups: FindingGroups?
  }

  private let grouping: FindingGrouping
  private var sections: [String: Section] = [:]
  /// The names of the groups in the order in which they are shown.
  private var names: [String] = []
  /// The line of each group, and behind the last how many lines there are.
  private var starts = [0]

  init(_ grouping: FindingGrouping, _ findings: SortedFindings = SortedFindings()) {
    self.grouping = grouping
    update(gone: [], new: findings.all)
  }

  /// Takes in which findings have gone and which have come.
  mutating func update(gone: [ListedFinding], new: [ListedFinding]) {
    let gone = Dictionary(grouping: gone) { $0.group(grouping) }
    let new = Dictionary(grouping: new) { $0.group(grouping) }
    for name in Set(gone.keys).union(new.keys) {
      let (left, came) = (gone[name] ?? [], new[name] ?? [])
      var section = sections[name] ?? Section()
      if section.sorted.all.isEmpty {
        section.sorted = SortedFindings(came)
      } else {
        section.sorted.replace(left, with: came)
      }
      section.past.removeAll { past in left.contains { $0 === past } }
      section.past += came.filter(\.isPast)
      section.bytes += came.reduce(0) { $0 + ($1.isPast ? 0 : $1.facets.bytes) }
      section.bytes -= left.reduce(0) { $0 + ($1.isPast ? 0 : $1.facets.bytes) }
      sections[name] = section.sorted.all.isEmpty ? nil : section
    }
  }

  /// Puts the groups in order, and works out the lines of those that are open.
  mutating func arrange(
    _ folds: GroupFolds,
    explained: [FindingGroups.Explained],
    consequences: FindingsQuery.Consequences
  ) {
    // Who is in another group than its cause is shown there.
    let explained = Dictionary(
      grouping: explained.filter { $0.finding.group(grouping) == $0.root.group(grouping) }
    ) { $0.root.group(grouping) }
    for name in sections.keys {
      let groups = sections[name].flatMap { section in
        folds.isOpen(name)
          ? FindingGroups(
            section.sorted,
            explained: explained[name] ?? [],
            consequences: consequences
          ) : nil
      }
      sections[name]?.groups = groups
    }
    names = sections.map { (name: $0.key, rank: $0.value.rank) }
      .sorted { ($0.rank, $0.name) < ($1.rank, $1.name) }
      .map(\.name)
    starts = [0]
    for name in names {
      starts.append((starts.last ?? 0) + 1 + (sections[name]?.groups?.count ?? 0))
    }
  }

  /// How many lines there are.
  var count: Int { starts.last ?? 0 }

  /// The lines at some positions, as far as there are any.
  func lines(at positions: Range<Int>) -> [Line] {
    let positions = positions.clamped(to: 0..<count)
    guard !positions.isEmpty else { return [] }
    var lines: [Line] = []
    for index in index(of: positions.lowerBound)..<names.count {
      let start = starts[index]
      guard start < positions.upperBound, let section = sections[names[index]] else { break }
      if positions.contains(start) { lines.append(.group(group(names[index], section))) }
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
    guard !names.isEmpty else { return nil }
    switch id {
    case .group(let name): return names.firstIndex(of: name).map { starts[$0] }
    case .finding(let id):
      let nearest = index(of: max(0, min(line, count - 1)))
      for index in Array(nearest..<names.count) + (0..<nearest).reversed() {
        guard let section = sections[names[index]] else { continue }
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
    var (low, high) = (0, names.count - 1)
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
  /// How many there are of each severity that are neither muted nor over.
  var counts: [Severity: Int] {
    var counts: [Severity: Int] = [:]
    for severity in Severity.allCases {
      let count = sorted.count(of: severity) - past.count { $0.isOf(severity) }
      if count > 0 { counts[severity] = count }
    }
    return counts
  }

  var mutedCount: Int { sorted.mutedCount - past.count { $0.finding.muting != nil } }

  /// Groups with the worst come first, those without anything that is not muted last.
  var rank: Int {
    Severity.allCases.first { counts[$0] != nil }?.rawValue ?? Severity.allCases.count
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

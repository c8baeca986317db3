import Inspection

/// Findings in the order in which they are shown, each that another explains beneath its root.
struct FindingGroups {
  struct Item: Sendable {
    let listed: ListedFinding
    let isConsequence: Bool
    let foldedCount: Int

    var finding: Finding { listed.finding }
  }

  private(set) var items: [Item] = []

  /// Arranges findings; `roots` names the finding that explains each at the root.
  init(
    _ findings: SortedFindings,
    roots: [FindingID: FindingID],
    consequences: FindingsQuery.Consequences
  ) {
    let findings = findings.all
    guard consequences != .apart, !roots.isEmpty else {
      items = findings.map { Item(listed: $0, isConsequence: false, foldedCount: 0) }
      return
    }
    let rootIDs = Set(roots.values)
    var listedRoots: [FindingID: ListedFinding] = [:]
    for listed in findings where rootIDs.contains(listed.finding.id) {
      listedRoots[listed.finding.id] = listed
    }
    var beneath: [FindingID: [ListedFinding]] = [:]
    var atTop: [ListedFinding] = []
    atTop.reserveCapacity(findings.count)
    for listed in findings {
      let root = roots[listed.finding.id].flatMap { listedRoots[$0] }
      if let root, Self.hides(listed.finding, beneath: root.finding) {
        beneath[root.finding.id, default: []].append(listed)
      } else {
        atTop.append(listed)
      }
    }
    let isFolded = consequences == .folded
    items.reserveCapacity(isFolded ? atTop.count : findings.count)
    for listed in atTop {
      let explained = beneath[listed.finding.id] ?? []
      items.append(
        Item(listed: listed, isConsequence: false, foldedCount: isFolded ? explained.count : 0)
      )
      guard !isFolded else { continue }
      items += explained.map { Item(listed: $0, isConsequence: true, foldedCount: 0) }
    }
  }

  /// Where a finding stands; it is looked for from `place` on in both directions, since it was there
  /// a moment ago.
  func index(of id: FindingID, near place: Int) -> Int? {
    var (above, below) = (place - 1, max(place, 0))
    while above >= 0 || below < items.count {
      if below < items.count, items[below].finding.id == id { return below }
      if items.indices.contains(above), items[above].finding.id == id { return above }
      (above, below) = (above - 1, below + 1)
    }
    return nil
  }

  /// Who is worse than what explains it must not vanish in it, nor sink beneath it; and what is
  /// muted hides nothing that is not.
  private static func hides(_ finding: Finding, beneath root: Finding) -> Bool {
    root.severity <= finding.severity && (root.muting == nil || finding.muting != nil)
  }
}

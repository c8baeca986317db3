import Inspection

/// Findings in the order in which they are shown, each that another explains beneath its root.
struct FindingGroups {
  struct Item: Sendable {
    let finding: Finding
    let isConsequence: Bool
    let foldedCount: Int
  }

  private(set) var items: [Item] = []

  /// Arranges findings that are sorted; `roots` names the finding that explains each at the root.
  init(
    _ findings: [Finding],
    roots: [FindingID: FindingID],
    consequences: FindingsQuery.Consequences
  ) {
    guard consequences != .apart, !roots.isEmpty else {
      items = findings.map { Item(finding: $0, isConsequence: false, foldedCount: 0) }
      return
    }
    let byID = Dictionary(findings.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    // Who is worse than what explains it must not vanish in it, nor sink beneath it; and what is
    // muted hides nothing that is not.
    let beneath = Dictionary(grouping: findings) { finding -> FindingID? in
      guard let root = roots[finding.id].flatMap({ byID[$0] }), root.severity <= finding.severity,
        root.muting == nil || finding.muting != nil
      else { return nil }
      return root.id
    }
    for finding in beneath[nil] ?? [] {
      let explained = beneath[finding.id] ?? []
      let isFolded = consequences == .folded
      items.append(
        Item(
          finding: finding,
          isConsequence: false,
          foldedCount: isFolded ? explained.count : 0
        )
      )
      guard !isFolded else { continue }
      items += explained.map { Item(finding: $0, isConsequence: true, foldedCount: 0) }
    }
  }
}

import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Inspection
@testable import Monitoring

/// Groups that are kept while findings come and go, beside those that are made anew.
@Suite struct FindingTreeTests {
  private enum Line: Equatable {
    case group(FindingsPage.Group)
    case finding(FindingID, isConsequence: Bool, foldedCount: Int)
  }

  private static func finding(
    _ number: Int,
    using random: inout some RandomNumberGenerator
  ) -> ListedFinding {
    let namespace = ["shop", "bank", "kube-system"].randomElement(using: &random) ?? ""
    let subject = VertexID.object(
      ObjectKey(Pod.kind, namespace: namespace, name: "pod-\(number)")
    )
    var finding = Finding(
      id: FindingID(cluster: "one", check: "stuck/x", subject: subject, discriminator: ""),
      cluster: "one",
      check: ["stuck/x", "risk/y"].randomElement(using: &random) ?? "stuck/x",
      severity: Severity.allCases.randomElement(using: &random) ?? .info,
      subject: subject,
      message: "",
      evidence: [],
      related: [],
      remedies: [],
      since: Timestamp(millisecondsSince1970: Int64.random(in: 0...9, using: &random))
    )
    if Int.random(in: 0..<4, using: &random) == 0 { finding.muting = Muting(reason: "known") }
    var facets = FindingFacets()
    facets.node = ["", "node-1", "node-2"].randomElement(using: &random) ?? ""
    facets.bytes = Int64.random(in: 0...3, using: &random)
    let isPast = Int.random(in: 0..<5, using: &random) == 0
    return ListedFinding(finding, facets: facets, resolvedAt: isPast ? finding.since : nil)
  }

  /// All lines, one after the other.
  private static func lines(
    of findings: [ListedFinding],
    by grouping: FindingGrouping,
    _ folds: GroupFolds,
    _ explained: [FindingGroups.Explained],
    _ consequences: FindingsQuery.Consequences
  ) -> [Line] {
    func group(_ name: String, _ members: [ListedFinding]) -> FindingsPage.Group {
      let there = members.filter { $0.resolvedAt == nil }
      let open = there.map(\.finding).filter { $0.muting == nil }
      return FindingsPage.Group(
        name: name,
        grouping: grouping,
        counts: Dictionary(grouping: open, by: \.severity).mapValues(\.count),
        mutedCount: there.count - open.count,
        bytes: there.reduce(0) { $0 + $1.facets.bytes },
        isOpen: folds.isOpen(name)
      )
    }
    let groups = Dictionary(grouping: findings) { $0.group(grouping) }
      .map { (group: group($0.key, $0.value), members: SortedFindings($0.value)) }
      .sorted { left, right in
        let ranks = [left, right].map { $0.group.worst?.rawValue ?? 99 }
        return (ranks[0], left.group.name) < (ranks[1], right.group.name)
      }
    return groups.flatMap { group, members in
      let near = explained.filter { item in
        item.root.group(grouping) == group.name && item.finding.group(grouping) == group.name
      }
      let items = FindingGroups(members, explained: near, consequences: consequences)
        .items(at: 0..<99)
        .map {
          Line.finding($0.finding.id, isConsequence: $0.isConsequence, foldedCount: $0.foldedCount)
        }
      return [.group(group)] + (group.isOpen ? items : [])
    }
  }

  private static func line(_ line: FindingTree.Line) -> Line {
    switch line {
    case .group(let group): .group(group)
    case .finding(let item):
      .finding(
        item.finding.id,
        isConsequence: item.isConsequence,
        foldedCount: item.foldedCount
      )
    }
  }

  @Test(arguments: 1...150)
  func linesAreThoseOfAllFindings(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let grouping = FindingGrouping.allCases.dropFirst().randomElement(using: &random) ?? .check
    let known = (0..<40).map { Self.finding($0, using: &random) }
    var shown = known.filter { _ in Bool.random(using: &random) }
    var tree = FindingTree(grouping, SortedFindings(shown))
    for _ in 0..<10 {
      let gone = shown.filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
      let hidden = known.filter { finding in !shown.contains { $0 === finding } }
      let new = hidden.filter { _ in Int.random(in: 0..<6, using: &random) == 0 }
      shown = shown.filter { finding in !gone.contains { $0 === finding } } + new
      tree.update(gone: gone, new: new)
      var folds = GroupFolds()
      folds.setAll(open: Bool.random(using: &random))
      let names = Set(known.map { $0.group(grouping) })
      for name in names where Bool.random(using: &random) {
        folds.set(name, open: Bool.random(using: &random))
      }
      let roots = Array(known.prefix(5))
      let explained = known.dropFirst(5).filter { _ in Bool.random(using: &random) }.map {
        FindingGroups.Explained(finding: $0, root: roots.randomElement(using: &random) ?? $0)
      }
      let consequences =
        [FindingsQuery.Consequences.apart, .folded, .beneath]
        .randomElement(using: &random) ?? .apart
      tree.arrange(folds, explained: explained, consequences: consequences)
      let expected = Self.lines(of: shown, by: grouping, folds, explained, consequences)
      #expect(tree.lines(at: 0..<200).map(Self.line) == expected && tree.count == expected.count)
      let start = Int.random(in: 0...40, using: &random)
      #expect(
        tree.lines(at: start..<start + 5).map(Self.line)
          == Array(expected.dropFirst(start).prefix(5))
      )
      for (index, line) in expected.enumerated() {
        switch line {
        case .group(let group): #expect(tree.line(of: .group(group.name), near: start) == index)
        case .finding(let id, _, _): #expect(tree.line(of: .finding(id), near: start) == index)
        }
      }
      // What is in a closed group is found there.
      for finding in shown where !folds.isOpen(finding.group(grouping)) {
        let header = expected.firstIndex { line in
          if case .group(let group) = line { group.name == finding.group(grouping) } else { false }
        }
        #expect(tree.line(of: .finding(finding.finding.id), near: start) == header)
      }
    }
  }

  @Test func groupsAreOpenOrClosedAsWasSaidLast() {
    var folds = GroupFolds()
    #expect(!folds.isOpen("a"))
    folds.set("a", open: true)
    #expect(folds.isOpen("a") && !folds.isOpen("b"))
    folds.setAll(open: true)
    folds.set("a", open: false)
    #expect(!folds.isOpen("a") && folds.isOpen("b"))
    folds.setAll(open: false)
    #expect(folds == GroupFolds())
  }
}

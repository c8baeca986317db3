import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Inspection
@testable import Monitoring

/// Lines that are worked out for a page beside those of all findings, written down one after the other.
@Suite struct FindingGroupsTests {
  private struct Line: Equatable {
    let id: FindingID
    let isConsequence: Bool
    let foldedCount: Int
  }

  private static func finding(
    _ number: Int,
    using random: inout some RandomNumberGenerator
  ) -> ListedFinding {
    let subject = VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: "pod-\(number)"))
    var finding = Finding(
      id: FindingID(cluster: "one", check: "stuck/x", subject: subject, discriminator: ""),
      cluster: "one",
      check: "stuck/x",
      severity: Severity.allCases.randomElement(using: &random) ?? .info,
      subject: subject,
      message: "",
      evidence: [],
      related: [],
      remedies: [],
      since: Timestamp(millisecondsSince1970: Int64.random(in: 0...9, using: &random))
    )
    if Int.random(in: 0..<4, using: &random) == 0 { finding.muting = Muting(reason: "known") }
    return ListedFinding(finding)
  }

  private static func lines(
    of findings: SortedFindings,
    _ explained: [FindingGroups.Explained],
    _ consequences: FindingsQuery.Consequences
  ) -> [Line] {
    func line(_ finding: ListedFinding, beneath: Bool = false, folded: Int = 0) -> Line {
      Line(id: finding.finding.id, isConsequence: beneath, foldedCount: folded)
    }
    guard consequences != .apart else { return findings.all.map { line($0) } }
    let hiding = explained.filter { item in
      let (finding, root) = (item.finding.finding, item.root.finding)
      return root.severity <= finding.severity && (root.muting == nil || finding.muting != nil)
        && findings.all.contains { $0 === item.root }
    }
    var lines: [Line] = []
    for listed in findings.all where !hiding.contains(where: { $0.finding === listed }) {
      let beneath = findings.all.filter { finding in
        hiding.contains { $0.finding === finding && $0.root === listed }
      }
      let isFolded = consequences == .folded
      lines.append(line(listed, folded: isFolded ? beneath.count : 0))
      if !isFolded { lines += beneath.map { line($0, beneath: true) } }
    }
    return lines
  }

  @Test(arguments: 1...300)
  func linesAreThoseOfAllFindings(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let known = (0..<Int.random(in: 0...30, using: &random)).map {
      Self.finding($0, using: &random)
    }
    // Some are filtered away, or gone.
    let shown = SortedFindings(known.filter { _ in Int.random(in: 0..<5, using: &random) > 0 })
    let roots = Array(known.prefix(4))
    let explained = known.dropFirst(4).filter { _ in Bool.random(using: &random) }.map {
      FindingGroups.Explained(finding: $0, root: roots.randomElement(using: &random) ?? $0)
    }
    for consequences in [FindingsQuery.Consequences.apart, .folded, .beneath] {
      let expected = Self.lines(of: shown, explained, consequences)
      let groups = FindingGroups(shown, explained: explained, consequences: consequences)
      let start = Int.random(in: 0...30, using: &random)
      let all = groups.items(at: 0..<100).map {
        Line(id: $0.finding.id, isConsequence: $0.isConsequence, foldedCount: $0.foldedCount)
      }
      #expect(all == expected && groups.count == expected.count)
      #expect(
        groups.items(at: start..<start + 5).map(\.finding.id)
          == expected.dropFirst(start).prefix(5).map(\.id)
      )
      for finding in known {
        let id = finding.finding.id
        #expect(groups.line(of: id, near: start) == expected.firstIndex { $0.id == id })
      }
    }
  }
}

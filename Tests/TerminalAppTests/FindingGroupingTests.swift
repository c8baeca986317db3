import ClusterGraph
import KubernetesObjects
import TerminalKit
import Testing

@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

/// The list of findings in groups.
@Suite struct FindingGroupingTests {
  private var driver = AppDriver()

  private static func group(
    _ name: String,
    _ counts: [Severity: Int],
    muted: Int = 0,
    isOpen: Bool = false
  ) -> FindingsPage.Line {
    .group(
      FindingsPage.Group(
        name: name,
        grouping: .namespace,
        counts: counts,
        mutedCount: muted,
        isOpen: isOpen
      )
    )
  }

  /// What was last asked for.
  private func query(_ effects: [Effect]) throws -> FindingsQuery {
    let queries = effects.compactMap { effect in
      if case .loadFindings(let query) = effect { query } else { nil }
    }
    return try #require(queries.last)
  }

  /// Goes to the grouping by namespace and shows some.
  private mutating func showGroups(_ lines: [FindingsPage.Line]) throws {
    driver.show([Sample.finding(1)])
    let query = try query(driver.press("t", "t", "t"))
    #expect(query.grouping == .namespace && !query.folds.isOpen("shop"))
    show(lines, for: query)
  }

  private mutating func show(_ lines: [FindingsPage.Line], for query: FindingsQuery) {
    var page = Sample.page([])
    page.lines = lines
    (page.rowCount, page.matchCount, page.totalCount) = (lines.count, 3, 3)
    page.locatedIndex = query.locating.flatMap { id in lines.firstIndex { $0.id == id } }
    driver.take(.findings(page, for: query))
    driver.take(.statuses([Sample.status()]))
  }

  private static let closed = [
    group("shop", [.critical: 2, .info: 1], muted: 3), group("", [.warning: 12]),
  ]

  @Test mutating func groupsTellHowMuchAndHowBad() throws {
    try showGroups(Self.closed)
    #expect(driver.lines[1].hasPrefix("── Findings by namespace ──"))
    #expect(driver.lines[4] == "> ▸ shop  ✖ 2  ● 1  3 muted")
    #expect(driver.lines[5] == "  ▸ no namespace  ▲ 12")
  }

  @Test(
    "A group is opened and closed by several keys",
    arguments: [(["enter"], ["enter"]), (["tab"], ["tab"]), (["right"], ["left"]), (["*"], ["*"])]
      as [([Key], [Key])]
  )
  mutating func folding(opening: [Key], closing: [Key]) throws {
    try showGroups(Self.closed)
    var effects = opening.flatMap { driver.press($0) }
    var query = try query(effects)
    #expect(query.folds.isOpen("shop"))
    show(
      [
        Self.group("shop", [.critical: 1], isOpen: true),
        .finding(FindingsPage.Row(finding: Sample.finding(1))), Self.closed[1],
      ],
      for: query
    )
    #expect(driver.lines[4] == "> ▾ shop  ✖ 1")
    #expect(driver.lines[5] == "  ✖ 90s  Pod shop/pod-1 does not finish terminating")
    effects = closing.flatMap { driver.press($0) }
    query = try self.query(effects)
    #expect(!query.folds.isOpen("shop"))
  }

  @Test mutating func leftGoesFromAFindingToItsGroup() throws {
    try showGroups(Self.closed)
    let open = [
      Self.group("shop", [.critical: 1], isOpen: true),
      .finding(FindingsPage.Row(finding: Sample.finding(1))),
    ]
    show(open, for: try query(driver.press("right")))
    driver.press("j")
    #expect(driver.lines[5].hasPrefix("> ✖"))
    let query = try query(driver.press("left"))
    #expect(query.locating == .group("shop"))
    #expect(driver.lines[4].hasPrefix("> ▾ shop"))
  }

  @Test mutating func allGroupingsAreGoneThroughInBothDirections() throws {
    driver.show([Sample.finding(1)])
    var seen: [FindingGrouping] = []
    for _ in 0..<8 { seen.append(try query(driver.press("t")).grouping) }
    #expect(seen == [.check, .shape, .namespace, .node, .owner, .team, .layer, .cluster])
    driver.press("t")
    #expect(driver.lines[1].hasPrefix("── Findings ──"))
    #expect(try query(driver.press("T")).grouping == .cluster)
  }

  @Test mutating func aCommandPutsThemInGroupsToo() throws {
    let query = try query(driver.run("findings by:owner @prod crash"))
    #expect((query.grouping, query.cluster) == (.owner, "prod"))
    driver.run("f by:ownr")
    #expect(driver.lines.contains { $0.contains("There is no grouping ownr. Did you mean owner?") })
  }

  @Test mutating func allThatDanglesIsShownByKindWithItsSize() throws {
    driver.show([Sample.finding(1)])
    let query = try query(driver.press("D"))
    #expect(query.grouping == .kind)
    #expect(query.filter.terms == [.init(.whole("dangling"), column: "shape")])
    let claim = FindingsPage.Row(
      finding: Sample.finding(1, severity: .info, message: "Claim shop/x is mounted by nobody"),
      bytes: 10 << 30
    )
    let bound = FindingsPage.Row(
      finding: Sample.finding(2),
      absent: [.object(ObjectKey(Node.kind, name: "node-9"))]
    )
    let group = FindingsPage.Group(
      name: "Pod",
      grouping: .kind,
      counts: [.critical: 1, .info: 1],
      bytes: 10 << 30,
      isOpen: true
    )
    show([.group(group), .finding(bound), .finding(claim)], for: query)
    #expect(driver.lines[1].hasPrefix("── Dangling by kind ──"))
    #expect(
      driver.lines[3]
        == "    AGE  OBJECT                               SIZE NAMES, OR WHO SHOULD NEED IT"
    )
    #expect(driver.lines[4] == "> ▾ Pod  ✖ 1  ● 1  10Gi")
    #expect(
      driver.lines[5]
        == "  ✖ 90s  Pod shop/pod-2                            ✗ Node node-9 is absent"
    )
    #expect(
      driver.lines[6]
        == "  ● 90s  Pod shop/pod-1                       10Gi Claim shop/x i…ted by nobody"
    )
    #expect(driver.press("D").isEmpty)
  }

  @Test(arguments: [(512, "512B"), (1536, "1.5Ki"), (10 << 30, "10Gi"), (150 << 20, "150Mi")])
  func sizesAreShort(bytes: Int64, text: String) { #expect(ByteSize.text(bytes) == text) }
}

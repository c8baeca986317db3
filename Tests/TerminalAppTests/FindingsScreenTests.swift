import ClusterGraph
import Healing
import Inspection
import KubernetesObjects
import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

@Suite struct FindingsScreenTests {
  private var driver = AppDriver()

  @Test(
    "A character that is typed in parts is no matter",
    arguments: [
      ["e", "\u{301}", "x", "backspace"], ["\u{2764}", "\u{fe0f}", "backspace", "e"],
      ["\u{301}", "home", "e", "delete", "left", "right", "end"],
    ] as [[Key]]
  )
  mutating func combining(keys: [Key]) {
    driver.show([Sample.finding(1)])
    driver.press("/")
    for key in keys { driver.press(key) }
    #expect(driver.lines[2].hasPrefix(" /"))
  }

  @Test mutating func nothingFoundIsNoAllClearWhereNotAllIsInspected() {
    var status = Sample.status()
    status.notInspected = ["Node", "Pod"].map {
      .init(kind: ObjectKind($0), reason: "forbidden", checks: [])
    }
    driver.show([], [status])
    #expect(!driver.lines.contains { $0.contains("✔") })
    #expect(driver.lines[5] == "  Nothing inconsistent was seen, but not all was:")
    #expect(driver.lines[6] == "  2 kinds not inspected. c tells which and why.")
    driver.show([Sample.finding(1)], [status])
    #expect(driver.lines[1].hasSuffix("─ 2 kinds not inspected ─"))
    status.notInspected = []
    driver.show([], [status])
    #expect(driver.lines[5] == "  ✔ Nothing is inconsistent.")
  }

  @Test mutating func whatEveryoneMustKnowIsSaidOnTheNarrowestAndFullestScreen() {
    driver.resize(60, 16)
    var status = Sample.status(.disconnected("x"))
    status.readOnlyRule = .option
    status.settlesAtMost = .seconds(3)
    status.findings = [.critical: 1000, .warning: 1000, .info: 1000]
    status.suspectCount = 1000
    driver.show([Sample.finding(1)], [status])
    for note in ["read-only", "demo: windows ≤ 3 s", "not up to date"] {
      #expect(driver.lines[1].contains(note))
    }
  }

  @Test mutating func keysThatChangeAClusterAreHiddenWhereAllAreReadOnly() {
    var status = Sample.status(.watching)
    for isReadOnly in [false, true] {
      status.readOnlyRule = isReadOnly ? .option : nil
      driver.show([Sample.finding(1)], [status])
      driver.resize(80, 60)
      driver.press("?")
      #expect(driver.lines.contains { $0.contains("Proposes the first remedy") } == !isReadOnly)
      #expect(driver.lines.contains { $0.contains("Shows the object that the finding is about") })
      driver.press("esc")
    }
  }

  @Test mutating func theSelectionStaysAtTheTopUntilAKeyIsPressed() {
    driver.show([Sample.finding(2, severity: .info)])
    driver.show([Sample.finding(1), Sample.finding(2, severity: .info)])
    #expect(driver.lines[4].hasPrefix("> ✖"))
    driver.press("j", "k")
    var page = Sample.page([Sample.finding(0), Sample.finding(1)])
    page.locatedIndex = 1
    let query = FindingsQuery(locating: .finding(Sample.finding(1).id), consequences: .folded)
    driver.take(.findings(page, for: query))
    #expect(driver.lines[5].hasPrefix("> ✖"), "A selection that was made follows its finding.")
  }

  @Test mutating func severalClustersAreToldApartOnANarrowScreen() {
    var other = Sample.status()
    other.name = "production-eu-west-1"
    driver.show([Sample.finding(1)], [Sample.status(), other])
    #expect(driver.lines[4].hasPrefix("> ✖ 90s  test             Pod shop/pod-1"))
    #expect(driver.lines[0].contains("2 clusters"))
  }

  @Test mutating func aClusterThatIsNotReachedIsSeen() {
    driver.show([Sample.finding(1)], [Sample.status(.disconnected("refused"))])
    #expect(driver.lines[0] == " KPatrol  test: disconnected")
    #expect(driver.canvas[0, 16].style.role == .error)
    #expect(driver.lines[1].contains("not up to date"))
    driver.show([Sample.finding(1)], [Sample.status(), Sample.status(.disconnected("refused"))])
    #expect(driver.lines[0] == " KPatrol  2 clusters, 1 unreachable")
  }

  @Test mutating func theSelectedMessageIsShownWholeWhereRowsAreFree() {
    let words = (0..<20).map { "word-\($0)" }.joined(separator: " ")
    driver.show([Sample.finding(1, message: words)])
    #expect(driver.lines[4].contains("…"))
    let below = driver.lines[6...8].joined(separator: " ").split(separator: " ")
    #expect(below.joined(separator: " ") == words)
  }

  @Test mutating func whatIsExplainedStandsBeneathItsCauseOrIsFoldedIntoIt() {
    var page = Sample.page([Sample.finding(1)])
    page.lines = [.finding(FindingsPage.Row(finding: Sample.finding(1), foldedCount: 3))]
    driver.show(page)
    #expect(driver.lines[4].hasSuffix(" +3"))
    let effects = driver.press("tab")
    guard case .loadFindings(let query)? = effects.last else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect(query.consequences == .beneath)
    page.lines = [.finding(FindingsPage.Row(finding: Sample.finding(1), isConsequence: true))]
    driver.take(.findings(page, for: query))
    #expect(driver.lines[4].hasPrefix("> ✖ 90s  └ Pod shop/pod-1"))
  }

  @Test mutating func whatIsNoFilterIsSaidWhileTheLastOneStays() {
    driver.show([Sample.finding(1)])
    driver.press("/")
    driver.type("sev:crit ")
    let effects = driver.type("kid:")
    #expect(driver.lines[2].hasPrefix(" /sev:crit kid: "))
    #expect(
      driver.lines[2].hasSuffix(#"no column kid; did you mean kind:? "kid:" looks for the text"#)
    )
    #expect(driver.canvas[2, 70].style.role == .warning)
    guard case .loadFindings(let query)? = effects.last else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect(query.filter.terms.map(\.column) == ["severity", nil])
    driver.press("esc")
    #expect(!driver.lines[2].contains("column"))
  }

  @Test mutating func anAgeThatIsALimitIsMarked() {
    driver.show([Sample.finding(1, mayBeYounger: true)])
    #expect(driver.lines[4].hasPrefix("> ✖≤90s  Pod"))
  }

  @Test mutating func aResolvedFindingAgesNoMore() {
    let finding = Sample.finding(1)
    driver.show([finding])
    driver.press("enter")
    let detail = Sample.detail(
      finding,
      .unavailable(""),
      resolvedAt: Sample.now - .seconds(60)
    )
    driver.take(.detail(detail, for: finding.id))
    #expect(driver.lines[3] == "  ✔ resolved  stuck/terminating  cluster test for 30s")
  }

  @Test mutating func theFindingThatExplainsAnotherIsAKeyAway() {
    let (finding, cause) = (Sample.finding(1), Sample.finding(2, message: "Node n is not ready"))
    driver.show([finding])
    driver.press("enter", "enter")
    #expect(driver.lines[2] == "  It is still being loaded; try again.")
    driver.take(.detail(Sample.detail(finding, .unavailable(""), cause: cause), for: finding.id))
    #expect(driver.press("enter").contains(.loadDetail(cause.id)))
    #expect(driver.lines[2] == "  Node n is not ready")
  }
}

@Suite struct FindingGroupsTests {
  private let root = Sample.finding(1, severity: .warning)
  private let mild = Sample.finding(2, severity: .info)
  private let worse = Sample.finding(3, severity: .critical)

  private func items(_ consequences: FindingsQuery.Consequences) -> [String] {
    let (mild, worse) = (ListedFinding(mild), ListedFinding(worse))
    let root = ListedFinding(root)
    return FindingGroups(
      SortedFindings([worse, root, mild]),
      explained: [.init(finding: mild, root: root), .init(finding: worse, root: root)],
      consequences: consequences
    ).items(at: 0..<9).map { item in
      (item.isConsequence ? "└" : "") + item.finding.subject.name + "+\(item.foldedCount)"
    }
  }

  @Test func consequencesFollowTheirRootUnlessTheyAreWorse() {
    #expect(items(.apart) == ["shop/pod-3+0", "shop/pod-1+0", "shop/pod-2+0"])
    #expect(items(.beneath) == ["shop/pod-3+0", "shop/pod-1+0", "└shop/pod-2+0"])
    #expect(items(.folded) == ["shop/pod-3+0", "shop/pod-1+1"])
  }
}

import ClusterGraph
import KubernetesObjects
import TerminalKit
import Testing

@testable import Healing
@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

/// Marks, acknowledgements and mutes in the list of findings.
@Suite struct TriageTests {
  private var driver = AppDriver()

  init() { driver.show((1...4).map { Sample.finding($0) }) }

  private static func id(_ number: Int) -> FindingID { Sample.finding(number).id }

  private static func note(_ content: FindingNote.Content, _ number: Int) -> FindingNote {
    FindingNote(content, id(number), author: "ann@laptop", time: Sample.now, reason: "ticket 1")
  }

  private mutating func show(_ findings: [Finding]) { driver.show(findings) }

  @Test mutating func theSelectedOneIsAcknowledgedWithAReason() {
    driver.press("a")
    #expect(driver.lines[2] == " Acknowledge, why (may be empty):")
    driver.type("known qu")
    let effects = driver.press("enter")
    #expect(
      effects == [.addNotes([PendingNote(.acknowledged, of: Self.id(1), reason: "known qu")])]
    )
    #expect(!driver.app.isFinished && driver.lines[2].hasSuffix(" 4"))
  }

  @Test mutating func whatIsAcknowledgedIsMarkedAndTakenBackByTheSameKey() {
    var finding = Sample.finding(1)
    finding.acknowledgement = Self.note(.acknowledged, 1)
    show([finding, Sample.finding(2)])
    #expect(driver.lines[4].hasSuffix(" ack"))
    #expect(
      driver.press("a") == [.addNotes([PendingNote(.unacknowledged, of: Self.id(1), reason: "")])]
    )
  }

  @Test(
    "A mute has a reason, and a time or none",
    arguments: [
      ("2h flaky disk", "flaky disk", Duration.seconds(7200)), ("3d x", "x", .seconds(259_200)),
      ("forever known", "known", nil), ("known since May", "known since May", nil),
    ]
  )
  mutating func mutes(text: String, reason: String, duration: Duration?) {
    driver.press("m")
    #expect(driver.lines[2] == " Mute for 2h, 3d or forever, and why:")
    driver.type(text)
    let until = duration.map { Sample.now + $0 }
    #expect(
      driver.press("enter") == [
        .addNotes([PendingNote(.muted(until: until), of: Self.id(1), reason: reason)])
      ]
    )
    #expect(driver.lines[5].hasPrefix("> ✖"), "Whoever goes on is at the next.")
  }

  @Test mutating func aMuteWithoutAReasonIsNone() {
    driver.press("m")
    driver.type("2h")
    #expect(driver.press("enter").isEmpty)
    #expect(driver.lines[2].hasSuffix("why? Others will want to know"))
    #expect(driver.press("esc").isEmpty)
    #expect(driver.lines[2].hasSuffix(" 4"))
  }

  @Test mutating func onlyWhatAPersonMutedIsUnmutedHere() {
    var (own, configured) = (Sample.finding(1), Sample.finding(2))
    own.muting = Muting(reason: "known", author: "ann@laptop")
    configured.muting = Muting(reason: "kpatrol.io/mute of Namespace shop")
    show([own, configured])
    #expect(driver.lines[4].hasSuffix(" muted"))
    #expect(driver.press("m") == [.addNotes([PendingNote(.unmuted, of: Self.id(1), reason: "")])])
    #expect(driver.press("j", "m").isEmpty)
    #expect(driver.lines[2].contains("Not muted here: kpatrol.io/mute of Namespace shop"))
  }

  @Test mutating func whereThereIsRoomTheReasonIsTold() {
    var finding = Sample.finding(1)
    finding.muting = Muting(reason: "known since the move\u{1b}[2J to the other rack")
    show([finding])
    #expect(driver.lines[4].hasSuffix(" muted"))
    driver.resize(120, 24)
    #expect(driver.lines[4].hasSuffix(" muted: known since the move�[2J to t…"))
  }

  @Test mutating func allThatIsMarkedIsMeant() {
    driver.press("space", "j", "space")
    #expect(driver.lines[2].hasSuffix("* 2 marked  4"))
    #expect(driver.lines[4].hasPrefix(" *✖") && driver.lines[6].hasPrefix(" *✖"))
    #expect(driver.canvas[4, 20].style.isBold)
    driver.press("a")
    let effects = driver.press("enter")
    #expect(
      effects == [
        .addNotes(
          [1, 3].map { PendingNote(.acknowledged, of: Self.id($0), reason: "") }
            .sorted { $0.finding < $1.finding }
        )
      ]
    )
    #expect(driver.lines[2].hasSuffix(" 4"))
  }

  @Test mutating func marksAreClearedByTheirKeyAndByEscape() {
    driver.press("space", "ctrl-\\")
    #expect(!driver.lines[2].contains("marked"))
    driver.press("space", "esc")
    #expect(!driver.lines[2].contains("marked"))
    #expect(!driver.app.isFinished)
  }

  @Test mutating func aRangeGoesFromTheLastMarkToTheSelection() throws {
    #expect(driver.press("ctrl-space").isEmpty)
    #expect(driver.lines[2].contains("A range begins at a mark: space sets one."))
    driver.press("space", "j")
    let effects = driver.press("ctrl-space")
    guard case .loadMarks(let query)? = effects.first else {
      Issue.record("Nothing was asked for.")
      return
    }
    #expect((query.offset, query.limit) == (0, 3))
    driver.take(.marked((1...3).map { Sample.finding($0) }, for: query))
    #expect(driver.lines[2].hasSuffix("* 3 marked  4"))
  }

  @Test mutating func aGroupIsMarkedWithAllThatIsInIt() throws {
    driver.press("t", "t", "t")
    let group = FindingsPage.Group(name: "Shop", grouping: .namespace, counts: [.critical: 2])
    var page = Sample.page([])
    page.lines = [.group(group)]
    (page.rowCount, page.matchCount, page.totalCount) = (1, 4, 4)
    let query = FindingsQuery(consequences: .folded, grouping: .namespace)
    driver.take(.findings(page, for: query))
    guard case .loadMarks(let asked)? = driver.press("space").first else {
      Issue.record("Nothing was asked for.")
      return
    }
    #expect(asked.grouping == .none && asked.consequences == .apart)
    #expect(asked.filter.terms == [.init(.whole("shop"), column: "namespace")])
    driver.take(.marked([Sample.finding(1), Sample.finding(2)], for: asked))
    #expect(driver.lines[2].hasSuffix("* 2 marked  4"))
    driver.take(.marked([Sample.finding(3)], for: asked))
    #expect(driver.lines[2].hasSuffix("* 2 marked  4"), "Nobody asked for that again.")
  }

  @Test mutating func aFindingIsAcknowledgedWhereItIsLookedAt() {
    let finding = Sample.finding(1)
    driver.press("enter")
    driver.take(.detail(Sample.detail(finding, .unavailable("")), for: finding.id))
    driver.press("a")
    #expect(driver.lines[2] == " Acknowledge, why (may be empty):")
    driver.type("q?")
    #expect(
      driver.press("enter") == [
        .addNotes([PendingNote(.acknowledged, of: finding.id, reason: "q?")])
      ]
    )
    #expect(driver.lines[2] == "  Pod shop/pod-1 does not finish terminating")
    driver.press("m", "esc")
    #expect(driver.lines[1].hasPrefix("── Finding "))
  }

  @Test mutating func likeIsOfTheSameCheckAndKind() throws {
    let effects = driver.press("f")
    #expect(driver.lines[2].hasPrefix(" /check:stuck/terminating kind:^Pod$"))
    guard case .loadFindings(let query)? = effects.last else {
      Issue.record("Nothing was asked for.")
      return
    }
    #expect(query.filter.terms.count == 2)
  }

  @Test mutating func newsStandsOutAndWhatIsOverSaysSo() {
    var page = Sample.page([])
    page.lines = [
      .finding(FindingsPage.Row(finding: Sample.finding(1))),
      .finding(FindingsPage.Row(finding: Sample.finding(2), isNew: true)),
      .finding(
        FindingsPage.Row(finding: Sample.finding(3), resolvedAt: Sample.now - .seconds(30))
      ),
    ]
    (page.rowCount, page.matchCount, page.totalCount) = (3, 2, 2)
    driver.show(page)
    #expect(driver.lines[4].hasPrefix("> ✖ 90s"))
    #expect(driver.lines[5].hasPrefix(" +✖ 90s") && driver.canvas[5, 12].style.isBold)
    #expect(driver.lines[6].hasPrefix("  ✓ 60s  Pod shop/pod-3 "))
    #expect(driver.lines[6].hasSuffix(" ✓ resolved"))
    #expect(driver.canvas[6, 12].style.role == .muted)
    // It fades, and nobody else tells.
    let effects = driver.tick(Sample.now + .seconds(1))
    #expect(
      effects.contains { effect in
        if case .loadFindings = effect { true } else { false }
      }
    )
    driver.show([Sample.finding(1)])
    #expect(driver.tick(Sample.now + .seconds(2)).isEmpty)
    // Of what is over nothing more is said.
    driver.show(page)
    #expect(driver.press("G", "a").isEmpty && driver.lines[2].contains("Select a finding"))
  }

  @Test mutating func moreColumnsTellSubjectAndState() {
    driver.resize(200, 50)
    var finding = Sample.finding(1)
    finding.acknowledgement = Self.note(.acknowledged, 1)
    show([finding])
    driver.press("ctrl-w")
    #expect(
      driver.lines[3]
        == "    AGE  CHECK                                STATE        SUBJECT                                  FINDING"
    )
    #expect(
      driver.lines[4]
        == "> ✖ 90s  stuck/terminating                    acknowledged Pod shop/pod-1                           Pod shop/pod-1 does not finish terminating"
    )
  }

  @Test mutating func healingFromTheListGoesOnToTheConfirmation() {
    let finding = Sample.finding(1)
    #expect(driver.press("h").contains(.loadDetail(finding.id)))
    let proposal = Proposal.plan(Sample.plan(finding, .key("y")))
    driver.take(.detail(Sample.detail(finding, proposal), for: finding.id))
    #expect(driver.lines[1].hasPrefix("── Confirm "))
    driver.press("esc")
    driver.take(.detail(Sample.detail(finding, proposal), for: finding.id))
    #expect(driver.lines[1].hasPrefix("── Finding "), "It is proposed once.")
  }
}

@Suite struct NamedViewTests {
  private var driver = AppDriver()

  private static let vocabulary = Vocabulary(
    Vocabulary.sample.contents,
    themes: [],
    views: ["storage": "findings by:node /kind:Volume /!x", "web": "pods -n shop @prod /web"]
  )

  private mutating func run(_ command: String) -> [Effect] {
    driver.press(":")
    driver.take(.vocabulary(Self.vocabulary))
    driver.type(command)
    return driver.press("enter")
  }

  @Test(
    "A list is kept as the command that opens it again",
    arguments: [
      "findings", "findings @prod by:owner /crash /!x", "dangling by:node", "checks @prod /risk",
      "pods -n shop -l app=x,env in (a,b) @prod /web /-l /a=b", "deployments.apps", "dangling",
    ]
  )
  mutating func kept(command: String) {
    _ = run(command)
    #expect(run("view save mine") == [.saveView(name: "mine", command: command)])
  }

  @Test mutating func aViewIsOpenedByItsName() {
    guard case .loadFindings(let query)? = run("view storage").first else {
      Issue.record("Nothing was asked for.")
      return
    }
    #expect(query.grouping == .node && query.filter.terms.count == 2)
    #expect(driver.lines[2].hasPrefix(" /kind:Volume !x"))
    _ = run("view storag")
    #expect(driver.lines.contains { $0.contains("There is no view storag. Did you mean storage?") })
  }

  @Test mutating func viewsAreListedOpenedAndForgotten() {
    _ = run("views")
    #expect(driver.lines[2] == "  NAME     COMMAND")
    #expect(driver.lines[3] == "> storage  findings by:node /kind:Volume /!x")
    #expect(driver.lines[4] == "  web      pods -n shop @prod /web")
    #expect(driver.press("ctrl-d") == [.saveView(name: "storage", command: nil)])
    #expect(driver.lines[3] == "> web   pods -n shop @prod /web")
    driver.press("enter")
    #expect(driver.lines[1].hasPrefix("── Pods in shop @prod ──"))
    #expect(run("view delete web") == [.saveView(name: "web", command: nil)])
  }

  @Test mutating func whatIsNoListIsNoView() {
    driver.show([Sample.finding(1)])
    driver.press("enter")
    #expect(run("view save x").isEmpty)
    #expect(driver.lines[23].contains("This screen is no view that could be kept: lists are."))
  }
}

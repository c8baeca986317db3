import ClusterGraph
import KubernetesClient
import KubernetesObjects
import TerminalKit
import Testing

@testable import Healing
@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

@Suite struct AppTests {
  private var app = App()

  init() { resize(80, 24) }

  private mutating func resize(_ columns: Int, _ rows: Int) {
    _ = app.update(.resize(Size(columns: columns, rows: rows)))
  }

  private func lines(_ columns: Int = 80, _ rows: Int = 24) -> [String] {
    var canvas = Canvas(Size(columns: columns, rows: rows))
    app.draw(on: &canvas)
    return canvas.lines
  }

  /// Presses keys and gives what they asked for.
  @discardableResult
  private mutating func press(_ keys: Key...) -> [Effect] {
    keys.flatMap { app.update(Input.key($0)) }
  }

  /// Shows findings as if they had been loaded.
  private mutating func show(_ page: FindingsPage) {
    let query = FindingsQuery(
      offset: page.offset,
      limit: 19,
      consequences: .folded
    )
    _ = app.update(Message.findings(page, for: query))
    _ = app.update(Message.statuses([Sample.status()]))
  }

  @Test mutating func findingsAreListedWithTheirSeverityAndAge() {
    show(Sample.page([Sample.finding(1), Sample.finding(2, severity: .info)]))
    let lines = lines()
    #expect(lines[0] == " KPatrol  test: live")
    #expect(lines[1].hasPrefix("── Findings ───"))
    #expect(lines[3] == "    AGE  FINDING")
    #expect(lines[4] == "> ✖ 90s  Pod shop/pod-1 does not finish terminating")
    #expect(lines[5] == "  ● 90s  Pod shop/pod-2 does not finish terminating")
    #expect(
      lines[23] == " enter Open  / Filter  t Group  a Ack  m Mute  F Fleet  : Command  ? Help"
    )
  }

  @Test mutating func aWideScreenShowsTheCheckToo() {
    resize(200, 50)
    show(Sample.page([Sample.finding(1)]))
    #expect(
      lines(200, 50)[4]
        == "> ✖ 90s  stuck/terminating                    Pod shop/pod-1 does not finish terminating"
    )
  }

  @Test mutating func longMessagesLoseTheirMiddle() {
    show(Sample.page([Sample.finding(1, message: String(repeating: "0123456789", count: 20))]))
    #expect(lines()[4].count == 79)
    #expect(lines()[4].contains("…"))
  }

  @Test mutating func hostileNamesDoNotReachTheTerminal() {
    show(Sample.page([Sample.finding(1, message: "a\u{1b}[2Jb\u{202e}c\nd")]))
    #expect(lines()[4] == "> ✖ 90s  a�[2Jb�c�d")
  }

  @Test mutating func anEmptyListSaysWhy() {
    show(Sample.page([]))
    #expect(lines()[5] == "  ✔ Nothing is inconsistent.")
    _ = app.update(Message.statuses([Sample.status(.syncing)]))
    #expect(lines()[5] == "  test: syncing, 20 of 50 kinds, 300 objects")
    _ = app.update(Message.statuses([Sample.status(.disconnected("Cannot reach x: refused."))]))
    #expect(lines()[5] == "  test: Cannot reach x: refused. Trying again; c, r tries at once.")
  }

  @Test mutating func typingFiltersAndEscapeEndsIt() {
    show(Sample.page([Sample.finding(1)]))
    let effects = press("/", "p", "q")
    guard case .loadFindings(let query) = effects.last else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect(query.filter == FilterExpression(text: "pq"))
    #expect(lines()[2].hasPrefix(" /pq"))
    press("esc")
    #expect(!lines()[2].contains("/"))
    #expect(!app.isFinished)
  }

  @Test mutating func theRowsInSightAndAPageOnEitherSideAreAskedFor() {
    show(Sample.page((0..<19).map { Sample.finding($0) }, total: 100_000))
    let effects = press("G")
    guard case .loadFindings(let query) = effects.last else {
      Issue.record("Nothing was loaded.")
      return
    }
    #expect(query.offset == 99_981 - 19)
    #expect(query.limit == 3 * 19)
  }

  @Test mutating func theSelectionFollowsItsFinding() {
    show(Sample.page([Sample.finding(1), Sample.finding(2)]))
    press("j")
    var moved = Sample.page([Sample.finding(0), Sample.finding(1), Sample.finding(2)])
    moved.locatedIndex = 2
    var query = FindingsQuery(offset: 0, limit: 19, consequences: .folded)
    query.locating = .finding(Sample.finding(2).id)
    _ = app.update(Message.findings(moved, for: query))
    #expect(lines()[6].hasPrefix("> ✖ 90s  Pod shop/pod-2"))
  }

  @Test mutating func aFindingIsHealedOnlyAfterItsConfirmation() throws {
    let finding = Sample.finding(1)
    let plan = Sample.plan(finding, .typing("pod-1"))
    show(Sample.page([finding]))
    #expect(press("enter").contains(.loadDetail(finding.id)))
    _ = app.update(Message.detail(Sample.detail(finding, .plan(plan)), for: finding.id))
    #expect(lines().contains("    1 Remove the finalizer"))

    press("h")
    let confirm = lines()
    #expect(confirm.contains("  Remove example.com/hold from Pod shop/pod-1"))
    #expect(confirm.contains("      kubectl --context test delete pod pod-1 -n shop"))
    #expect(confirm.contains("      only if uid is u-1"))
    #expect(confirm.contains("  Blast radius: 1"))
    #expect(confirm.contains("  Type this name and press enter to do this now; esc leaves:"))

    #expect(press("p", "o", "d", "enter").isEmpty)
    let confirmed = try #require(ConfirmedPlan(plan, answer: "pod-1"))
    #expect(press("-", "1", "enter").contains(.heal(confirmed)))
    #expect(lines()[1].contains("Finding"))
  }

  @Test mutating func aFindingShowsWhatChangedAroundIt() {
    let finding = Sample.finding(1)
    show(Sample.page([finding]))
    press("enter")
    let proposal = Proposal.unavailable("nothing helps")
    _ = app.update(Message.detail(Sample.detail(finding, proposal), for: finding.id))
    let lines = lines()
    #expect(lines.contains("  Explains 3 other findings."))
    #expect(lines.contains("  Why now"))
    #expect(
      lines.contains("    90s ago Pod shop/pod-1: phase: Pending → Running (kubelet)")
    )
  }

  @Test mutating func leavingTheConfirmationDoesNothing() {
    let finding = Sample.finding(1)
    show(Sample.page([finding]))
    press("enter")
    let proposal = Proposal.plan(Sample.plan(finding, .key("y")))
    _ = app.update(Message.detail(Sample.detail(finding, proposal), for: finding.id))
    let effects = press("1", "n", "Y", "enter", "esc")
    #expect(
      !effects.contains {
        if case .heal = $0 { true } else { false }
      }
    )
  }

  @Test mutating func healingBeforeTheRemediesAreLoadedIsNotToldAsHavingNone() {
    let finding = Sample.finding(1)
    show(Sample.page([finding]))
    press("enter", "h")
    #expect(lines()[2] == "  Its remedies are still being loaded; try again.")
    let proposal = Proposal.plan(Sample.plan(finding, .key("y")))
    _ = app.update(Message.detail(Sample.detail(finding, proposal), for: finding.id))
    #expect(!lines().contains { $0.contains("try again") })
    press("h")
    #expect(lines()[1].hasPrefix("── Confirm "))
  }

  @Test mutating func aRemedyThatCannotHelpSaysWhy() {
    let finding = Sample.finding(1)
    show(Sample.page([finding]))
    press("enter")
    let proposal = Proposal.unavailable("The Pod is gone already.")
    _ = app.update(Message.detail(Sample.detail(finding, proposal), for: finding.id))
    press("h")
    #expect(lines()[2] == "  Remove the finalizer: not possible. The Pod is gone already.")
  }

  @Test mutating func aPlanThatIsCarriedOutShowsItsProgressAndIsAborted() {
    let finding = Sample.finding(1)
    let plan = Sample.plan(finding, .key("y"))
    show(Sample.page([finding]))
    press("enter")
    func showHeal(_ heal: HealState?) {
      let detail = Sample.detail(finding, .plan(plan), heal: heal)
      _ = app.update(Message.detail(detail, for: finding.id))
    }
    showHeal(nil)
    #expect(press("X").isEmpty && !lines()[23].contains("Abort"))
    var progress = HealProgress()
    progress.wait = "Pod a may not go yet: its budget. Tried 1 of 60 times."
    showHeal(.running(plan, progress))
    #expect(lines().contains { $0.contains("step 1 of 1.") })
    #expect(lines()[23].contains("X Abort"))
    #expect(press("X") == [.abortHeal(.finding(finding.id))])
    showHeal(.aborted(plan, stepsDone: 0))
    #expect(lines().contains { $0.contains("aborted after 0 of 1 steps") })
  }

  @Test mutating func aPlanThatIsRefusedIsShownWithTheReasonAndCannotBeConfirmed() {
    let finding = Sample.finding(1)
    show(Sample.page([finding]))
    press("enter")
    let reason = "Context prod-eu is read-only: it matches *prod* of readOnlyContexts."
    let proposal = Proposal.refused(Sample.plan(finding, .key("y")), reason)
    _ = app.update(Message.detail(Sample.detail(finding, proposal), for: finding.id))
    #expect(lines().contains { $0.contains("Remove the finalizer – Context prod-eu is read-only") })
    press("h")
    #expect(lines()[1].hasPrefix("── Refused "))
    #expect(lines()[2] == "  \(reason)")
    #expect(lines().contains("      kubectl --context test delete pod pod-1 -n shop"))
    #expect(lines()[22] == "  KPatrol does not do this; esc leaves.")
    let effects = press("y", "enter", "esc")
    #expect(
      !effects.contains {
        if case .heal = $0 { true } else { false }
      }
    )
    #expect(lines()[1].contains("Finding"))
  }

  @Test mutating func aReadOnlyContextSaysByWhichRule() {
    var status = Sample.status()
    status.readOnlyRule = .context(pattern: "*prod*")
    var other = Sample.status()
    other.name = "stage"
    press("F")
    _ = app.update(Message.statuses([status, other]))
    #expect(lines()[1].hasSuffix(" 1 read-only ─"))
    #expect(lines().contains("  changes    read-only: matches *prod* of readOnlyContexts"))
    press("j")
    #expect(!lines().contains { $0.contains("changes") })
    status.readOnlyRule = .option
    _ = app.update(Message.statuses([status]))
    #expect(lines()[1].hasSuffix("─ read-only ─"))
    #expect(lines().contains("  changes    read-only: KPatrol was started with --read-only"))
  }

  @Test mutating func clustersShowTheirConnection() {
    show(Sample.page([]))
    press("F")
    #expect(
      lines()[3] == "> test          live 0s            none                        300       0.0"
    )
    #expect(lines().contains { $0.hasPrefix("  connection live for ") })
    #expect(lines().contains("  all kinds are inspected"))
  }

  @Test mutating func whoIsSignedOutIsToldWhyAndMayTryAgain() {
    press("F")
    let reason = "The sign-in plugin aws failed (exit status 1): log in"
    _ = app.update(Message.statuses([Sample.status(.signedOut(reason))]))
    #expect(lines()[3].hasPrefix("> test          signed out 0s"))
    #expect(lines().contains { $0.hasPrefix("  connection signed out for ") })
    #expect(lines().contains { $0.contains("trouble") && $0.contains("log in") })
    #expect(lines().last?.contains("r Retry") == true)
    let isAsked = press("r").contains { effect in
      if case .retry(cluster: "test") = effect { true } else { false }
    }
    #expect(isAsked)
  }

  @Test mutating func whatIsNotInspectedIsSaidWithItsChecks() {
    var status = Sample.status()
    status.notInspected = [
      .init(kind: ObjectKind("Node"), reason: "may not list nodes", checks: ["dangling/pod-node"])
    ]
    press("F")
    _ = app.update(Message.statuses([status]))
    #expect(lines().contains("    may not list nodes: Node"))
    #expect(lines().contains("      needed by dangling/pod-node"))
  }

  @Test(
    "The ends of certificates are told",
    arguments: [
      (Duration.seconds(9 * 86_400), "valid for 9d"), (.seconds(-7200), "ended 2h ago"),
    ]
  )
  mutating func certificates(rest: Duration, text: String) {
    var status = Sample.status()
    let end = status.now + rest
    status.requests.certificateExpiry = end
    status.requests.serverCertificate = CertificateValidity(start: status.now, end: end)
    press("F")
    _ = app.update(Message.statuses([status]))
    #expect(lines().contains("  client certificate \(text)"))
    #expect(lines().contains("  server certificate \(text)"))
  }

  @Test mutating func helpListsTheKeysOfItsScreen() {
    show(Sample.page([]))
    press("?")
    #expect(lines()[1].hasPrefix("── Help: Findings "))
    #expect(lines().contains { $0.contains("Opens the finding: evidence and remedies") })
    press("esc")
    #expect(lines()[1].hasPrefix("── Findings "))
  }

  @Test mutating func quittingAsksWhileAPlanIsUnderWay() {
    show(Sample.page([]))
    var status = Sample.status()
    status.healsUnderWay = 1
    _ = app.update(Message.statuses([status]))
    press("q")
    #expect(!app.isFinished)
    #expect(lines()[23].contains("A plan is still being carried out."))
    press("n")
    #expect(!app.isFinished)
    press("q", "y")
    #expect(app.isFinished)
  }

  @Test mutating func aSignalEndsAtOnce() {
    _ = app.update(Input.signal(15))
    #expect(app.isFinished)
  }

  @Test(
    "Every screen fits every size",
    arguments: [(60, 16), (80, 24), (200, 50), (400, 120)]
  )
  mutating func sizes(columns: Int, rows: Int) {
    resize(columns, rows)
    show(Sample.page((0..<100).map { Sample.finding($0) }))
    let paths: [[Key]] = [
      ["enter"], ["a"], ["esc", "esc", "F"], ["esc", "?"], ["esc", "/"], ["esc", ":"],
      ["esc", "ctrl-w"], ["m"], ["esc", "D"], ["esc", "t"],
    ]
    for keys in paths {
      for key in keys { press(key) }
      let lines = lines(columns, rows)
      #expect(lines.count == rows)
      #expect(lines.allSatisfy { DisplayText($0).width <= columns })
    }
  }

  @Test func bindingsHaveOneMeaningAKey() {
    let all: [[KeyHint]] = [
      FindingsScreen.bindings.map(\.hint), FindingScreen.bindings.map(\.hint),
      ClustersScreen.bindings.map(\.hint), ConfirmScreen.bindings.map(\.hint),
      ResourcesScreen(ResourceScope(.samplePods)).hints, Palette.hints,
      ObjectScreen.bindings.map(\.hint),
    ]
    for hints in all {
      let keys = hints.flatMap(\.keys)
      #expect(Set(keys).count == keys.count)
      #expect(["?", "q", ":"].allSatisfy { !keys.contains($0) })
    }
  }
}

import KubernetesObjects
import TerminalKit
import Testing
import WireFormats

@testable import Healing
@testable import Journal
@testable import TerminalApp

@Suite struct JournalScreenTests {
  private var driver = AppDriver()

  private static let noon =
    Timestamp(rfc3339: "2026-11-26T12:00:00Z") ?? .init(millisecondsSince1970: 0)

  private static func entry(
    _ kind: JournalEntry.Kind,
    _ id: String,
    _ text: String,
    author: String = "ann@laptop",
    outcome: String
  ) -> JournalEntry {
    JournalEntry(
      kind,
      Int64(id, radix: 16) ?? 0,
      id: id,
      time: noon,
      author: author,
      cluster: "prod",
      text: text,
      outcome: outcome
    )
  }

  static let entries = [
    entry(.heal, "7", "Delete Pod shop/cart-1", outcome: "healed"),
    entry(.note, "00000000000000aa", "Pod shop/web is stuck", outcome: "muted: known"),
    entry(
      .finding,
      "00000000000000ab",
      "Pod shop/cart-1 is stuck\u{1b}[2J",
      author: "",
      outcome: "resolved after 3m"
    ),
  ]

  static let heal: HealRecord = {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
    return HealRecord(
      id: HealIntent.ID(7),
      begun: noon,
      author: "ann@laptop",
      program: .unknown,
      cluster: "prod",
      server: "https://prod.example.com",
      kubernetesUser: "jane",
      finding: "00000000000000ab",
      subject: "Pod shop/cart-1",
      undoes: nil,
      undoneBy: [],
      remedy: "delete-pod",
      title: "Delete Pod shop/cart-1",
      benefit: "Its controller starts another.",
      disruption: "one Pod ends",
      undo: "Cannot be undone.",
      grade: "key",
      verdicts: [
        .init(rule: "read-only", isBroken: false, reason: "prod is not read-only.")
      ],
      reason: "",
      place: nil,
      batch: nil,
      steps: [
        .init(
          target: pod,
          summary: "Delete Pod shop/cart-1",
          precondition: "uid is u",
          command: "kubectl delete pod cart-1 -n shop"
        )
      ],
      calls: [
        .init(
          step: 0,
          sent: noon + .seconds(1),
          target: pod,
          method: "DELETE",
          path: "/api/v1/namespaces/shop/pods/cart-1",
          contentType: "application/json",
          body: ["kind": "DeleteOptions"],
          backup: ["kind": "Pod", "metadata": ["name": "cart-1"]],
          answered: noon + .seconds(2),
          answer: .accepted(uid: "u", resourceVersion: "9")
        )
      ],
      outcome: .accepted,
      detail: "",
      ended: noon + .seconds(2),
      proofs: [.init(time: noon + .seconds(4), text: "healed")]
    )
  }()

  private mutating func open(
    _ command: String = "journal",
    _ page: JournalPage = JournalPage(entries: entries)
  ) {
    for case .loadJournal(let query) in driver.run(command) {
      driver.take(.journal(page, for: query))
    }
    driver.take(.statuses([Sample.status()]))
  }

  @Test mutating func whatWasNotBegunOfABatchIsPlannedAnew() {
    let line = Self.entry(
      .batch,
      "3",
      "5 plans confirmed together",
      outcome: "interrupted: 2 of 5 done, 3 not begun"
    )
    open("journal", JournalPage(entries: [line] + Self.entries))
    #expect(driver.lines[4].contains("Batch: 5 plans") && driver.lines[4].contains("interrupted"))
    #expect(driver.press("n") == [.proposeRest(BatchIntent.ID(3))])
    #expect(
      driver.press("u") == [
        .tell("Only heals can be undone: this line is none. h shows heals alone.")
      ]
    )
    driver.press("enter")
    let members = (1...3).map { number -> BatchRecord.Member in
      let title = "Delete Pod shop/pod-\(number)"
      let isDone = number == 1
      return BatchRecord.Member(
        intent: BatchIntent.Member(cluster: "prod\u{1b}[2J", title: title, wish: .other("")),
        heal: number == 3 ? nil : HealIntent.ID(Int64(number)),
        outcome: isDone ? .accepted : nil,
        words: isDone ? "healed" : "not begun"
      )
    }
    let batch = BatchRecord(
      id: BatchIntent.ID(3),
      begun: Self.noon,
      author: "ann@laptop",
      program: .unknown,
      members: members,
      ended: Self.noon + .seconds(1),
      reason: "process 7 on laptop ended first."
    )
    driver.take(.journalDetail(.batch(batch), of: line))
    let text = driver.lines.joined(separator: "\n")
    #expect(
      text.contains("── Batch 3 ") && text.contains("1 of 3 done, 1 begun and not done, 1 not")
    )
    #expect(text.contains("process 7 on laptop ended first.") && !text.contains("\u{1b}"))
    #expect(text.contains("Plan 1 of 3: Delete Pod shop/pod-1") && text.contains("heal 1"))
    #expect(driver.press("n") == [.proposeRest(BatchIntent.ID(3))])
  }

  @Test mutating func whatIsNoBatchHasNoRest() {
    open()
    let told = "This line is no batch: what was confirmed together has a line of its own."
    #expect(driver.press("n") == [.tell(told)])
  }

  @Test mutating func whatHappenedIsListed() {
    #expect(driver.run("journal").contains(.loadJournal(JournalQuery())))
    #expect(driver.lines[5] == "  Loading…")
    driver.take(.journal(JournalPage(entries: Self.entries), for: JournalQuery()))
    #expect(
      Array(driver.lines[1...6]) == [
        "── Journal ─────────────────────────────────────────────────────────────────────",
        "                                                                              3",
        "  TIME UTC     WHO         CLUSTER  WHAT                      OUTCOME",
        "> 11-26 12:00  ann@laptop  prod     Heal: Delete Pod shop/c…  healed",
        "  11-26 12:00  ann@laptop  prod     Note: Pod shop/web is s…  muted: known",
        "  11-26 12:00              prod     Pod shop/cart-1 is stuc…  resolved after 3m",
      ]
    )
    #expect(driver.lines[23].hasPrefix(" enter Open  u Undo  n Plan rest  / Filter"))
  }

  @Test mutating func aWideScreenTellsItWhole() {
    driver.resize(200, 50)
    open()
    #expect(driver.lines[4].contains("2026-11-26 12:00:00"))
    #expect(driver.lines[4].contains("Heal: Delete Pod shop/cart-1 "))
    #expect(driver.lines[6].contains("Pod shop/cart-1 is stuck\u{fffd}[2J"))
  }

  @Test mutating func itIsFilteredAndNarrowed() {
    open("journal @prod stuck")
    #expect(driver.lines[2].contains("/stuck"))
    #expect(driver.lines[2].contains("2 of 3"))
    #expect(driver.lines[1].contains("Journal @prod"))
    #expect(!driver.lines[3].contains("CLUSTER"))
    driver.press("esc")
    let effects = driver.press("h")
    #expect(effects == [.loadJournal(JournalQuery(cluster: "prod", kinds: [.batch, .heal]))])
  }

  @Test mutating func onlyHealsCanBeUndone() {
    open()
    #expect(driver.press("u") == [.proposeUndo(HealIntent.ID(7))])
    let effects = driver.press("j", "u")
    guard case .tell(let sentence)? = effects.last else {
      Issue.record("\(effects)")
      return
    }
    #expect(sentence.hasPrefix("Only heals can be undone"))
  }

  @Test mutating func aHealIsShownWithItsCallsAndBackups() {
    driver.resize(100, 50)
    open()
    let effects = driver.press("enter")
    #expect(effects.contains(.loadJournalDetail(Self.entries[0])))
    driver.take(.journalDetail(.heal(Self.heal), of: Self.entries[0]))
    let lines = driver.lines.map { String($0.dropFirst()) }
    for line in [
      "Heal 7: Delete Pod shop/cart-1", "  Who       ann@laptop, as Kubernetes user jane",
      "  Cluster   prod, https://prod.example.com",
      "  About     Pod shop/cart-1, finding 00000000000000ab", "  Outcome   healed",
      "  passed  read-only: prod is not read-only.", "Step 1 of 1: Delete Pod shop/cart-1",
      "  If        uid is u",
      #"  Body      {"kind":"DeleteOptions"}"#,
      "  Answer    2026-11-26T12:00:02Z accepted: uid u, resourceVersion 9",
      "Backup of Pod shop/cart-1", "kind: Pod", "metadata:", "  name: cart-1",
    ] { #expect(lines.contains(line), "\(line)") }
    #expect(driver.press("u") == [.proposeUndo(HealIntent.ID(7))])
  }

  @Test mutating func theBackupOfAHealIsColouredAsYAML() {
    driver.resize(100, 50)
    open()
    driver.press("enter")
    driver.take(.journalDetail(.heal(Self.heal), of: Self.entries[0]))
    let row = driver.lines.firstIndex { $0 == " kind: Pod" }
    #expect(row.map { driver.canvas[$0, 1].style.role } == .info)
    #expect(row.map { driver.canvas[$0, 7].style.role } == .text)
  }

  @Test mutating func anEmptyJournalSaysWhy() {
    open("journal", JournalPage())
    #expect(driver.lines[5].hasPrefix("  Nothing is journaled yet."))
    driver.press("h")
    driver.take(.journal(JournalPage(), for: JournalQuery(kinds: [.batch, .heal])))
    #expect(driver.lines[5].hasPrefix("  Nothing was healed yet. Open a finding and press h"))
  }

  @Test mutating func aBrokenJournalSaysWhatToDo() {
    let problem = "The journal cannot be read. /x is damaged (y). Move it away."
    open("journal", JournalPage(problem: problem))
    #expect(driver.lines[5] == "  \(problem)")
  }
}

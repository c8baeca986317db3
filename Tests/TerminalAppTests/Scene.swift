import ClusterGraph
import Foundation
import Inspection
import Journal
import KubernetesClient
import KubernetesObjects
import TerminalKit
import Testing
import WireFormats

@testable import Healing
@testable import Monitoring
@testable import TerminalApp

/// A screen with something on it, and how one comes to it.
struct Scene: Sendable, CustomTestStringConvertible {
  let name: String
  private let open: @Sendable (inout AppDriver) -> Void
  private let finding: FindingID?

  init(
    _ name: String,
    opening finding: FindingID? = nil,
    _ open: @escaping @Sendable (inout AppDriver) -> Void
  ) {
    self.name = name
    self.finding = finding
    self.open = open
  }

  var testDescription: String { name }

  /// The program once one has come there.
  func driver(_ columns: Int = 80, _ rows: Int = 24) -> AppDriver {
    var driver = AppDriver(columns, rows, opening: finding)
    driver.show([])
    open(&driver)
    return driver
  }

  static let findings = [
    Sample.finding(1, message: "Address 10.1.2.3 is used by 2 Pods: shop/cart-1, shop/web-1"),
    Sample.finding(2, severity: .warning, message: "Pod shop/pod-2 has \u{1b}[31mcontrol\u{202e}"),
    Sample.finding(3, severity: .info, message: "名前のとても長い 設定が誰にも使われていません"),
  ]

  static let all =
    lists + listsOfFindings + listsOfObjects + objects + oneFinding + healing + others
}

// MARK: - Findings

extension Scene {
  private static let pod = Sample.row("cart-1").id
  private static let twoClusters: [ClusterStatus] = {
    var (prod, stage) = (Sample.status(), Sample.status(.disconnected("no route to host.")))
    (prod.name, stage.name) = ("prod", "stage")
    prod.findings = [.critical: 2, .warning: 11, .info: 140]
    prod.eventCount = 12_000
    return [prod, stage]
  }()

  private static func show(
    _ lines: [FindingsPage.Line],
    for effects: [Effect],
    on driver: inout AppDriver
  ) {
    for case .loadFindings(let query) in effects {
      var page = Sample.page([])
      page.lines = lines
      (page.rowCount, page.matchCount, page.totalCount) = (lines.count, 3, 3)
      driver.take(.findings(page, for: query))
    }
    driver.take(.statuses([Sample.status()]))
  }

  private static let listsOfFindings = [
    Scene("dangling") { driver in
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
      let lines = [FindingsPage.Line.group(group), .finding(bound), .finding(claim)]
      show(lines, for: driver.press("D"), on: &driver)
    },
    Scene("dangling-empty") { driver in show([], for: driver.press("D"), on: &driver) },
    Scene("findings") { $0.show(findings) },
    Scene("findings-clusters") { $0.show(findings, twoClusters) },
    Scene("findings-columns") { driver in
      driver.show(findings)
      driver.press("|", "j")
    },
    Scene("findings-empty") { $0.show([]) },
    Scene("findings-filter") { driver in
      driver.show(findings)
      driver.press("/")
      driver.type("address colum:x")
    },
    Scene("findings-groups") { driver in
      func group(_ name: String, _ counts: [Severity: Int], isOpen: Bool = false)
        -> FindingsPage.Line
      {
        .group(
          .init(
            name: name,
            grouping: .check,
            counts: counts,
            mutedCount: isOpen ? 0 : 3,
            isOpen: isOpen
          )
        )
      }
      let lines =
        [group("stuck/terminating", [.critical: 1], isOpen: true)]
        + [.finding(.init(finding: findings[0]))]
        + [group("dangling/unused-configuration", [.warning: 2, .info: 1])]
      driver.show(findings)
      show(lines, for: driver.press("t"), on: &driver)
    },
    Scene("findings-mute") { driver in
      driver.show(findings)
      driver.press("space", "space", "m")
    },
    Scene("findings-syncing") { $0.show([], [Sample.status(.syncing)]) },
  ]

  private static func openFinding(_ detail: FindingDetail?) -> @Sendable (inout AppDriver) -> Void {
    { driver in
      driver.show([FindingTextTests.finding])
      driver.press("enter")
      guard let detail else { return }
      driver.take(.detail(detail, for: detail.finding.id))
      driver.take(.statuses([Sample.status()]))
    }
  }

  private static func openFindingOfAddress(_ driver: inout AppDriver) {
    let pods = ["cart-1", "web-1"].map {
      VertexID.object(ObjectKey(Pod.kind, namespace: "shop", name: $0))
    }
    let finding = Finding(
      id: Sample.finding(1).id,
      cluster: "test",
      check: "conflict/pod-address",
      severity: .critical,
      subject: IPAddress("10.1.2.3").map(VertexID.address) ?? pods[0],
      message: "Address 10.1.2.3 is used by 2 Pods: shop/cart-1, shop/web-1",
      evidence: [],
      related: pods,
      remedies: [],
      since: Sample.now
    )
    driver.show([finding])
    driver.press("enter")
  }

  private static let oneFinding = [
    Scene("choice-finding") { driver in
      openFinding(FindingTextTests.detail(consequences: 12))(&driver)
      driver.press("enter", "j")
    },
    Scene("choice-object") { driver in
      openFindingOfAddress(&driver)
      driver.press("d")
    },
    Scene("finding", openFinding(FindingTextTests.detail(consequences: 9))),
    Scene("finding-loading", openFinding(nil)),
    Scene("finding-warnings") { driver in
      var detail = FindingTextTests.detail()
      detail.warnings = nil
      openFinding(detail)(&driver)
      driver.press("w")
    },
    Scene("sought-finding", opening: FindingID("0123456789abcdef")) { driver in
      guard let id = FindingID("0123456789abcdef") else { return }
      driver.take(.detail(nil, for: id))
      var status = Sample.status()
      status.firstInspectionDuration = .seconds(1)
      status.suspectCount = 2
      driver.take(.statuses([status]))
    },
  ]
}

// MARK: - Objects

extension Scene {
  private static func object(_ tab: ObjectScreen.Tab) -> @Sendable (inout AppDriver) -> Void {
    { driver in
      let tests = ObjectTabsTests()
      driver.take(.open(pod))
      let key: Key =
        switch tab {
        case .description: "d"
        case .yaml: "y"
        case .events: "v"
        case .logs: "l"
        case .graph: "x"
        }
      for case .readLog(let request) in driver.press(key) { write(for: request, on: &driver) }
      driver.take(
        .object(.text(ObjectText(tests.pod)), at: Sample.now, for: pod, isRevealed: false)
      )
      driver.take(.facts(.facts(ObjectFacts(tests.pod)), for: pod))
      driver.take(.events(tests.events, about: pod))
      driver.take(
        .surroundings(tests.around, at: Sample.now, of: .object(pod.key), cluster: "test")
      )
      _ = driver.tick(Sample.now)
    }
  }

  private static func write(for request: LogRequest, on driver: inout AppDriver) {
    let source = LogSource(pod: pod.key, container: "main")
    var news = LogNews()
    news.podCount = 1
    news.sources = [source]
    news.containers = ["main"]
    news.entries = ["starting", "\u{1b}[31mcannot reach cart-db:5432\u{1b}[0m", "giving up"]
      .enumerated().map { number, text in
        let seconds = Sample.now.millisecondsSince1970 / 1000 + Int64(number)
        let time = LogTime(nanosecondsSince1970: seconds * 1_000_000_000)
        return LogEntry(LogLine(time: time, text: text), of: source)
      }
    driver.take(.log(news, of: request.id))
  }

  private static func list(
    _ command: String,
    _ rows: [ResourcesPage.Row]
  ) -> @Sendable (inout AppDriver) -> Void {
    { driver in
      for case .loadRows(let query) in driver.run(command) {
        var effects = driver.take(.rows(Sample.resources(rows), for: query))
        while let asked = effects.cells {
          let answers = rows.filter { asked.contains($0.id) }.map { Sample.cells($0) }
          effects = driver.take(.cells(answers))
        }
      }
    }
  }

  private static let pods = [Sample.row("cart-1", findings: 2), Sample.row("cart-2")]

  private static let listsOfObjects = [
    Scene("containers") { driver in
      let containers = [
        PodContainer(name: "main", image: "example.com/cart:1.4", state: "running"),
        PodContainer(name: "proxy", image: "mesh:2", state: "waiting: CrashLoopBackOff"),
      ]
      driver.take(.containers(containers, of: pod))
    },
    Scene("resources", list("pods", pods)),
    Scene("resources-empty", list("nodes", [])),
    Scene("resources-wide") { driver in
      list("pods", pods)(&driver)
      driver.press("ctrl-w")
    },
    Scene("users") { driver in
      list("pods", [Sample.row("cart-1")])(&driver)
      driver.press("u")
      let around = ObjectTabsTests().around
      driver.take(.surroundings(around, at: Sample.now, of: .object(pod.key), cluster: "test"))
    },
    Scene("users-empty") { driver in
      list("pods", [Sample.row("cart-1")])(&driver)
      driver.press("u")
      driver.take(.surroundings(nil, at: Sample.now, of: .object(pod.key), cluster: "test"))
    },
  ]

  private static let objects = [
    Scene("object-describe", object(.description)),
    Scene("object-events", object(.events)),
    Scene("object-graph", object(.graph)),
    Scene("object-logs", object(.logs)),
    Scene("object-yaml", object(.yaml)),
  ]
}

// MARK: - Healing, and what happened

extension Scene {
  private static func plan(_ number: Int, _ confirmation: Healing.Confirmation = .key("y"))
    -> HealPlan
  {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "pod-\(number)")
    let steps = [HealStep.delete(pod, uid: ObjectUID("u-\(number)"))]
    return Sample.plan(Sample.finding(number), confirmation, steps: steps)
  }

  private static func openJournal(_ entries: [JournalEntry], on driver: inout AppDriver) {
    for case .loadJournal(let query) in driver.run("journal") {
      driver.take(.journal(JournalPage(entries: entries), for: query))
    }
    driver.take(.statuses([Sample.status()]))
  }

  private static let healing = [
    Scene("confirm") { driver in
      let plan = plan(1)
      driver.take(.proposed([.plan(plan)]))
      let difference = ObjectDifference(
        from: ["metadata": ["finalizers": ["example.com/hold"]]],
        to: ["metadata": [:]],
        of: Pod.kind
      )
      driver.take(.rehearsed(Rehearsal(results: [.accepted(difference)]), of: plan.id))
    },
    Scene("confirm-batch") { $0.take(.proposed((1...3).map { .plan(plan($0)) })) },
    Scene("confirm-broken") { driver in
      let verdicts: [GuardrailVerdict] = [
        .passed(.storm, "0 of 5 Nodes are not ready."), .broken(.coolDown, "It was touched."),
      ]
      driver.take(.proposed([.plan(plan(1).judged(verdicts))]))
    },
    Scene("confirm-refused") { driver in
      driver.take(.proposed([.refused(plan(1), "test is read-only: its name says so.")]))
    },
    Scene("confirm-typing") { driver in
      driver.take(.proposed([.plan(plan(1, .typing("pod-1")))]))
      driver.type("pod-")
    },
    Scene("heal") { driver in
      let plans = (1...3).map { plan($0) }
      driver.take(.proposed(plans.map { .plan($0) }))
      driver.press("y")
      var report = HealReport()
      report.states[plans[0].id] = .done(plans[0], after: .seconds(3))
      report.states[plans[1].id] = .running(plans[1], HealProgress())
      driver.take(.heals(report, of: plans.map(\.id)))
    },
    Scene("heal-queue") { driver in
      driver.run("queue")
      driver.take(
        .queue(
          (1...2).map { number in
            QueuedPlan(
              plan(number),
              for: Sample.finding(number),
              by: "idle Pods",
              since: Sample.now
            )
          }
        )
      )
    },
    Scene("heal-queue-empty") { driver in
      driver.run("queue")
      driver.take(.queue([]))
    },
    Scene("journal") { openJournal(JournalScreenTests.entries, on: &$0) },
    Scene("journal-empty") { openJournal([], on: &$0) },
    Scene("journal-entry") { driver in
      openJournal(JournalScreenTests.entries, on: &driver)
      driver.press("enter")
      driver.take(
        .journalDetail(.heal(JournalScreenTests.heal), of: JournalScreenTests.entries[0])
      )
    },
  ]
}

// MARK: - The rest

extension Scene {
  private static func openChecks(_ page: CataloguePage, on driver: inout AppDriver) {
    driver.run("checks")
    driver.take(.catalogue(page, ofCluster: nil))
  }

  private static let lists = [
    Scene("aliases") { driver in
      driver.press("ctrl-a")
      driver.take(.vocabulary(.sample))
    },
    Scene("catalogue") { openChecks(CatalogueScreenTests.sample, on: &$0) },
    Scene("catalogue-rules") { openChecks(CatalogueScreenTests.withRules, on: &$0) },
    Scene("check-rule") { driver in
      openChecks(CatalogueScreenTests.withRules, on: &driver)
      driver.press("G", "enter")
    },
    Scene("catalogue-empty") { openChecks(CataloguePage(), on: &$0) },
    Scene("check") { driver in
      openChecks(CatalogueScreenTests.sample, on: &driver)
      driver.press("enter")
    },
    Scene("clusters") { driver in
      driver.take(.statuses(twoClusters))
      driver.press("F")
    },
    Scene("views") { driver in
      let views = ["mine": "findings sev:crit", "night": "pods shop /cart"]
      let vocabulary = Vocabulary(Vocabulary.sample.contents, themes: [], views: views)
      driver.press(":")
      driver.take(.vocabulary(vocabulary))
      driver.type("views")
      driver.press("enter")
    },
    Scene("views-empty") { $0.run("views") },
  ]

  private static let others = [
    Scene("help") { $0.press("?") },
    Scene("log") { driver in
      driver.take(.notice("Not kept. /home/me/x: No space left on device"))
      driver.run("log")
    },
    Scene("log-empty") { $0.run("log") },
    Scene("palette") { driver in
      driver.press(":")
      driver.take(.vocabulary(.sample))
    },
    Scene("pulse") { driver in
      driver.take(.statuses(twoClusters))
      driver.run("pulse")
      driver.take(.history(PulseScreenTests.history))
    },
    Scene("pulse-empty") { driver in
      driver.run("pulse")
      driver.take(.history(FleetHistory()))
    },
  ]
}

extension Scene {
  /// Which screens there are is told by their files, for a list of them could forget one.
  static func screensOfSources() throws -> Set<String> {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Sources/TerminalApp")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil)
    ).compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
    let screens = try files.flatMap { file in
      try String(contentsOf: file, encoding: .utf8)
        .matches(of: #/\nstruct (\w+): (?:Screen|FilteredList|PagedList)\b/#).map { String($0.1) }
    }
    return Set(screens)
  }
}

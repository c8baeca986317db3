import ClusterGraph
import Journal
import KubernetesClient
import KubernetesObjects
import TerminalKit
import Testing

@testable import Healing
@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

/// The screen of a finding, and what is copied from it.
@Suite struct FindingTextTests {
  private var driver = AppDriver()

  private static func object(_ kind: ObjectKind, _ name: String, _ namespace: String = "shop")
    -> VertexID
  {
    .object(ObjectKey(kind, namespace: namespace, name: name))
  }

  static let finding: Finding = {
    let (one, other) = (object(Pod.kind, "pod-1"), object(Pod.kind, "pod-2"))
    var finding = Finding(
      id: Sample.finding(1).id,
      cluster: "test",
      check: "conflict/pod-address",
      severity: .critical,
      subject: one,
      message: "Address 10.1.2.3 is used by 2 Pods",
      evidence: [
        Evidence(one, "status.podIP", "10.1.2.3"), Evidence(one, "spec.nodeName", "node-1"),
        Evidence(other, "status.podIP", "10.1.2.3"),
      ],
      related: [other],
      remedies: [],
      since: Sample.now - .seconds(90)
    )
    finding.acknowledgement = FindingNote(
      .acknowledged,
      finding.id,
      author: "ann@laptop",
      time: Sample.now,
      reason: "ticket `1`"
    )
    return finding
  }()

  private static let vicinity = Vicinity(
    owners: [
      .init(object(Deployment.kind, "web")), .init(object(ReplicaSet.kind, "web-1"), .terminating),
    ],
    subject: .init(object(Pod.kind, "pod-1")),
    branches: [
      .init(
        phrase: "runs on",
        isOutgoing: true,
        vertices: [.init(object(Node.kind, "node-9", ""), .absent)]
      ),
      .init(
        phrase: "is selected by",
        isOutgoing: false,
        vertices: [
          .init(object(Service.kind, "web")),
          .init(object(Service.kind, "api"), .unknown("forbidden")),
        ],
        others: ["Pod": 1203, "Service": 2]
      ),
    ]
  )

  static func detail(
    _ proposal: Proposal = .unavailable("The Pod is gone already."),
    consequences: Int = 0
  ) -> FindingDetail {
    FindingDetail(
      finding: finding,
      resolvedAt: nil,
      title: "Two Pods share an address",
      explanation: "Each Pod has one of its own.",
      vicinity: vicinity,
      cause: nil,
      consequences: (0..<consequences).map { Sample.finding($0 + 2) },
      consequenceCount: consequences,
      changes: [
        RecentChange(
          time: Sample.now - .seconds(90),
          key: ObjectKey(Pod.kind, namespace: "shop", name: "pod-1"),
          what: .came,
          manager: "kube`let"
        )
      ],
      warnings: [
        RecentWarning(
          time: Sample.now - .seconds(30),
          object: ObjectKey(Pod.kind, namespace: "shop", name: "pod-1"),
          reason: "FailedCreate",
          message: "no\u{1b}[2J address",
          count: 7
        )
      ],
      offers: [.init(remedy: "delete-pod", title: "Delete the younger Pod", proposal: proposal)],
      heal: nil,
      now: Sample.now
    )
  }

  private mutating func open(_ detail: FindingDetail = detail()) {
    driver.show([Self.finding])
    driver.press("enter")
    driver.take(.detail(detail, for: Self.finding.id))
  }

  @Test mutating func onAWideScreenBothSidesStandSideBySide() {
    driver.resize(200, 50)
    open()
    #expect(
      Array(driver.lines[2..<36]) == [
        "  Address 10.1.2.3 is used by 2 Pods",
        "  critical  conflict/pod-address  cluster test for 90s",
        "  Acknowledged by ann@laptop at 2026-11-23T12:00:00Z: ticket `1`",
        "", "  Remedies",
        "    1 Delete the younger Pod – The Pod is gone already.",
        "", "  Evidence",
        "    Pod shop/pod-1                                │ Pod shop/pod-2",
        "    status.podIP 10.1.2.3                         │ status.podIP 10.1.2.3",
        "    spec.nodeName node-1                          │",
        "", "  Why now",
        "    90s ago Pod shop/pod-1: created (kube`let)",
        "", "  Warnings",
        "    30s ago Pod shop/pod-1: FailedCreate: no�[2J address (7 times)",
        "", "  Around it",
        "    Deployment.apps shop/web",
        "    └─ ReplicaSet.apps shop/web-1 (terminating)",
        "       └─ ✖ Pod shop/pod-1",
        "          ├─▸ runs on ✗ Node node-9 absent",
        "          └─◂ is selected by Service shop/web",
        "                             ? Service shop/api (unknown: forbidden)",
        "                             … and 1,203 Pod, 2 Service",
        "", "  Two Pods share an address", "    Each Pod has one of its own.",
        "", "", "", "", "",
      ]
    )
    #expect(driver.canvas[24, 25].style.role == .critical)
  }

  @Test mutating func onANarrowScreenOneSideFollowsTheOther() {
    open()
    #expect(
      Array(driver.lines[9..<15]) == [
        "  Evidence", "    Pod shop/pod-1", "      status.podIP 10.1.2.3",
        "      spec.nodeName node-1", "    Pod shop/pod-2", "      status.podIP 10.1.2.3",
      ]
    )
    #expect(
      driver.lines[23]
        == " h Heal  a Ack  m Mute  c Copy  w Why now  x Graph  y YAML  : Command  ? Help"
    )
  }

  @Test mutating func keysGoToWhyNowAndToTheGraph() {
    open()
    driver.resize(80, 16)
    #expect(!driver.lines.contains("  Why now"))
    driver.press("w")
    #expect(driver.lines[2] == "  Why now")
    // Though less than a screen follows it.
    driver.resize(80, 40)
    driver.press("w")
    #expect(driver.lines[2] == "  Why now" && driver.lines[1].hasPrefix("── Finding "))
    let below = driver.lines[3]
    driver.press("k")
    #expect(driver.lines[3] == "  Why now" && driver.lines[4] == below)
    driver.resize(80, 16)
    driver.press("x")
    #expect(driver.lines.contains("  Around it") && !driver.lines.contains("  Why now"))
    #expect(driver.lines.contains("       └─ ✖ Pod shop/pod-1"))
  }

  @Test mutating func theListLeadsToWhyNowToTheGraphAndToTheObject() throws {
    driver.resize(80, 16)
    for (key, heading) in [("w" as Key, "  Why now"), ("x", "  Around it")] {
      driver.show([Self.finding])
      driver.press(key)
      driver.take(.detail(Self.detail(), for: Self.finding.id))
      #expect(driver.lines[2] == heading)
      // Whoever scrolls is not brought back.
      driver.press("k")
      driver.take(.detail(Self.detail(), for: Self.finding.id))
      #expect(driver.lines[3] == heading)
      driver.press("esc")
    }
    let pod = ClusterObject(cluster: "test", key: try #require(Self.finding.subject.objectKey))
    #expect(driver.press("d").contains(.loadFacts(pod)))
    driver.press("esc")
    #expect(driver.press("v").contains(.loadEvents(pod)))
  }

  @Test mutating func whatWasHealedIsTakenBackFromThere() {
    let finding = Sample.finding(1)
    let plan = Sample.plan(finding, .key("y"))
    driver.resize(100, 24)
    driver.show([finding])
    driver.press("enter")
    let detail = Sample.detail(finding, .plan(plan), heal: .done(plan, after: .seconds(2)))
    driver.take(.detail(detail, for: finding.id))
    #expect(driver.lines.contains { $0.hasSuffix("(u takes it back)") })
    #expect(driver.press("u").contains(.loadJournal(JournalQuery(cluster: "test"))))
    #expect(driver.lines[1].hasPrefix("── Journal @test ──"))
    #expect(driver.lines[2].hasPrefix(" /kind:heal"))
  }

  @Test mutating func whatItExplainsIsFoldedBeneathIt() {
    driver.resize(80, 60)
    open(Self.detail(consequences: 9))
    #expect(driver.lines[5] == "  Explains 9 other findings (enter lists them)")
    #expect(driver.lines[6] == "    └ ✖ Pod shop/pod-2 does not finish terminating")
    #expect(driver.lines[9] == "      … and 6 more; tab shows more")
    driver.press("tab")
    #expect(driver.lines[14] == "    └ ✖ Pod shop/pod-10 does not finish terminating")
    #expect(!driver.lines.contains { $0.contains("more") })
    driver.press("enter")
    #expect(driver.lines[1].hasPrefix("── What hangs together ──"))
    #expect(driver.lines[3] == "  2 ✖ explains: Pod shop/pod-3 does not finish terminating")
    #expect(driver.press("2").contains(.loadDetail(Sample.finding(3).id)))
    driver.press("esc")
    driver.click(row: 9)
    #expect(driver.lines[1].hasPrefix("── What hangs together ──"))
    #expect(driver.click(row: 9).contains(.loadDetail(Sample.finding(9).id)))
  }

  @Test mutating func theOnlyOneThatItExplainsIsOpenedAtOnce() {
    open(Self.detail(consequences: 1))
    #expect(driver.press("enter").contains(.loadDetail(Sample.finding(2).id)))
    driver.press("esc", "esc")
    open(Self.detail())
    driver.press("enter")
    #expect(driver.lines[2] == "  No finding explains it, and it explains none.")
  }

  // MARK: What several objects share

  /// An address that two Pods have.
  private mutating func openShared() throws -> [ClusterObject] {
    let keys = ["cart-1", "web-1"].map { ObjectKey(Pod.kind, namespace: "shop", name: $0) }
    let finding = Finding(
      id: Sample.finding(1).id,
      cluster: "test",
      check: "conflict/pod-address",
      severity: .critical,
      subject: .address(try #require(IPAddress("10.1.2.3"))),
      message: "Address 10.1.2.3 is used by 2 Pods",
      evidence: [],
      related: keys.map(VertexID.object),
      remedies: [],
      since: Sample.now
    )
    driver.show([finding])
    return keys.map { ClusterObject(cluster: "test", key: $0) }
  }

  @Test mutating func ofSeveralObjectsOneIsChosen() throws {
    let pods = try openShared()
    driver.press("enter", "d")
    #expect(driver.lines[1].hasPrefix("── Describe: of which? ──"))
    #expect(Array(driver.lines[2...3]) == ["> 1 Pod shop/cart-1", "  2 Pod shop/web-1"])
    #expect(driver.press("j", "enter").contains(.loadFacts(pods[1])))
    driver.press("esc", "esc")
    #expect(driver.press("ctrl-d", "1").contains(.propose(.delete(), [pods[0]])))
    driver.press("esc", "esc")
    #expect(driver.lines[1].hasPrefix("── Findings ──"))
    #expect(driver.press("y", "2").contains(.loadObject(pods[1], revealing: false)))
  }

  // MARK: Warnings where Events are not followed

  private static func warning(_ message: String) -> ObjectEvents {
    .events(
      [true, false].map { isWarning in
        ObjectEvent(
          isWarning: isWarning,
          reason: "Failed",
          message: isWarning ? message : "calm",
          reporter: "kubelet",
          count: 3,
          first: Sample.now - .seconds(60),
          last: Sample.now - .seconds(20)
        )
      }
    )
  }

  @Test mutating func warningsAreAskedForWhereEventsAreNotFollowed() {
    driver.resize(100, 60)
    driver.show([Self.finding])
    driver.press("enter")
    var detail = Self.detail()
    detail.warnings = nil
    let objects = Self.finding.concerned.map { ClusterObject(cluster: "test", key: $0) }
    #expect(
      driver.take(.detail(detail, for: Self.finding.id)) == objects.map { .loadEvents($0) }
    )
    let heading = driver.lines.firstIndex(of: "  Warnings") ?? 0
    #expect(driver.lines[heading + 1] == "    Loading…")
    // They are asked for once, however often the model changes.
    #expect(driver.take(.detail(detail, for: Self.finding.id)).isEmpty)
    driver.take(.events(Self.warning("no\u{1b}[2J room"), about: objects[0]))
    let shown = "    20s ago Pod shop/pod-1: Failed: no\u{fffd}[2J room (3 times)"
    #expect(driver.lines[heading + 1] == shown && driver.lines[heading + 2] == "    Loading…")
    driver.take(.events(.failed("events is forbidden."), about: objects[1]))
    #expect(driver.lines[heading + 2] == "    events is forbidden.")
    #expect(!driver.lines.contains { $0.contains("calm") })
    guard case .copy(let markdown, _)? = driver.press("c").first else {
      Issue.record("Nothing was copied.")
      return
    }
    #expect(markdown.contains("`Failed: no\u{fffd}[2J room`"))
    // And again while it is read.
    let later = (1...AskedWarnings.interval).map { driver.tick(Sample.now + .seconds($0)) }
    #expect(later.flatMap(\.self).filter { $0 == .loadEvents(objects[0]) }.count == 1)
  }

  @Test mutating func ofManyObjectsSomeAreAskedAbout() {
    let many = (1...100).map { Self.object(Pod.kind, "pod-\($0)") }
    let finding = Finding(
      id: Self.finding.id,
      cluster: "test",
      check: "stuck/x",
      severity: .info,
      subject: many[0],
      message: "x",
      evidence: [],
      related: many,
      remedies: [],
      since: Sample.now
    )
    #expect(AskedWarnings(about: finding).effects.count == 4)
  }

  @Test mutating func theListCopiesAFindingOnceAllAboutItHasCome() throws {
    driver.show([Self.finding])
    #expect(driver.press("c") == [.loadDetail(Self.finding.id)])
    // What came for something else is not copied.
    #expect(driver.take(.detail(Self.detail(), for: Sample.finding(7).id)) == [])
    let effects = driver.take(.detail(Self.detail(), for: Self.finding.id))
    guard case .copy(let markdown, _)? = effects.first else {
      Issue.record("\(effects)")
      return
    }
    #expect(markdown.hasPrefix("### ✖ Address 10.1.2.3 is used by 2 Pods"))
    #expect(driver.take(.detail(Self.detail(), for: Self.finding.id)) == [])
    driver.press("c")
    driver.take(.detail(nil, for: Self.finding.id))
    #expect(driver.lines.contains { $0.contains("The finding is gone.") })
  }

  @Test func whoAnswersForItIsTold() {
    var detail = Self.detail()
    let finding = FindingText(Self.finding, detail, width: 80)
    #expect(!finding.lines.contains { $0.text.contains("team") })
    detail.team = .init(name: "shop", contact: "#shop", runbook: "https://wiki.example.com")
    let lines = FindingText(Self.finding, detail, width: 80).lines.map(\.text)
    #expect(lines[2] == "team shop  #shop  https://wiki.example.com")
    #expect(FindingMarkdown(detail).text.contains("\n- team: shop, \\#shop, https://wiki"))
  }

  @Test func whatIsCopiedLeadsToTheClusterWhateverAnAgentCallsIt() {
    let plan = Sample.plan(Self.finding, .key("y")).reached(by: "our prod")
    var detail = Self.detail(.plan(plan))
    detail.context = "our prod"
    detail.agentURL = "https://agent.example.com:8481"
    let markdown = FindingMarkdown(detail).text
    #expect(markdown.contains("\n  - `kubectl --context 'our prod' "))
    #expect(markdown.contains("\nkubectl --context 'our prod' "))
    #expect(
      markdown.contains(
        "\nkpatrol --agent https://agent.example.com:8481 --finding \(Self.finding.id)\n"
      )
    )
  }

  @Test mutating func itIsCopiedAsMarkdown() throws {
    open(Self.detail(.plan(Sample.plan(Self.finding, .key("y")))))
    guard case .copy(let markdown, let what)? = driver.press("c").first else {
      Issue.record("Nothing was copied.")
      return
    }
    #expect(what == "the finding as Markdown")
    #expect(
      markdown == """
        ### ✖ Address 10.1.2.3 is used by 2 Pods

        - `conflict/pod-address` in cluster `test`, critical
        - since 2026-11-23T11:58:30Z
        - acknowledged by ann@laptop at 2026-11-23T12:00:00Z: ticket \\`1\\`

        **Evidence**

        - `Pod shop/pod-1` `status.podIP`: `10.1.2.3`
        - `Pod shop/pod-1` `spec.nodeName`: `node-1`
        - `Pod shop/pod-2` `status.podIP`: `10.1.2.3`

        **Why now**

        - 2026-11-23T11:58:30Z `Pod shop/pod-1`: `created` (kube\\`let)

        **Warnings**

        - 2026-11-23T11:59:30Z `Pod shop/pod-1`: `FailedCreate: no�[2J address`

        **Around it**

        - controlled by `Deployment.apps shop/web`
        - controlled by `ReplicaSet.apps shop/web-1 (terminating)`
        - runs on `✗ Node node-9 absent`
        - is selected by `Service shop/web`, `? Service shop/api (unknown: forbidden)` and 1205 more

        **Remedies**

        - Delete the younger Pod
          - `kubectl --context test delete pod pod-1 -n shop`

        **To look at it**

        ```sh
        kubectl --context test -n shop describe pod pod-1
        kubectl --context test -n shop describe pod pod-2
        kpatrol --context test --finding \(Self.finding.id)
        ```

        """
    )
  }

  @Test mutating func aFindingThatWasNamedIsWaitedForAndOpened() {
    let id = Self.finding.id
    var app = App(opening: id)
    func lines() -> [String] {
      var canvas = Canvas(Size(columns: 80, rows: 24))
      app.draw(on: &canvas)
      return canvas.lines
    }
    #expect(app.update(.resize(Size(columns: 80, rows: 24))).contains(.loadDetail(id)))
    var status = Sample.status(.syncing)
    _ = app.update(Message.detail(nil, for: id))
    _ = app.update(Message.statuses([status]))
    #expect(lines()[3] == "  Waiting for the first inspection, to open finding \(id).")
    #expect(lines()[4] == "  test: syncing, 20 of 50 kinds")
    status = Sample.status()
    status.firstInspectionDuration = .seconds(1)
    status.suspectCount = 2
    _ = app.update(Message.statuses([status]))
    #expect(lines()[3] == "  There is no finding \(id) in test, or no longer. 2 conditions are")
    #expect(lines()[5] == "  esc shows all findings.")
    _ = app.update(Message.detail(Self.detail(), for: id))
    #expect(lines()[2] == "  Address 10.1.2.3 is used by 2 Pods" || lines()[2] == "")
    _ = app.update(Message.detail(Self.detail(), for: id))
    #expect(lines()[2] == "  Address 10.1.2.3 is used by 2 Pods")
    _ = app.update(Input.key("esc"))
    #expect(lines()[1].hasPrefix("── Findings ──"))
  }
}

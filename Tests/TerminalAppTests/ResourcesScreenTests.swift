import ClusterGraph
import Inspection
import KubernetesObjects
import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

@Suite struct ResourcesScreenTests {
  private var screen = ResourcesDriver()
  private let rows = [
    Sample.row("cart-1", findings: 2), Sample.row("cart-2"),
    Sample.row("web-1", namespace: "bank", findings: 1, severity: .info),
  ]

  @Test mutating func objectsAreListedAsKubectlDoesWithTheirFindings() {
    screen.show(rows)
    #expect(
      Array(screen.lines[1...7]) == [
        "── Pods ────────────────────────────────────────────────────────────────────────",
        " 0 all  1 bank  2 default  3 shop  4 kube-system                              3",
        "  !    NAMESPACE↑  NAME    READY  STATUS   RESTARTS  AGE",
        "> ✖ 2  shop        cart-1  1/1    Running  0         90s",
        "       shop        cart-2  1/1    Running  0         90s",
        "  ● 1  bank        web-1   1/1    Running  0         90s",
        "",
      ]
    )
    #expect(
      screen.lines[23]
        == " enter Open  d Describe  l Logs  / Filter  ctrl-w Wide  : Command  ? Help"
    )
    screen.press("ctrl-w")
    #expect(
      screen.lines[3]
        == "  !    NAMESPACE↑  NAME    READY  STATUS   RESTARTS  AGE   IP        NODE"
    )
  }

  @Test mutating func aWideScreenHasRoomForAllOfSeveralClusters() {
    screen = ResourcesDriver(200, 50)
    screen.driver.take(.statuses([Sample.status(), Sample.status()]))
    screen.show(rows)
    #expect(
      Array(screen.lines[3...4]) == [
        "  FINDINGS  NAMESPACE↑  NAME    READY  STATUS   RESTARTS  AGE   CLUSTER",
        "> ✖ 2       shop        cart-1  1/1    Running  0         90s   test",
      ]
    )
    screen.run("pods @prod")
    screen.show(rows)
    #expect(!screen.lines[3].contains("CLUSTER"))
  }

  @Test mutating func whatIsNotToldYetDoesNotLookLikeAValue() {
    let effects = screen.show(Sample.resources(rows))
    #expect(effects.cells == rows.map(\.id))
    #expect(screen.lines[3] == "  !    NAMESPACE↑  NAME    AGE")
    screen.driver.take(.cells([Sample.cells(rows[0])]))
    #expect(screen.lines[5] == "       shop        cart-2  ·      ·        ·         90s")
  }

  @Test mutating func aFewObjectsAreAskedForAtATimeAndOnlyThoseInSight() {
    let many = (0..<57).map { Sample.row("pod-\($0)") }
    var asked: [ClusterObject] = []
    var effects = screen.show(Sample.resources(many))
    while let objects = effects.cells {
      #expect(objects.count <= 12)
      asked += objects
      let answers = many.filter { objects.contains($0.id) }.map { Sample.cells($0) }
      effects = screen.driver.take(.cells(answers))
    }
    #expect(asked == many.prefix(19).map(\.id))
  }

  @Test mutating func nothingIsAskedForWhileOneScrolls() throws {
    screen.show((0..<57).map { Sample.row("pod-\($0)") })
    let effects = screen.press("page-down") + screen.press("page-down")
    #expect(effects.cells == nil)
    let waits = effects.compactMap { effect -> Int? in
      if case .wait(_, let number) = effect { number } else { nil }
    }
    #expect(waits.count == 2)
    #expect(screen.driver.take(.waited(number: waits[0])).cells == nil)
    #expect(screen.driver.take(.waited(number: waits[1])).cells?.count == 12)
  }

  @Test mutating func whatChangedIsAskedForAgainOnceASecond() {
    screen.show(rows)
    let changed = [Sample.row("cart-1", version: "2", findings: 2), rows[1], rows[2]]
    #expect(screen.show(Sample.resources(changed)).cells == nil)
    #expect(screen.driver.tick(Sample.now + .seconds(1)).cells == [rows[0].id])
    screen.driver.take(.cells([Sample.cells(changed[0], status: "Failed")]))
    #expect(screen.lines[4].contains("Failed"))
    #expect(screen.driver.tick(Sample.now + .seconds(2)).cells == nil)
  }

  @Test mutating func whoIsGoneOrIsAnotherAlreadyIsAskedForOnce() {
    let effects = screen.show(Sample.resources(rows))
    #expect(effects.cells?.count == 3)
    let newer = ResourceTable.Row(
      namespace: "shop",
      name: "cart-2",
      uid: "new",
      resourceVersion: "9",
      cells: ["cart-2", "1/1", "New", "0", "1s", "", ""]
    )
    let next = screen.driver.take(
      .cells([
        ObjectCells(rows[0].id, .gone), ObjectCells(rows[1].id, .row(Sample.podColumns, newer)),
        Sample.cells(rows[2]),
      ])
    )
    #expect(next.cells == nil)
    #expect(screen.driver.tick(Sample.now + .seconds(1)).cells == nil)
    #expect(!screen.lines[5].contains("New"), "It is said of an object that is not shown yet.")
  }

  @Test mutating func aClusterThatDoesNotAnswerHoldsUpNoOther() {
    let slow = (0..<3).map { Sample.row("slow-\($0)", cluster: "slow") }
    let quick = (0..<20).map { Sample.row("quick-\($0)", cluster: "quick") }
    let effects = screen.show(Sample.resources(slow + quick))
    let asked = effects.compactMap { effect -> [ClusterObject]? in
      if case .loadCells(let objects) = effect { objects } else { nil }
    }
    #expect(asked == [quick.prefix(12).map(\.id), slow.map(\.id)])
    let next = screen.driver.take(.cells(quick.prefix(12).map { Sample.cells($0) }))
    #expect(next.cells == quick[12..<16].map(\.id), "Those are in sight.")
  }

  @Test mutating func anObjectOfTheSameNameIsAnother() {
    screen.show(rows)
    let other = ResourcesPage.Row(
      cluster: "test",
      object: ClusterRows.Row(
        key: rows[0].object.key,
        uid: "new",
        resourceVersion: "9",
        creationTimestamp: Sample.now
      )
    )
    #expect(screen.show(Sample.resources([other, rows[1]])).cells == [other.id])
    #expect(screen.lines[4] == ">      shop        cart-1  ·      ·        ·         0s")
  }

  @Test mutating func theSelectionFollowsItsObject() {
    screen.show(rows)
    screen.press("j")
    var page = Sample.resources([Sample.row("a"), Sample.row("b")] + rows)
    #expect(screen.driver.take(.stale).rows?.locating == rows[1].id)
    page.locatedIndex = 3
    var query = screen.query
    query?.locating = rows[1].id
    if let query { screen.driver.take(.rows(page, for: query)) }
    #expect(screen.lines[7].hasPrefix(">      shop        cart-2"))
  }

  @Test mutating func theRowsInSightAndAPageOnEitherSideAreAskedFor() {
    screen.show(Sample.resources((0..<57).map { Sample.row("pod-\($0)") }, count: 1000))
    let query = screen.press("G").rows
    #expect(query?.offset == 1000 - 2 * 19 && query?.limit == 3 * 19)
    #expect(screen.lines[2].hasSuffix(" ↑ 981  1000"))
  }

  @Test mutating func aFilterIsTypedKeptAndCleared() {
    screen.show(rows)
    #expect(screen.press("/", "w", "e").rows?.rows.filter == FilterExpression(text: "we"))
    var page = Sample.resources([rows[2]])
    page.countWithoutFilter = 3
    screen.show(page)
    #expect(screen.lines[2].hasPrefix(" /we") && screen.lines[2].hasSuffix(" 1 of 3"))
    screen.press("enter")
    #expect(screen.lines[2].hasPrefix(" /we 0 all"))
    #expect(screen.press("esc").rows?.rows.filter.isEmpty == true)
    #expect(screen.lines[1].hasPrefix("── Pods ─"))
    screen.press("esc")
    #expect(screen.lines[1].hasPrefix("── Findings ─"))
  }

  @Test mutating func digitsShowNamespaces() {
    screen.show(rows)
    #expect(screen.press("3").rows?.rows.namespace == "shop")
    #expect(screen.lines[1].hasPrefix("── Pods in shop ─"))
    screen.show([rows[0]])
    #expect(screen.lines[3] == "  !    NAME    READY  STATUS   RESTARTS  AGE")
    #expect(screen.press("0").rows?.rows.namespace == .some(nil))
    screen.press("9")
    #expect(screen.lines[2].hasPrefix(" No namespace has the number 9."))
  }

  @Test mutating func onlyWhatHasFindingsIsShownOnAKey() {
    screen.show(rows)
    #expect(screen.press("ctrl-z").rows?.rows.onlyWeighted == true)
    #expect(screen.lines[1].hasPrefix("── Pods, faults only ─"))
    screen.show(Sample.resources([]))
    #expect(
      screen.lines[5] == "  ✔ Nothing is wrong with any of the pods. ctrl-z shows all."
    )
    #expect(screen.press("ctrl-z").rows?.rows.onlyWeighted == false)
  }

  @Test mutating func enterOpensTheFindingOrTheListOfThem() {
    screen.show([Sample.row("cart-1", findings: 1), Sample.row("cart-2", findings: 2), rows[2]])
    screen.press("enter")
    #expect(screen.lines[1].hasPrefix("── Finding "))
    screen.press("esc", "j", "enter")
    #expect(screen.lines[1].hasPrefix("── Findings of test ─"))
    #expect(screen.lines[2].hasPrefix(" /shop/cart-2"))
    screen.press("esc", "esc")
    screen.show([rows[1]])
    screen.press("enter")
    #expect(screen.lines[1].hasPrefix("── Pod shop/cart-2 @test ─"), "It is described.")
  }

  @Test(
    "What the graph knows is sorted there, and the other way round by the same key",
    arguments: [("N", .name), ("A", .age), ("P", .namespace)] as [(Key, RowQuery.Order)]
  )
  mutating func sorts(key: Key, order: RowQuery.Order) {
    screen.press("S")
    #expect(screen.lines[2].contains("No API server has told its columns yet."))
    screen.show(rows)
    screen.press("O")
    #expect(screen.lines[2].contains("No column is picked"))
    let first = screen.press(key).rows?.rows
    screen.show(rows)
    let second = screen.press(key).rows?.rows
    #expect(second?.order == order && first?.isReversed != second?.isReversed)
  }

  @Test mutating func columnsArePickedAndSortedByTheKeyboardAndTheMouse() {
    screen.show(rows)
    screen.press("shift-left")
    #expect(screen.press("O").rows?.rows.order == .weight)
    screen.show(rows)
    #expect(screen.lines[3].hasPrefix("  !↑ "))
    #expect(screen.driver.click(row: 3, column: 20).rows?.rows.order == .name)
    #expect(screen.press("shift-right", "shift-right", "shift-right", "O").column?.isFirst == true)
  }

  @Test mutating func anotherColumnIsLoadedInPagesAndSortedThen() throws {
    screen.show(rows)
    let first = try #require(screen.press("S").column)
    #expect(first.query.rows.order == .column("Status") && first.isFirst)
    #expect(screen.lines[2].hasPrefix(" Loading STATUS to sort by it; esc gives up."))
    var progress = ColumnProgress(time: Sample.now)
    (progress.loaded, progress.total) = (500, 900)
    let next = try #require(screen.driver.take(.column(progress, of: first.query)).column)
    #expect(next.query == first.query && !next.isFirst)
    #expect(screen.lines[2].contains("STATUS to sort by it: 500 of 900; esc gives up."))
    (progress.loaded, progress.isDone) = (900, true)
    let effects = screen.driver.take(.column(progress, of: first.query))
    #expect(effects.rows?.rows.order == .column("Status"))
    #expect(screen.lines[2].hasPrefix(" sorted by STATUS as of 12:00:00 UTC"))
    #expect(screen.lines[3].contains("STATUS↑"))
  }

  @Test mutating func loadingAColumnIsGivenUpOrFails() throws {
    screen.show(rows)
    let first = try #require(screen.press("S").column)
    screen.press("esc")
    #expect(screen.lines[1].hasPrefix("── Pods ─") && !screen.lines[2].contains("Loading"))
    var progress = ColumnProgress(time: Sample.now)
    #expect(screen.driver.take(.column(progress, of: first.query)).column == nil)
    screen.press("S")
    progress.problem = "Not allowed."
    progress.isDone = true
    screen.driver.take(.column(progress, of: first.query))
    #expect(screen.lines[2].hasPrefix(" Not sorted by STATUS: Not allowed."))
    #expect(screen.lines[3].contains("NAMESPACE↑"))
  }

  @Test mutating func ranksThatWereLostAreLoadedAgain() throws {
    screen.show(rows)
    let first = try #require(screen.press("S").column)
    var progress = ColumnProgress(time: Sample.now)
    progress.isDone = true
    let query = try #require(screen.driver.take(.column(progress, of: first.query)).rows)
    var page = Sample.resources(rows)
    page.isRanked = false
    #expect(screen.driver.take(.rows(page, for: query)).column?.isFirst == true)
    #expect(screen.driver.take(.rows(page, for: query)).column == nil, "It is under way.")
  }

  @Test mutating func anEmptyListSaysWhyAndWhatToDo() {
    screen.show(Sample.resources([]))
    #expect(screen.lines[5] == "  There are no Pods.")
    screen.press("3")
    screen.show(Sample.resources([]))
    #expect(screen.lines[5] == "  There are no Pods in shop. 0 shows all namespaces.")
    var page = Sample.resources([])
    page.visibility = [
      ("prod", "our-prod", .unseen("pods is forbidden")), ("stage", "stage", .pending),
    ]
    screen.show(page)
    #expect(
      Array(screen.lines[5...9]) == [
        "  prod: pods cannot be seen: pods is forbidden",
        "  You need list and watch: kubectl --context our-prod auth can-i list pods -A",
        "  Where you may in one namespace alone, start with --namespace NAME.",
        "  stage: pods are being listed…", "",
      ]
    )
    page.visibility = [("prod", "prod", .notServed)]
    screen.show(page)
    #expect(screen.lines[5] == "  prod serves no pods.")
  }

  @Test mutating func ofEventsTheLastComesFirstAndWhichAreFollowedIsSaid() {
    #expect(screen.run("ev").rows?.rows.order == .age)
    var page = Sample.resources([])
    page.fieldSelector = "type=Warning"
    screen.show(page)
    #expect(screen.lines[1].hasPrefix("── Events (type=Warning) ─"))
    #expect(
      Array(screen.lines[5...6]) == [
        "  There are no Events.", "  Only those with type=Warning are followed.",
      ]
    )
  }

  @Test mutating func cellsThatAreRefusedSayWhy() {
    let effects = screen.show(Sample.resources(rows))
    #expect(effects.cells?.count == 3)
    screen.driver.take(.cells(rows.map { ObjectCells($0.id, .failed("Not allowed: get.")) }))
    #expect(screen.lines[2].hasPrefix(" Columns are not told: Not allowed: get."))
    for second in 1...10 {
      #expect(screen.driver.tick(Sample.now + .seconds(second)).cells == nil)
    }
    #expect(screen.driver.tick(Sample.now + .seconds(11)).cells?.count == 3)
  }

  @Test mutating func hostileCellsDoNotReachTheTerminal() {
    screen.show([Sample.row("a\u{202e}b")], status: "\u{1b}[31mRun\n")
    #expect(screen.lines[4].hasPrefix(">      shop        a�b   1/1    �[31mRun�"))
  }

  @Test mutating func agesAgeAndNothingElseCostsAFrame() {
    screen.show(rows)
    let look = screen.driver.look
    screen.show(Sample.resources(rows))
    #expect(screen.driver.look == look)
    _ = screen.driver.tick(Sample.now + .seconds(3600))
    #expect(screen.lines[4].contains(" 61m"))
  }

  @Test(
    "It fits every size",
    arguments: [(60, 16), (80, 24), (200, 50), (400, 120)]
  )
  mutating func sizes(columns: Int, rows: Int) {
    screen = ResourcesDriver(columns, rows)
    screen.driver.take(.statuses([Sample.status(), Sample.status()]))
    let long = String(repeating: "long-name-", count: 12)
    let cluster = "arn:aws:eks:eu-central-1:123456789012:cluster/production"
    screen.show((0..<100).map { Sample.row("\(long)\($0)", namespace: long, cluster: cluster) })
    screen.press("ctrl-w")
    for _ in 0..<12 {
      screen.press("shift-right")
      #expect(screen.lines.count == rows)
      #expect(screen.lines.allSatisfy { DisplayText($0).width <= columns })
    }
  }

  @Test mutating func thePickedColumnComesInSight() {
    let long = String(repeating: "x", count: 50)
    screen.show([Sample.row(long, namespace: long)])
    screen.press("ctrl-w")
    #expect(screen.lines[3].hasSuffix("…") && !screen.lines[3].contains("NODE"))
    for _ in 0..<12 { screen.press("shift-right") }
    #expect(screen.lines[3].contains("NODE"))
  }
}

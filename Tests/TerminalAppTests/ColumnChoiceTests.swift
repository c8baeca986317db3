import KubernetesObjects
import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

/// Which columns lists show, and that it is kept.
@Suite struct ColumnChoiceTests {
  private let rows = [Sample.row("cart-1", findings: 2), Sample.row("web-1", namespace: "bank")]

  @Test func whatIsChosenIsWrittenAndReadAgain() {
    var choice = ColumnChoice()
    choice.toggle("READY", byDefault: true)
    choice.toggle("NOMINATED NODE", byDefault: false)
    choice.toggle("AGE", byDefault: true)
    choice.toggle("AGE", byDefault: true)
    #expect(choice.text == "+NOMINATED NODE\n-READY")
    #expect(ColumnChoice(choice.text) == choice)
    #expect(!choice.shows("READY", byDefault: true) && choice.shows("AGE", byDefault: true))
    #expect(choice.shows("NOMINATED NODE", byDefault: false))
    #expect(ColumnChoice("nonsense\n\n").isEmpty)
  }

  @Test func columnsOfAListAreChosenOverIt() {
    var screen = ResourcesDriver()
    screen.show(rows)
    screen.press("|")
    #expect(
      Array(screen.lines[2...12]) == [
        "                                                            ── Columns ─────────",
        "  !    NAMESPACE↑  NAME    READY  STATUS   RESTARTS  AGE     > ✓ FINDINGS",
        "> ✖ 2  shop        cart-1  1/1    Running  0         90s       ✓ NAMESPACE",
        "       bank        web-1   1/1    Running  0         90s       ✓ READY",
        "                                                               ✓ STATUS",
        "                                                               ✓ RESTARTS",
        "                                                               ✓ AGE",
        "                                                                 IP",
        "                                                                 NODE",
        "                                                            ────────────────────",
        "",
      ]
    )
    #expect(screen.lines[23].hasPrefix(" space Show or hide  * As at first  enter Done"))
    // What means something else in the list means nothing here.
    screen.press("j", "j", "space", "q", "|", "j", "j", "j", "j", "j", "j", "space", "esc")
    #expect(screen.lines[3] == "  !    NAMESPACE↑  NAME    STATUS   RESTARTS  AGE   IP")
    screen.press("|", "*", "enter")
    #expect(screen.lines[3] == "  !    NAMESPACE↑  NAME    READY  STATUS   RESTARTS  AGE")
  }

  @Test func columnsAndOrderAreKeptForEachKind() {
    var screen = ResourcesDriver()
    screen.show(rows)
    screen.press("|", "j", "j", "space", "esc")
    let asked = screen.press("S").column
    #expect(asked?.isFirst == true)
    guard let asked else { return }
    var progress = ColumnProgress(time: Sample.now)
    progress.isDone = true
    screen.driver.take(.column(progress, of: asked.query))
    screen.show(rows)
    #expect(screen.lines[3] == "  !    NAMESPACE  NAME    STATUS↑  RESTARTS  AGE")
    screen.run("services")
    screen.run("pods")
    let effects = screen.show(Sample.resources(rows, count: 2))
    #expect(effects.column?.query == asked.query)
    #expect(screen.lines[2].hasPrefix(" Loading STATUS to sort by it; esc gives up."))
    let kept = screen.driver.app.screens.last?.kept ?? [:]
    #expect(kept["sort of pods"] == "cell Status")
    #expect(kept["columns of pods"] == "-READY")
    screen.show(rows)
    #expect(!screen.lines[3].contains("READY"))
  }

  @Test func anOrderThatAsksForManyIsNotTakenUpAgain() {
    var pods = ResourcesScreen(ResourceScope(.samplePods))
    pods.restore(["sort of pods": "cell Status reversed"])
    pods.resize(Region(row: 2, column: 0, columns: 80, rows: 21))
    _ = pods.update(.rows(Sample.resources(rows, count: 100_000), for: pods.query))
    #expect(pods.notice == "Not sorted by STATUS as last time: that asks for all 100000 again.")
    #expect(pods.missing().column == nil)
  }

  @Test func columnsOfFindingsAreChosen() {
    var driver = AppDriver()
    driver.show([Sample.finding(1)])
    driver.press("|", "space", "j", "j", "space", "esc")
    #expect(driver.lines[3] == "    AGE  CHECK                      SUBJECT          FINDING")
    #expect(driver.app.screens.last?.kept["columns of findings"] == "+CHECK\n+SUBJECT")
    driver.resize(60, 16)
    driver.press("|", "j", "space", "esc")
    #expect(driver.lines[3].contains("SUBJECT"))
  }
}

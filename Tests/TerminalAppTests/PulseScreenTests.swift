import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import TerminalKit
import Testing

@testable import TerminalApp

@Suite struct PulseScreenTests {
  private var driver = AppDriver()

  /// Two clusters: what is wrong with the first grows, the second has been there for a quarter of an hour.
  static var history: FleetHistory {
    var history = FleetHistory()
    for look in 0..<FleetHistory.kept {
      var prod = Sample.status()
      prod.name = "prod"
      prod.now = Sample.now + .seconds(15 * look)
      prod.eventCount = look * look
      prod.findings = [.critical: look / 24, .warning: 20 - look / 24]
      prod.requests.medianLatency = .milliseconds(20)
      prod.requests.latency99 = .milliseconds(look == 200 ? 900 : 80)
      var stage = prod
      stage.name = "stage"
      stage.findings = [.warning: 5]
      history.add(
        look < 180 ? [prod] : [prod, stage],
        residentBytes: UInt64(50_000_000 + look * 100_000)
      )
    }
    return history
  }

  private mutating func open(_ columns: Int = 80, _ rows: Int = 24) {
    driver = AppDriver(columns, rows)
    var (prod, stage) = (Sample.status(), Sample.status())
    (prod.name, stage.name) = ("prod", "stage")
    driver.show([], [prod, stage])
    #expect(driver.run("pulse").contains(.loadHistory))
    driver.take(.history(Self.history))
  }

  @Test mutating func theLastHourIsShownInCharts() {
    open()
    #expect(
      Array(driver.lines[2...21]) == [
        " Findings  ✖ 9 critical  ▲ 16 warning   Events  63.6 a second",
        " 20 ⠉⠉⠉⠹⠤⠤⠤⣄⣀⣀⣀              ⢀⣀⣀        63.6                             ⢀⡤⠴⠚",
        "              ⠘⠒⠒⠒⠦⠤⠤⡄       ⢸ ⠘⠒⠒⠒⠦⠤⠤                               ⣀⡤⠖⠋⠉",
        "                     ⠉⠉⠉⠙⠒⠒⠒⣆⣸                                       ⡇",
        "                                                                     ⡇",
        "                               ⣀⣀⣀⣰⠒⠒⠒                              ⢀⡇",
        "                     ⣀⣀⣀⣠⠤⠤⠼⠉⠉⠉⠁                            ⢀⣀⣠⠤⠴⠒⠚⠉⠉",
        "              ⡤⠤⠤⠴⠒⠒⠒⠃                              ⣀⣀⡤⠤⠴⠒⠚⠉⠉",
        "  0 ⣀⣀⣀⣰⣒⣒⣚⣉⣉⣉⣁⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀⣀     0 ⣀⡤⠤⠖⠒⠋⠉⠁",
        "    60m ago                        now       60m ago                      now",
        " API latency  median 20 ms  p99 80 ms   Memory of KPatrol  73.9 MB",
        " 900                            ⢸⡇      73                       ⣀⣀⣀⣠⠤⠤⠤⠖⠒⠒⠋⠉",
        "                                ⢸⡇                 ⢀⣀⣀⣀⡤⠤⠤⠖⠒⠒⠚⠉⠉⠉⠁",
        "                                ⢸⡇         ⠤⠴⠒⠒⠒⠋⠉⠉⠉",
        "                                ⢸⡇",
        "                                ⢸⡇",
        "                                ⢸⡇",
        "                                ⢸⡇",
        "   0 ⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭⠭   0",
        "     60m ago                       now     60m ago                        now",
      ]
    )
    #expect(driver.canvas[3, 4].style.role == .warning)
  }

  @Test mutating func aWideScreenHasWideCharts() {
    open(200, 50)
    #expect(
      driver.lines[2]
        == " Findings  ✖ 9 critical  ▲ 16 warning  ● 0 info"
        + String(repeating: " ", count: 53) + "Events  63.6 a second"
    )
    #expect(driver.lines[3].hasPrefix(" 20 ⠉⠉⠉⠉⠉⠉⠉⠉⠉⢹   "))
    #expect(
      driver.lines[25] == " API latency  median 20 ms  p99 80 ms"
        + String(repeating: " ", count: 63) + "Memory of KPatrol  73.9 MB"
    )
    #expect(driver.lines[24].count { $0 == "w" } == 2, "Both axes end now.")
  }

  @Test mutating func clustersAreShownOneByOne() {
    open()
    driver.press("right")
    #expect(driver.lines[1].hasPrefix("── Pulse of prod, the last hour ─"))
    #expect(driver.lines[2].contains("▲ 11 warning"))
    driver.press("right")
    #expect(driver.lines[1].hasPrefix("── Pulse of stage, the last hour ─"))
    #expect(driver.lines[2].contains("✖ 0 critical  ▲ 5 warning"))
    driver.press("right")
    #expect(driver.lines[1].hasPrefix("── Pulse of all clusters, the last hour ─"))
    driver.press("left", "enter")
    #expect(driver.lines[1].hasPrefix("── Findings of stage ─"))
  }

  @Test mutating func beforeAnythingWasNotedTheAxesAreThere() {
    driver.show([])
    driver.run("pulse")
    #expect(driver.lines[2].contains("Findings") && driver.lines[2].contains("Events"))
  }

  @Test(arguments: [(60, 16), (400, 120)])
  mutating func itFitsEverySize(columns: Int, rows: Int) {
    open(columns, rows)
    #expect(driver.lines.allSatisfy { DisplayText($0).width <= columns })
    #expect(driver.lines[rows - 3].contains("now"))
  }
}

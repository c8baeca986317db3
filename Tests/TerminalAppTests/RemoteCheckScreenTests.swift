import Inspection
import KubernetesObjects
import Monitoring
import RemoteChecks
import TerminalKit
import Testing
import UserConfiguration

@testable import TerminalApp

/// How services that answer with findings are shown.
@Suite struct RemoteCheckScreenTests {
  private var driver = AppDriver()

  /// A service that cannot be asked, whose trouble is hostile.
  private static var failing: RemoteCheckStatus {
    var status = RemoteCheckStatus(name: "registries", place: "checks.example.com")
    (status.sent, status.answered, status.failed, status.waiting) = (120, 100, 3, 7)
    (status.findings, status.latency) = (4, .milliseconds(12))
    status.failingSince = Timestamp(millisecondsSince1970: 0)
    status.trouble = "it answered with status 503 \u{1B}[2J"
    return status
  }

  @Test mutating func theFleetTellsHowTheyStand() {
    driver.resize(200, 50)
    var status = Sample.status()
    var well = RemoteCheckStatus(name: "costs", place: "127.0.0.1:8080")
    (well.sent, well.answered, well.isKnown) = (5, 5, true)
    status.remoteChecks = [Self.failing, well]
    driver.press("F")
    driver.take(.statuses([status]))
    let text = driver.lines.joined(separator: "\n")
    #expect(text.contains("registries (checks.example.com): 120 sent, 100 answered, 3 failed,"))
    #expect(text.contains("12 ms: cannot be asked since 1970-01-01T00:00:00Z"))
    #expect(text.contains("costs (127.0.0.1:8080): 5 sent, 5 answered, 0 waiting, 0 findings"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test func theCheckTellsHowItsServiceStands() throws {
    var share = CataloguePage.Share(cluster: "prod")
    share.remote = Self.failing
    var row = CataloguePage.Row(
      RemoteFindingCheck(
        try RemoteCheck(
          RemoteCheckSettings(name: "registries", url: "https://checks.example.com", kinds: [])
        )
      ),
      window: .zero
    )
    row.shares = [share]
    var page = CataloguePage()
    page.rows = [row]
    var canvas = Canvas(Size(columns: 200, rows: 50))
    var screen = CheckScreen("remote/registries", in: page, cluster: nil)
    let region = Region(row: 0, column: 0, columns: 200, rows: 50)
    screen.resize(region)
    screen.draw(on: &canvas, in: region)
    let text = canvas.lines.joined(separator: "\n")
    #expect(text.contains("registries (checks.example.com): 120 sent, 100 answered, 3 failed,"))
    #expect(!text.contains("\u{1B}"))
  }
}

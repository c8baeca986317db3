import KubernetesObjects
import Testing

@testable import Inspection
@testable import Monitoring
@testable import TerminalApp

@Suite struct PlainFeedTests {
  private var feed = PlainFeed()
  private let time = Sample.now

  @Test mutating func whatChangesIsTold() {
    let first = Sample.finding(1)
    #expect(
      feed.take([first], at: time) == [
        "12:00:00 UTC, test: raised, critical: Pod shop/pod-1 does not finish terminating"
      ]
    )
    #expect(feed.take([first], at: time).isEmpty)
    let worse = Sample.finding(1, severity: .warning, message: "now\u{1b}[2J else")
    #expect(
      feed.take([worse, Sample.finding(2, severity: .info)], at: time) == [
        "12:00:00 UTC, test: changed, warning: now\u{fffd}[2J else",
        "12:00:00 UTC, test: raised, info: Pod shop/pod-2 does not finish terminating",
      ]
    )
    #expect(
      feed.take([Sample.finding(2, severity: .info)], at: time) == [
        "12:00:00 UTC, test: resolved, warning: now\u{fffd}[2J else"
      ]
    )
  }

  @Test mutating func theConnectionIsTold() {
    #expect(
      feed.take([Sample.status(.syncing)], at: time) == [
        "12:00:00 UTC, test: syncing. Findings come once all kinds are listed."
      ]
    )
    #expect(
      feed.take([Sample.status()], at: time) == [
        "12:00:00 UTC, test: live, everything is inspected."
      ]
    )
    #expect(feed.take([Sample.status()], at: time).isEmpty)
    #expect(
      feed.take([Sample.status(.disconnected("no route."))], at: time) == [
        "12:00:00 UTC, test: disconnected. What was told is not up to date. no route."
      ]
    )
  }
}

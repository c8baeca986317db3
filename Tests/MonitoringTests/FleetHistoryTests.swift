import Inspection
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Testing

@testable import Monitoring

@Suite struct FleetHistoryTests {
  private func status(_ name: String, at seconds: Int, events: Int, critical: Int = 0)
    -> ClusterStatus
  {
    let now = Timestamp.noon + .seconds(seconds)
    var status = ClusterStatus(name: name, server: "", connectionSince: .noon, now: now)
    status.eventCount = events
    status.eventsPerSecond = 99
    status.findings = [.critical: critical]
    status.requests.latency99 = .milliseconds(seconds)
    return status
  }

  @Test func ringsHoldAnHourAndNoMore() {
    var history = FleetHistory()
    for look in 0..<1000 {
      history.add([status("prod", at: 15 * look, events: look)], residentBytes: UInt64(look))
    }
    #expect(history.samples["prod"]?.count == 240)
    #expect(history.samples["prod"]?.first?.time == .noon + .seconds(760 * 15))
    #expect(history.residentBytes == Array(760..<1000))
    let span = FleetHistory.interval * FleetHistory.kept
    #expect(span == .seconds(3600))
  }

  @Test func eventsAreCountedFromLookToLook() {
    var history = FleetHistory()
    history.add([status("prod", at: 0, events: 1000)], residentBytes: 1)
    history.add([status("prod", at: 15, events: 1300, critical: 2)], residentBytes: 1)
    history.add(
      [status("prod", at: 30, events: 1300), status("stage", at: 30, events: 5)],
      residentBytes: 1
    )
    let samples = history.samples["prod"] ?? []
    // Of the first look it is not known how many came before.
    #expect(samples.map(\.eventsPerSecond) == [99, 20, 0])
    #expect(samples.map { $0.findings[.critical] } == [0, 2, 0])
    #expect(samples.map(\.latency99) == [.zero, .milliseconds(15), .milliseconds(30)])
    #expect(history.samples["stage"]?.count == 1)
  }

  @Test func theMemoryOfThisProcessIsKnown() {
    // A test process has more than a megabyte and less than the machine.
    #expect((1 << 20..<1 << 40).contains(ProcessMemory.residentBytes))
  }

  @Test func lagIsHowLongAChangeWaitsToBeInspected() {
    var lag = InspectionLag()
    let noon = Timestamp.noon
    #expect(lag.lag(at: noon) == .zero)
    lag.noteChange(at: noon)
    lag.noteChange(at: noon + .milliseconds(80))
    #expect(lag.lag(at: noon + .milliseconds(90)) == .milliseconds(90))
    lag.noteBegin()
    // What comes while that is inspected waits for the next time.
    lag.noteChange(at: noon + .milliseconds(110))
    lag.noteEnd(at: noon + .milliseconds(130))
    #expect(lag.lag(at: noon + .milliseconds(140)) == .milliseconds(30))
    lag.noteBegin()
    lag.noteEnd(at: noon + .milliseconds(200))
    #expect(lag.lag(at: noon + .seconds(1)) == .milliseconds(90), "It is told for a moment.")
    #expect(lag.lag(at: noon + .seconds(10)) == .zero)
  }
}

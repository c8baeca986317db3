package import EventDelivery
package import Monitoring

/// Tells a sink of the agent's findings, and says how that stands.
///
/// An agent is ready without its sink: what it finds is listed, and waits in the outbox.
package struct EventService: AgentService {
  private let delivery: EventDelivery
  private let fleet: Fleet
  private let intake: EventIntake
  private let clock: WallClock

  package init(
    _ delivery: EventDelivery,
    _ fleet: Fleet,
    _ intake: EventIntake,
    clock: WallClock = .system
  ) {
    self.delivery = delivery
    self.fleet = fleet
    self.intake = intake
    self.clock = clock
  }

  package func run() async { await delivery.run(following: fleet) }

  package func metricFamilies() async -> [MetricFamily] {
    EventMetrics.families(await delivery.status(), intake.counts, at: clock.now())
  }

  package func readiness() async -> [Readiness.Part] {
    let status = await delivery.status()
    return [
      Readiness.Part(name: "events", trouble: nil, remark: status.summary(at: clock.now()))
    ]
  }
}

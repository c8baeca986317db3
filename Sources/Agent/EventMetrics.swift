import EventDelivery
import KubernetesObjects

/// What is measured of events: how many went, wait, and were lost.
enum EventMetrics {
  static func families(
    _ status: DeliveryStatus,
    _ received: EventIntake.Counts,
    at now: Timestamp
  ) -> [MetricFamily] {
    [
      gauge(
        "kpatrol_outbox_events",
        "CloudEvents that wait for the sink.",
        Double(status.waiting.events)
      ),
      gauge(
        "kpatrol_outbox_bytes",
        "How large they are together.",
        Double(status.waiting.bytes)
      ),
      gauge(
        "kpatrol_outbox_oldest_seconds",
        "How long the oldest of them has waited.",
        status.waiting.oldest.map { max(0, $0.elapsed(to: now).seconds) } ?? 0
      ),
      gauge(
        "kpatrol_sink_up",
        "Whether the sink took what it was last sent.",
        status.sink.failingSince == nil ? 1 : 0
      ),
      counter(
        "kpatrol_cloudevents_sent",
        "CloudEvents that the sink took.",
        "type",
        status.sink.sent
      ),
      counter(
        "kpatrol_cloudevents_refused",
        "CloudEvents that the sink will never take.",
        "type",
        status.sink.refused
      ),
      counter(
        "kpatrol_cloudevents_dropped",
        "CloudEvents for which the outbox had no room.",
        "type",
        status.dropped
      ),
      counter(
        "kpatrol_cloudevent_requests_failed",
        "Requests to the sink that came to nothing and are made again.",
        nil,
        ["": status.sink.failedRequests]
      ),
      counter(
        "kpatrol_cloudevents_received",
        "CloudEvents that came in, by what became of them.",
        "outcome",
        received.byOutcome
      ),
    ]
  }

  private static func gauge(_ name: String, _ help: String, _ value: Double) -> MetricFamily {
    var family = MetricFamily(name, .gauge, help)
    family.add(value)
    return family
  }

  private static func counter(
    _ name: String,
    _ help: String,
    _ label: String?,
    _ counts: [String: Int]
  ) -> MetricFamily {
    var family = MetricFamily(name, .counter, help)
    for (value, count) in counts.sorted(by: { $0.key < $1.key }) {
      if let label {
        family.add(Double(count), (label, value))
      } else {
        family.add(Double(count))
      }
    }
    return family
  }
}

import ClusterGraph
import Inspection
import KubernetesObjects

/// Finds objects about which many warnings are written.
struct EventBurst: Check {
  let id: CheckID = "unhealthy/event-burst"
  let title = "Many warnings about one object"
  let severity = Severity.info
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs = [Event.kind]
  let count = Threshold("events", 20, "how many warnings are many")
  let window = Threshold("minutes", 10, "within how many minutes")
  var thresholds: [Threshold] { [count, window] }
  let explanation = """
    Somebody tries something over and over, and says each time that it fails. The message tells \
    what; such Events also fill the API server's storage. \
    Verify: kubectl get events -n NAMESPACE --field-selector involvedObject.name=NAME
    """

  func inspect(_ subject: ObjectSubject, in cluster: ClusterView) -> [Observation] {
    guard cluster.hasReferrer(over: .event) else { return [] }
    let wanted = cluster.value(of: count)
    let minutes = Int(cluster.value(of: window))
    let window = Duration.seconds(minutes * 60)
    let rows = cluster.referrers(over: .event).compactMap { neighbour in
      (neighbour.presence.record as? Event).flatMap { event in
        event.isWarning
          ? (event: event, times: times(of: event, neighbour, in: cluster, window)) : nil
      }
    }
    let all = rows.flatMap(\.times).sorted()
    guard let burst = Burst(all, atLeast: wanted, within: window),
      let loudest = rows.max(by: { $0.times.count < $1.times.count })?.event
    else { return [] }
    return [
      Observation(
        "\(subject.record.key) had \(burst.count) warnings or more within \(minutes) min, "
          + "most of them \(loudest.reason)",
        evidence: [
          Evidence(loudest.id, "reason", loudest.reason),
          Evidence(loudest.id, "message", loudest.message),
          Evidence(loudest.id, "count", "\(loudest.count)"),
        ],
        related: [loudest.id],
        beginning: .at(burst.last),
        end: burst.end
      )
    ]
  }

  /// When an Event's warning came, as far as is known: one that was counted within the time since it
  /// was first written came that often.
  private func times(
    of event: Event,
    _ neighbour: Neighbour,
    in cluster: ClusterView,
    _ window: Duration
  ) -> [Timestamp] {
    let seen = cluster.moments(.recurrence, of: neighbour)
    guard let first = event.metadata.creationTimestamp else { return seen }
    guard let last = event.lastTime, first.elapsed(to: last) <= window,
      event.count > seen.count + 1
    else { return [first] + seen }
    return [first] + Array(repeating: last, count: min(event.count - 1, 99))
  }
}

import Inspection
import KubernetesObjects
import Monitoring
import WireFormats

/// What one Alertmanager is to be told, as Prometheus tells it: what holds, again and again, and for a
/// while what is over.
///
/// See https://prometheus.io/docs/alerting/latest/alerts_api. A value without a clock or a network.
struct AlertBoard: Sendable {
  /// For so long it is told again that an alert is over, as Prometheus does it.
  static let resolvedRetention = Duration.seconds(15 * 60)
  /// So many alerts are told at once.
  static let batchSize = 500
  /// An alert is over that was not told again for so many times the interval.
  private static let patience = 4

  private struct Alert: Sendable {
    let labels: [String: String]
    let annotations: [String: String]
    let start: Timestamp
    /// When it was over; `nil` while it holds.
    var end: Timestamp?
    /// When it was told last in this state; `nil` where it was not yet.
    var told: Timestamp?
  }

  private let interval: Duration
  private var alerts: [[String: String]: Alert] = [:]
  /// What alert each finding is.
  private var labels: [FindingID: [String: String]] = [:]

  init(repeatingEvery interval: Duration) { self.interval = interval }

  /// The findings that hold as far as it knows.
  var ids: Set<FindingID> { Set(labels.keys) }

  /// Takes in how a finding is now: `nil` where it is over, or is nothing to tell.
  mutating func note(_ id: FindingID, _ known: KnownFinding?, at now: Timestamp) {
    let new = known.map(Self.labels)
    if let old = labels[id], old != new {
      // An alert is what its labels are: one with another severity is another.
      alerts[old]?.end = now
      alerts[old]?.told = nil
      labels[id] = nil
    }
    guard let new, let known else { return }
    let annotations = Self.annotations(of: known)
    let isAsBefore =
      alerts[new]?.end == nil && alerts[new]?.annotations == annotations && labels[id] == new
    labels[id] = new
    guard !isAsBefore else { return }
    alerts[new] = Alert(labels: new, annotations: annotations, start: known.finding.since)
  }

  /// Forgets a finding that others tell of from now on: its alert is not over.
  mutating func leave(_ id: FindingID) {
    if let old = labels.removeValue(forKey: id) { alerts[old] = nil }
  }

  /// The alerts to tell now, and how to say later that they were taken.
  mutating func due(at now: Timestamp) -> (keys: [[String: String]], body: JSONValue)? {
    // It is asked each second of all there are: nothing is hashed but what is forgotten.
    var due: [(key: [String: String], value: Alert)] = []
    var forgotten: [[String: String]] = []
    for (key, alert) in alerts {
      if let end = alert.end, end + Self.resolvedRetention <= now {
        forgotten.append(key)
      } else if due.count < Self.batchSize, alert.told.map({ $0 + interval <= now }) ?? true {
        due.append((key, alert))
      }
    }
    for key in forgotten { alerts[key] = nil }
    guard !due.isEmpty else { return nil }
    let body = due.map { _, alert -> JSONValue in
      [
        "labels": .object(alert.labels.mapValues { .string($0) }),
        "annotations": .object(alert.annotations.mapValues { .string($0) }),
        "startsAt": .string(alert.start.rfc3339),
        "endsAt": .string((alert.end ?? now + interval * Self.patience).rfc3339),
      ]
    }
    return (due.map(\.key), .array(body))
  }

  /// Takes in that alerts were told at a time.
  mutating func noteTold(_ keys: [[String: String]], at time: Timestamp) {
    for key in keys { alerts[key]?.told = time }
  }

  private static func labels(_ known: KnownFinding) -> [String: String] {
    let finding = known.finding
    let key = finding.subject.objectKey
    let labels = [
      "alertname": finding.check.description, "cluster": finding.cluster,
      "namespace": key?.namespace ?? "", "kind": key?.kind.name ?? "",
      "name": key?.name ?? finding.subject.description, "severity": finding.severity.name,
      "team": known.team, "finding": finding.id.description,
    ]
    // An empty label is none.
    return labels.filter { !$0.value.isEmpty }
  }

  private static func annotations(of known: KnownFinding) -> [String: String] {
    [
      "summary": known.finding.message,
      "description":
        "Open it: kpatrol --context \(known.finding.cluster) --finding \(known.finding.id)",
    ]
  }
}

import ClusterGraph
import Inspection
import KubernetesObjects

extension ClusterView {
  /// The newest warning about the subject that has one of these reasons, or any where there are
  /// none.
  func newestWarning(_ reasons: Set<String> = []) -> Event? {
    guard hasReferrer(over: .event) else { return nil }
    var newest: Event?
    for neighbour in referrers(over: .event) {
      guard let event = neighbour.presence.record as? Event, event.isWarning,
        reasons.isEmpty || reasons.contains(event.reason)
      else { continue }
      if let known = newest?.lastTime, let time = event.lastTime, time <= known { continue }
      newest = event
    }
    return newest
  }
}

extension Event {
  /// What it says, as evidence.
  var evidence: Evidence { Evidence(id, "message", "\(reason): \(message.inOneLine)") }
}

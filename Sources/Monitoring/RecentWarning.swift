import ClusterGraph
package import KubernetesObjects

/// What a warning Event says of an object around a finding.
package struct RecentWarning: Sendable, Equatable {
  package let time: Timestamp?
  package let object: ObjectKey
  package let reason: String
  package let message: String
  package let count: Int

  package init(
    time: Timestamp?,
    object: ObjectKey,
    reason: String,
    message: String,
    count: Int = 1
  ) {
    self.time = time
    self.object = object
    self.reason = reason
    self.message = message
    self.count = count
  }
}

extension ClusterGraph {
  /// The warnings about some objects, newest first.
  func warnings(about keys: [ObjectKey], limit: Int) -> [RecentWarning] {
    var seen: Set<ObjectKey> = []
    var warnings: [RecentWarning] = []
    for key in keys.prefix(8) where seen.insert(key).inserted {
      guard let handle = handle(of: .object(key)), hasReferrer(handle, over: .event) else {
        continue
      }
      for neighbour in referrers(of: handle, over: .event) {
        guard let event = neighbour.presence.record as? Event, event.isWarning else { continue }
        warnings.append(
          RecentWarning(
            time: event.lastTime,
            object: key,
            reason: event.reason,
            message: event.message,
            count: event.count
          )
        )
      }
    }
    let oldest = Timestamp(millisecondsSince1970: 0)
    return Array(
      warnings.sorted { left, right in
        let (first, second) = (left.time ?? oldest, right.time ?? oldest)
        return first == second ? left.message < right.message : first > second
      }.prefix(limit)
    )
  }
}

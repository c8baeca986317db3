import ClusterGraph
package import Inspection
package import KubernetesClient
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

extension RecentWarning {
  /// What an API server told of an Event about an object; `nil` where it warns of nothing.
  package init?(_ event: ObjectEvent, about object: ObjectKey) {
    guard event.isWarning else { return nil }
    self.init(
      time: event.last,
      object: object,
      reason: event.reason,
      message: event.message,
      count: event.count
    )
  }

  /// The newest of warnings, as many as are listed.
  package static func newest(_ warnings: [RecentWarning]) -> [RecentWarning] {
    let oldest = Timestamp(millisecondsSince1970: 0)
    return Array(
      warnings.sorted { left, right in
        let (first, second) = (left.time ?? oldest, right.time ?? oldest)
        return first == second ? left.message < right.message : first > second
      }.prefix(FindingDetail.listedWarnings)
    )
  }
}

extension Finding {
  /// The objects that it is about, or that are at fault with it.
  package var concerned: [ObjectKey] { ([subject] + related).compactMap(\.objectKey) }
}

extension ClusterGraph {
  /// Whether it would hear of warnings about all of these objects.
  func followsEvents(about keys: [ObjectKey]) -> Bool {
    switch knowledge(of: Event.kind) {
    case .known: true
    // Events about what is in no namespace stand in `default`, or wherever.
    case .knownIn(let namespaces): keys.allSatisfy { namespaces.contains($0.namespace) }
    case .unknown: false
    }
  }

  /// The warnings about some objects, newest first.
  func warnings(about keys: [ObjectKey]) -> [RecentWarning] {
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
    return RecentWarning.newest(warnings)
  }
}

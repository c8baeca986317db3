package import KubernetesObjects

/// How the telling of events stands.
package struct DeliveryStatus: Sendable {
  /// The sink's host.
  package let place: String
  package let sink: SinkStatus
  package var waiting = Outbox.Size()
  package var dropped: DroppedEvents = [:]
  /// Why nothing can be written down.
  package var problem: String?

  init(place: String, sink: SinkStatus) { (self.place, self.sink) = (place, sink) }

  /// It in a sentence.
  package func summary(at now: Timestamp) -> String {
    var parts = ["\(sink.sent.values.reduce(0, +)) sent", "\(waiting.events) waiting"]
    if let oldest = waiting.oldest {
      parts.append("the oldest for \(max(0, oldest.elapsed(to: now).components.seconds)) s")
    }
    let counts = [("refused", sink.refused), ("dropped", dropped)]
    for (name, counts) in counts where !counts.isEmpty {
      parts.append("\(counts.values.reduce(0, +)) \(name)")
    }
    let trouble =
      sink.failingSince.map { ", cannot be told since \($0.rfc3339): \(sink.trouble ?? "")" }
      ?? problem.map { ", \($0)" } ?? ""
    return "\(place): \(parts.joined(separator: ", "))\(trouble)"
  }
}

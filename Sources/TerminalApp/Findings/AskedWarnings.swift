import Inspection
import KubernetesObjects
import Monitoring

/// The warnings about what a finding is about, where Events are not followed: asked for while it is read.
struct AskedWarnings: Sendable, Equatable {
  /// Of a hundred Pods with one fault some show what there is to see.
  private static let limit = 4
  /// How often they are asked for, in seconds.
  static let interval = 15

  let objects: [ClusterObject]
  private var answers: [ClusterObject: ObjectEvents] = [:]

  init(about finding: Finding) {
    var seen: Set<ObjectKey> = []
    objects = finding.concerned.filter { seen.insert($0).inserted }.prefix(Self.limit)
      .map { ClusterObject(cluster: finding.cluster, key: $0) }
  }

  var effects: [Effect] { objects.map { .loadEvents($0) } }

  /// Whether every one of them was answered.
  var isComplete: Bool { answers.count == objects.count }

  /// Takes in an answer; false where it was not asked for.
  mutating func take(_ events: ObjectEvents, about object: ClusterObject) -> Bool {
    guard objects.contains(object) else { return false }
    answers[object] = events
    return true
  }

  /// What was told so far, newest first.
  var warnings: [RecentWarning] {
    RecentWarning.newest(
      answers.flatMap { object, events -> [RecentWarning] in
        guard case .events(let events) = events else { return [] }
        return events.compactMap { RecentWarning($0, about: object.key) }
      }
    )
  }

  /// Why some of them could not be told.
  var failure: String? {
    objects.lazy.compactMap { object in
      if case .failed(let reason)? = answers[object] { reason } else { nil }
    }.first
  }
}

package import KubernetesObjects

/// How things stand when a plan is judged, beside what the graph shows.
package struct HealSituation: Sendable, Equatable {
  package let time: Timestamp
  /// Whether all healing is paused.
  package var isPaused = false
  /// Why the picture of a kind is behind, for those of which it is.
  package var staleKinds: [ObjectKind: String] = [:]
  /// When plans were carried out in the cluster lately.
  package var actions: [Timestamp] = []
  /// When something was last done to an object.
  package var lastTries: [ObjectKey: Timestamp] = [:]
  /// Why it is not known what was done lately; `nil` where it is.
  package var unknownPast: String?
  /// How many plans are carried out before this one that are confirmed with it.
  package var plansBefore = 0

  package init(at time: Timestamp) { self.time = time }

  /// How many plans were carried out within the last hour.
  var recentActions: Int { actions.count { $0 + .seconds(3600) > time } }
}

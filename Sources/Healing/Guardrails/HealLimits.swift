/// How much may be healed, and when; a user may go beyond it by the highest grade of confirmation.
package struct HealLimits: Sendable, Equatable {
  /// How many plans are carried out in a cluster within an hour.
  package var actionsPerHour = 60
  /// How many percent of a workload's Pods, and of a cluster's Nodes and Pods, one plan may take away;
  /// one it always may.
  package var sharePercent = 30
  /// From how many percent of Nodes on that are not ready the fault is believed to be elsewhere; one Node
  /// is no storm.
  package var stormPercent = 30
  /// For how long an object is left alone that something was done to.
  package var coolDown = Duration.seconds(600)
  /// When something may be done; always where there are none.
  package var windows: [MaintenanceWindow] = []

  package init() {}
}

/// The form that a fault has in the graph; every fault has one of these six.
package enum Shape: String, Sendable, CaseIterable {
  /// One vertex is claimed by two that may not share it.
  case conflict
  /// An edge ends at an absent vertex, or nothing needs a vertex.
  case dangling
  /// Two sources disagree about one vertex.
  case drift
  /// It works, and will hurt later.
  case risk
  /// A transition does not end.
  case stuck
  /// The object itself says that it is not well.
  case unhealthy
}

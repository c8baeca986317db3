import KubernetesObjects

/// How far findings are behind what the streams brought.
struct InspectionLag: Sendable {
  /// Since when something waits to be inspected.
  private var waitingSince: Timestamp?
  /// Since when that waits which is being inspected.
  private var begunSince: Timestamp?
  private var last = Duration.zero
  private var lastEnd: Timestamp?

  /// For how long the last lag is told once all is inspected.
  private static let memory = Duration.seconds(5)

  mutating func noteChange(at now: Timestamp) { waitingSince = waitingSince ?? now }

  mutating func noteBegin() { (begunSince, waitingSince) = (begunSince ?? waitingSince, nil) }

  mutating func noteEnd(at now: Timestamp) {
    guard let since = begunSince else { return }
    (last, lastEnd, begunSince) = (since.elapsed(to: now), now, nil)
  }

  /// How long what waits has waited, or what was inspected lately had to.
  func lag(at now: Timestamp) -> Duration {
    if let since = begunSince ?? waitingSince { return max(.zero, since.elapsed(to: now)) }
    guard let lastEnd, lastEnd.elapsed(to: now) < Self.memory else { return .zero }
    return last
  }
}

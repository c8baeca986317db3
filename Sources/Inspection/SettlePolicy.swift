/// How long conditions must hold before they are findings.
package enum SettlePolicy: Sendable, Equatable {
  /// As each check declares, or ``CheckSettings`` say instead.
  case declared
  /// As each check declares, but no longer than this: for demonstrations.
  case atMost(Duration)
  /// As each check declares; but a condition that does not tell since when it holds counts once it
  /// was seen for so long, for the cluster is watched no longer. What is ordinary for a moment stays a
  /// suspect where there is no more than one.
  case watch(Duration)

  /// The cluster is looked at only once.
  package static let singleLook = SettlePolicy.watch(.zero)

  /// How long what was observed must hold, where its check says `settles`.
  func window(_ settles: Duration, for observation: Observation) -> Duration {
    switch self {
    case .declared: settles
    case .atMost(let limit): min(settles, limit)
    case .watch(let length):
      switch observation.beginning {
      case .whenSeen: min(settles, length)
      case .whenSeenTwice: length > .zero ? min(settles, length) : settles
      case .at, .notBefore, .from: settles
      }
    }
  }
}

/// How long conditions must hold before they are findings.
package enum SettlePolicy: Sendable, Equatable {
  /// As each check declares, or ``CheckSettings`` say instead.
  case declared
  /// As each check declares, but no longer than this: for demonstrations.
  case atMost(Duration)
  /// As each check declares; but a condition that does not tell since when it holds counts at
  /// once, for it is looked at only once.
  case singleLook

  /// How long what was observed must hold, where its check says `settles`.
  func window(_ settles: Duration, for observation: Observation) -> Duration {
    switch self {
    case .declared: settles
    case .atMost(let limit): min(settles, limit)
    case .singleLook: observation.beginning == .whenSeen ? .zero : settles
    }
  }
}

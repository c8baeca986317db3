/// How long conditions must hold before they are findings.
package enum SettlePolicy: Sendable, Equatable {
  /// As each check declares.
  case declared
  /// As each check declares, but no longer than this: for demonstrations.
  case atMost(Duration)
  /// As each check declares; but a condition that does not tell since when it holds counts at
  /// once, for it is looked at only once.
  case singleLook

  func window(of check: some Check, for observation: Observation) -> Duration {
    switch self {
    case .declared: check.settles
    case .atMost(let limit): min(check.settles, limit)
    case .singleLook: observation.beginning == .whenSeen ? .zero : check.settles
    }
  }
}

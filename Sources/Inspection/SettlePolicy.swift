/// How long conditions must hold before they are findings.
package enum SettlePolicy: Sendable, Equatable {
  /// As each check declares.
  case declared
  /// As each check declares, but no longer than this: for demonstrations.
  case atMost(Duration)

  func window(of check: some Check) -> Duration {
    switch self {
    case .declared: check.settles
    case .atMost(let limit): min(check.settles, limit)
    }
  }
}

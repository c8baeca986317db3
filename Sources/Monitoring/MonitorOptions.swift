package import Inspection

/// What a monitor is told at the start.
package struct MonitorOptions: Sendable {
  package var checks: [any Check]
  package var settlePolicy: SettlePolicy
  /// Only this namespace's objects, of namespaced kinds; `nil` for all.
  package var namespace: String?
  package var isReadOnly: Bool

  package init(
    checks: [any Check],
    settlePolicy: SettlePolicy = .declared,
    namespace: String? = nil,
    isReadOnly: Bool = false
  ) {
    self.checks = checks
    self.settlePolicy = settlePolicy
    self.namespace = namespace
    self.isReadOnly = isReadOnly
  }
}

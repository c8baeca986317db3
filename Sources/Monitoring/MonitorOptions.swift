package import Healing
package import Inspection

/// What a monitor is told at the start.
package struct MonitorOptions: Sendable {
  package var checks: [any Check]
  /// What the user changed of the checks.
  package var checkSettings: CheckSettings
  package var settlePolicy: SettlePolicy
  /// Only this namespace's objects, of namespaced kinds; `nil` for all.
  package var namespace: String?
  /// What must not be changed; by default all may be that a plan says.
  package var guardrails: Guardrails

  package init(
    checks: [any Check],
    checkSettings: CheckSettings = CheckSettings(),
    settlePolicy: SettlePolicy = .declared,
    namespace: String? = nil,
    guardrails: Guardrails = Guardrails()
  ) {
    self.checks = checks
    self.checkSettings = checkSettings
    self.settlePolicy = settlePolicy
    self.namespace = namespace
    self.guardrails = guardrails
  }
}

/// What a user changed of the checks; what is not named here is as each check declares it.
package struct CheckSettings: Sendable, Equatable {
  /// The changes of one check.
  package struct Override: Sendable, Equatable {
    /// `false` switches the check off, and `true` on, whatever its profile.
    package var isEnabled: Bool?
    package var severity: Severity?
    /// How long the condition must hold before it is a finding.
    package var settles: Duration?
    /// Thresholds by their names.
    package var thresholds: [String: Double]

    package init(
      isEnabled: Bool? = nil,
      severity: Severity? = nil,
      settles: Duration? = nil,
      thresholds: [String: Double] = [:]
    ) {
      self.isEnabled = isEnabled
      self.severity = severity
      self.settles = settles
      self.thresholds = thresholds
    }
  }

  package var overrides: [CheckID: Override]
  /// The profiles whose checks are run.
  package var profile: ProfileSelection

  package init(_ overrides: [CheckID: Override] = [:], profile: ProfileSelection = .all) {
    self.overrides = overrides
    self.profile = profile
  }

  /// Whether a check is run.
  package func isEnabled(_ check: any Check) -> Bool {
    overrides[check.id]?.isEnabled ?? profile.includes(check.profile)
  }

  /// The checks that are run.
  package func enabled(among checks: [any Check]) -> [any Check] { checks.filter(isEnabled) }

  /// How much it matters what a check `saw`.
  package func severity(of check: any Check, seeing observation: Observation) -> Severity {
    overrides[check.id]?.severity ?? observation.severity ?? check.severity
  }

  package func severity(of check: any Check) -> Severity {
    overrides[check.id]?.severity ?? check.severity
  }

  package func settles(_ check: any Check) -> Duration {
    overrides[check.id]?.settles ?? check.settles
  }
}

/// Where a check is run unless the user says otherwise.
package enum CheckProfile: String, Sendable, CaseIterable {
  /// Everywhere.
  case `default`
  /// In a scan; not on the live screen, where what could be tidier would hide what is broken.
  case hygiene
}

/// The checks of which profiles are run.
package enum ProfileSelection: String, Sendable, CaseIterable {
  /// What is broken, or soon will be.
  case `default`
  /// What could be tidier.
  case hygiene
  case all

  package func includes(_ profile: CheckProfile) -> Bool {
    self == .all || rawValue == profile.rawValue
  }
}

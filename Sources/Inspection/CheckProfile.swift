/// Where a check is run unless the user says otherwise.
package enum CheckProfile: String, Sendable, CaseIterable {
  /// Everywhere.
  case `default`
  /// In a scan; not on the live screen, where what could be tidier would hide what is broken.
  case hygiene
}

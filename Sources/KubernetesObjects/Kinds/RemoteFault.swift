/// That a remote check does not work as it was meant.
package struct RemoteFault: Hashable, Sendable {
  /// The check's name.
  package let name: String
  /// What is wrong, and what helps.
  package let reason: String
  /// Since when its service cannot be asked; `nil` where it can.
  package let since: Timestamp?

  package init(_ name: String, _ reason: String, since: Timestamp? = nil) {
    self.name = name
    self.reason = reason
    self.since = since
  }
}

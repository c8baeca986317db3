package import KubernetesObjects

/// Up to where somebody knows the findings, as the Kubernetes API's resource versions are: opaque, and
/// known to the agent that gave it alone.
///
/// An agent that has begun anew does not know what was before, so that its versions name it, too.
package struct FindingVersion: Hashable, Sendable, CustomStringConvertible {
  let instance: String
  let number: UInt64

  init(instance: String, number: UInt64) {
    self.instance = instance
    self.number = number
  }

  /// Reads one; `nil` where the text is none.
  package init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, let number = UInt64(parts[1]) else { return nil }
    self.init(instance: String(parts[0]), number: number)
  }

  package var description: String { "\(instance)-\(number)" }

  /// A name for an agent that begins at a time.
  package static func instance(at time: Timestamp) -> String {
    String(UInt64(max(0, time.millisecondsSince1970)), radix: 36)
  }
}

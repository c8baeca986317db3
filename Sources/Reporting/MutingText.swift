import Inspection
import KubernetesObjects

extension Muting {
  /// As people read it: `planned for spring, until 2027-01-01T00:00:00Z`.
  package var sentence: String { reason + (until.map { ", until \($0.rfc3339)" } ?? "") }
}

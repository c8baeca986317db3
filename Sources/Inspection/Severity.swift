/// How much a finding matters, worst first.
package enum Severity: Int, Sendable, CaseIterable, Comparable {
  case critical
  case warning
  case info

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }

  package var name: String {
    switch self {
    case .critical: "critical"
    case .warning: "warning"
    case .info: "info"
    }
  }
}

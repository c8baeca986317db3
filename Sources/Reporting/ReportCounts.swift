import Inspection
import Monitoring

extension ReportedFinding {
  /// What stands before it: how bad it is, or why that does not matter yet or any more.
  var mark: String {
    if finding.muting != nil { return "muted" }
    return isSuspect ? "suspect" : finding.severity.name
  }
}

/// How many findings of which severity there are, as people say it.
enum ReportCounts {
  /// The counts that are not 0: `2 critical, 1 warning, 3 suspects`.
  static func sentence(_ findings: [ReportedFinding]) -> String {
    var parts = Severity.allCases.compactMap { severity in
      let count = findings.count {
        !$0.isSuspect && $0.finding.muting == nil && $0.finding.severity == severity
      }
      return count == 0 ? nil : "\(count) \(severity.name)"
    }
    let muted = findings.count { !$0.isSuspect && $0.finding.muting != nil }
    if muted > 0 { parts.append("\(muted) muted") }
    let suspects = findings.count(where: \.isSuspect)
    if suspects > 0 { parts.append(suspects == 1 ? "1 suspect" : "\(suspects) suspects") }
    return parts.joined(separator: ", ")
  }
}

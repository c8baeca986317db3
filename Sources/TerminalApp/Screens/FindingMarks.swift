import Inspection
import Monitoring

/// The findings that somebody marked, to do something with all of them.
struct FindingMarks: Sendable {
  /// How many are marked at once at most.
  static let limit = 10_000

  private(set) var findings: [FindingID: Finding] = [:]
  /// The line that was marked last, from which a range goes on.
  var anchor: Int?
  /// What was asked for, to be marked.
  var pending: FindingsQuery?

  var isEmpty: Bool { findings.isEmpty }

  func contains(_ id: FindingID) -> Bool { findings[id] != nil }

  mutating func toggle(_ finding: Finding) {
    if findings.removeValue(forKey: finding.id) == nil { findings[finding.id] = finding }
  }

  mutating func add(_ new: [Finding]) {
    pending = nil
    for finding in new { findings[finding.id] = finding }
  }

  mutating func clear() { self = FindingMarks() }

  /// Takes in how findings are by now, and drops the marks of those that are over.
  mutating func update(_ rows: [FindingsPage.Row]) {
    for row in rows where contains(row.finding.id) {
      findings[row.finding.id] = row.resolvedAt == nil ? row.finding : nil
    }
  }
}

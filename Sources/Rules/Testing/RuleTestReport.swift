import Inspection
import UserConfiguration

extension RuleTestRun.Outcome {
  /// What is to be read of it: a line for the test, and where it failed, one for each difference.
  package var report: String {
    var lines = ["\(hasPassed ? "ok" : "FAILED"): \(test)"]
    for expectation in missing {
      let message = expectation.message.map { ": \($0)" } ?? ""
      lines.append("  - \(expectation.rule) about \(expectation.about)\(message)")
    }
    for found in unexpected {
      lines.append("  + \(found.rule) about \(found.about): \(found.message)")
    }
    lines += errors.map { "  ! \($0)" }
    return lines.map { QuotedText.escaped($0) }.joined(separator: "\n")
  }
}

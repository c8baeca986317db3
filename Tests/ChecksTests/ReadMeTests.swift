import Checks
import Foundation
import Inspection
import Testing

/// The README's table of checks tells what the catalogue has.
@Suite struct ReadMeTests {
  /// Made by the monitor, and by no check.
  private static let others: Set<String> = ["drift/own-model"]

  @Test func theTableOfChecksIsTheCatalogues() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    let text = try String(contentsOf: file, encoding: .utf8)
    let rows = text.matches(of: #/\n\| `([a-z]+/[a-z-]+)` \| ([a-z]+) \|/#)
      .map { ["\($0.1)", "\($0.2)"] }.filter { !Self.others.contains($0[0]) }
    let checks = Catalogue.checks.map { [$0.id.description, $0.severity.name] }
    let missing = Catalogue.checks.filter { check in
      !rows.contains([check.id.description, check.severity.name])
    }.map { "| `\($0.id)` | \($0.severity.name) | \($0.title) |" }
    #expect(missing.isEmpty, "Put into the README's table:\n\(missing.joined(separator: "\n"))")
    let unknown = rows.filter { !checks.contains($0) }
    #expect(unknown.isEmpty, "No check is so.")
    #expect(rows.map { $0[0] } == rows.map { $0[0] }.sorted())
  }
}

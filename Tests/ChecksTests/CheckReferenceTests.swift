import Checks
import Foundation
import Inspection
import Testing

/// `docs/checks.md` lists the catalogue.
@Suite struct CheckReferenceTests {
  /// Set to anything, the page is written instead of compared.
  private static let variable = "KPATROL_WRITE_DOCS"

  private static let path = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/checks.md")

  private static var text: String {
    var lines = [
      "# What KPatrol checks", "",
      "Made from the catalogue by `\(variable)=1 make test FILTER=CheckReference`; "
        + "`kpatrol explain CHECK` tells more of each.",
    ]
    for shape in Shape.allCases {
      lines += ["", "## \(shape.rawValue)", "", "| check | severity | finds |", "|---|---|---|"]
      lines += Catalogue.checks.filter { $0.id.shape == shape }.map { check in
        "| `\(check.id)` | \(check.severity.name) | \(check.title) |"
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }

  @Test func thePageOfChecksIsTheCatalogue() throws {
    if ProcessInfo.processInfo.environment[Self.variable] != nil {
      try Self.text.write(to: Self.path, atomically: true, encoding: .utf8)
    }
    let page = try String(contentsOf: Self.path, encoding: .utf8)
    #expect(
      page == Self.text,
      "Run: \(Self.variable)=1 make test FILTER=CheckReference"
    )
  }
}

package import Inspection
import KubernetesObjects
import WireFormats

/// The checks, for those who choose among them.
package struct CheckList {
  /// How long lines of an explanation are.
  private static let width = 80

  package let checks: [any Check]
  /// Where the packs were read from whose rules are among them, by the rules.
  private let packs: [CheckID: String]

  package init(_ checks: [any Check], packs: [CheckID: String] = [:]) {
    self.checks = checks
    self.packs = packs
  }

  /// A line for each check.
  package var table: String {
    let rows =
      [["CHECK", "SEVERITY", "SETTLES", "PROFILE", "FINDS"]]
      + checks.map { check in
        [
          check.id.description, check.severity.name, DurationText.text(check.settles),
          check.profile.rawValue, check.title,
        ]
      }
    let widths = (0..<4).map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let padded = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      return (padded + [row[4]]).joined(separator: "  ") + "\n"
    }.joined()
  }

  /// An array with an object for each check.
  package var json: String {
    let value = JSONValue.array(checks.map(object))
    return String(decoding: value.encoded(), as: UTF8.self) + "\n"
  }

  private func object(_ check: any Check) -> JSONValue {
    [
      "id": .string(check.id.description),
      "title": .string(check.title),
      "shape": .string(check.id.shape?.rawValue ?? ""),
      "severity": .string(check.severity.name),
      "settles": .string(DurationText.text(check.settles)),
      "needs": .array(check.needs.map { .string($0.description) }),
      "remedies": .array(check.remedies.map { .string($0.description) }),
      "profile": .string(check.profile.rawValue),
      "pack": .string(packs[check.id] ?? ""),
    ]
  }

  /// What one check is about, with what may be configured of it; `nil` where there is no such check.
  package func explanation(of id: CheckID) -> String? {
    guard let check = checks.first(where: { $0.id == id }) else { return nil }
    let facts = [
      ("Severity", check.severity.name), ("Settles", DurationText.text(check.settles)),
      ("Profile", check.profile.rawValue),
      ("Needs", check.needs.map(\.description).joined(separator: ", ")),
      ("Remedies", check.remedies.map(\.description).joined(separator: ", ")),
      ("Pack", packs[id] ?? ""),
    ].filter { !$0.1.isEmpty }
    var lines = [check.id.description, check.title, ""]
    let parts = check.explanationParts
    lines += Self.wrapped(parts.text)
    // A command is copied, and so stays in one line.
    if !parts.verification.isEmpty { lines += ["", "Verify: \(parts.verification)"] }
    lines.append("")
    lines += facts.map { "\($0.0): \($0.1)" }
    lines += check.thresholds.map {
      "Threshold \($0.name): \(NumberText.text($0.byDefault)), \($0.meaning)"
    }
    return lines.map { $0 + "\n" }.joined()
  }

  private static func wrapped(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}

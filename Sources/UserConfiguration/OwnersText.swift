import Inspection
import NameMatching

/// Who answers for what, as YAML.
enum OwnersText {
  static func lines(of rule: OwnershipRule) -> [String] {
    let fields = [
      ("team", rule.team), ("layer", rule.layer?.rawValue ?? ""), ("contact", rule.contact),
      ("runbook", rule.runbook), ("namespace", rule.namespace?.text ?? ""),
      ("kind", rule.kind?.text ?? ""), ("check", rule.check?.text ?? ""),
      ("where", rule.condition?.text ?? ""),
    ].filter { !$0.1.isEmpty }.map { "\($0.0): \(QuotedText.quoted($0.1))" }
    let labels = map("labels", rule.labels.sorted { $0.key < $1.key }.map { ($0.key, $0.value) })
    let annotations = map(
      "annotations",
      rule.annotations.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    )
    let severities = map("severities", rule.severities.map { ($0.check.text, $0.severity.name) })
    let all = fields + labels + annotations + severities
    return ["  - " + all[0]] + all.dropFirst().map { "    " + $0 }
  }

  private static func map(_ name: String, _ entries: [(String, String)]) -> [String] {
    guard !entries.isEmpty else { return [] }
    let texts = entries.map { "\(QuotedText.quoted($0.0)): \(QuotedText.quoted($0.1))" }
    return ["\(name): {\(texts.joined(separator: ", "))}"]
  }
}

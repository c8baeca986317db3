import Healing
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// A finding as Markdown, for a ticket or whoever has the next shift.
struct FindingMarkdown {
  private let detail: FindingDetail

  init(_ detail: FindingDetail) { self.detail = detail }

  var text: String {
    var lines = ["### \(finding.severity.symbol) \(Self.plain(finding.message))", ""]
    lines += facts.map { "- \($0)" }
    lines += section("Evidence", finding.evidence.map(evidence))
    lines += section(FindingText.whyNow, detail.changes.map(change))
    lines += section("Warnings", (detail.warnings ?? []).map(warning))
    lines += section("Around it", vicinity)
    lines += section("Remedies", detail.offers.map(offer))
    lines += ["", "**To look at it**", "", "```sh"] + commands + ["```"]
    return lines.map { $0 + "\n" }.joined()
  }

  private var finding: Finding { detail.finding }

  private var facts: [String] {
    var facts = [
      "\(Self.code("\(finding.check)")) in cluster \(Self.code(finding.cluster)), "
        + (detail.resolvedAt.map { "resolved at \($0.rfc3339)" } ?? finding.severity.name),
      "\(finding.mayBeYounger ? "since some time after" : "since") \(finding.since.rfc3339)",
    ]
    if let team = detail.team {
      let parts = [team.name, team.contact, team.runbook].filter { !$0.isEmpty }
      facts.append("team: " + parts.map(Self.plain).joined(separator: ", "))
    }
    if let cause = detail.cause { facts.append("explained by: \(Self.plain(cause.message))") }
    if detail.consequenceCount > 0 {
      facts.append("explains \(detail.consequenceCount) others")
    }
    if let note = finding.acknowledgement {
      facts.append(
        "acknowledged by \(Self.plain(note.author)) at \(note.time.rfc3339): "
          + Self.plain(note.reason)
      )
    }
    if let muting = finding.muting { facts.append("muted: \(Self.plain(muting.reason))") }
    return facts
  }

  private func section(_ title: String, _ items: [String]) -> [String] {
    items.isEmpty ? [] : ["", "**\(title)**", ""] + items.map { "- \($0)" }
  }

  private func evidence(_ evidence: Evidence) -> String {
    "\(Self.code("\(evidence.source)")) \(Self.code(evidence.path)): \(Self.code(evidence.value))"
  }

  private func change(_ change: RecentChange) -> String {
    let writer = change.manager.isEmpty ? "" : " (\(Self.plain(change.manager)))"
    return
      "\(change.time.rfc3339) \(Self.code("\(change.key)")): \(Self.code("\(change)"))\(writer)"
  }

  private func warning(_ warning: RecentWarning) -> String {
    let time = warning.time.map { "\($0.rfc3339) " } ?? ""
    let text = "\(warning.reason): \(warning.message)"
    return "\(time)\(Self.code("\(warning.object)")): \(Self.code(text))"
  }

  private var vicinity: [String] {
    detail.vicinity.owners.map { "controlled by \(Self.code($0.text))" }
      + detail.vicinity.branches.map { branch in
        let names = branch.vertices.map { Self.code($0.text) }
        let rest = branch.others.values.reduce(0, +)
        return "\(branch.phrase) " + names.joined(separator: ", ")
          + (rest > 0 ? " and \(rest) more" : "")
      }
  }

  private func offer(_ offer: FindingDetail.Offer) -> String {
    switch offer.proposal {
    case .plan(let plan):
      let commands = plan.steps.map {
        "\n  - \(Self.code(plan.commandByHand($0)))"
      }
      return Self.plain(offer.title) + commands.joined()
    case .refused(_, let reason), .unavailable(let reason):
      return "\(Self.plain(offer.title)): not possible. \(Self.plain(reason))"
    }
  }

  private var commands: [String] {
    let context = detail.context ?? finding.cluster
    let keys = ([finding.subject] + finding.related).compactMap(\.objectKey).prefix(3)
    let kubectl = keys.map { key in
      let place = key.namespace.isEmpty ? "" : " -n \(HealStep.quoted(key.namespace))"
      let kind = HealStep.quoted(key.kind.description.lowercased())
      return "kubectl --context \(HealStep.quoted(context))\(place) describe \(kind) "
        + HealStep.quoted(key.name)
    }
    let way =
      detail.agentURL.map { "--agent \(HealStep.quoted($0))" }
      ?? "--context \(HealStep.quoted(context))"
    let open = "kpatrol \(way) --finding \(finding.id)"
    return (kubectl + [open]).map { DisplayText($0).string }
  }

  /// Text of a cluster as code, which nothing in it can leave.
  private static func code(_ text: String) -> String {
    "`" + DisplayText(text).string.replacing("`", with: "'") + "`"
  }

  /// Text of a cluster that means nothing to Markdown.
  private static func plain(_ text: String) -> String {
    DisplayText(text).string.reduce(into: "") { plain, character in
      if "\\`*_[]<>|#!".contains(character) { plain.append("\\") }
      plain.append(character)
    }
  }
}

import Inspection
import KubernetesObjects
import Monitoring
import RemoteChecks
import TerminalKit

/// What there is to tell of a check: what `kpatrol explain` says, with what is configured, and how it
/// is doing.
struct CheckText {
  private let row: CataloguePage.Row
  private let settings: CheckSettings
  private let state: CheckState
  private let duration: Duration

  init(_ row: CataloguePage.Row, in page: CataloguePage) {
    self.row = row
    settings = page.settings
    state = CheckState(of: row, page.settings)
    duration = page.duration
  }

  private var check: any Check { row.check }
  private var override: CheckSettings.Override? { settings.overrides[row.id] }
  /// Where the configuration says something of the check.
  private var path: String { "checks.\(row.id)" }

  var lines: [ScrollingText.Line] {
    let severity = settings.severity(of: check)
    var lines: [ScrollingText.Line] = [
      .init(
        "\(severity.symbol) \(check.title)",
        style: Style(severity.style.role, isBold: true)
      ),
      .init(state.words, style: state.style), .init(""),
    ]
    let parts = check.explanationParts
    lines.append(.init(parts.text))
    if !parts.verification.isEmpty {
      lines += heading("Verify") + [.command(parts.verification, indent: 2)]
    }
    lines += heading("How it is doing") + row.shares.flatMap { self.lines(about: $0) }
    lines += heading("What holds for it") + facts + thresholds
    return lines + [.init(state.advice(on: row.id), style: Style(.muted), indent: 2)]
  }

  private func heading(_ text: String) -> [ScrollingText.Line] {
    [.init(""), .init(text, style: Style(.header, isBold: true))]
  }

  // MARK: - How it is doing

  private func lines(about share: CataloguePage.Share) -> [ScrollingText.Line] {
    let findings = "\(share.findings) \(share.findings == 1 ? "finding" : "findings")"
    let counts = "\(findings), \(share.suspects) settling, \(share.muted) muted"
    var lines: [ScrollingText.Line] = [
      .init(counts + costs(share.cost), indent: 2, label: share.cluster)
    ]
    if let rule = share.rule {
      lines.append(.init("an evaluation costs \(rule.meanCost)", indent: 4))
      if let error = rule.lastError {
        let text = "failed \(rule.errors) times, last with \(error)"
        lines.append(.init(text, style: Style(.warning), indent: 4))
      }
    }
    if let remote = share.remote {
      let style = Style(remote.isKnown && remote.fault == nil ? .text : .warning)
      lines.append(.init(remote.summary, style: style, indent: 4))
    }
    for group in NotInspectedGroup.groups(of: share.notInspected) {
      let kinds = group.kinds.map(\.description).joined(separator: ", ")
      let text = "not inspected: \(kinds): \(group.reason)"
      lines.append(.init(text, style: Style(.warning), indent: 4))
    }
    return lines
  }

  private func costs(_ cost: CheckCost) -> String {
    guard let mean = cost.meanDuration else { return "; not run yet" }
    let share = duration > .zero ? cost.duration / duration : 0
    return "; \(cost.runs) runs of \(mean.microsecondsText) µs, "
      + "\((share * 100).oneDecimal)% of all inspecting"
  }

  // MARK: - What holds for it

  private var facts: [ScrollingText.Line] {
    let facts = [
      ("severity", severity), ("settles", settles), ("profile", check.profile.rawValue),
      ("needs", check.needs.map(\.description).joined(separator: ", ")),
      ("remedies", check.remedies.map(\.description).joined(separator: ", ")),
      ("pack", row.source ?? ""),
    ]
    return facts.filter { !$0.1.isEmpty }.map { .init($0.1, indent: 2, label: $0.0) }
  }

  private var severity: String {
    let (shown, own) = (settings.severity(of: check), check.severity)
    let change = shown == own ? "" : "; its own is \(own.name)"
    return "\(shown.name) (\(path).severity\(change))"
  }

  private var settles: String {
    let configured = settings.settles(check)
    let shortened =
      row.window < configured ? ", shortened from \(DurationText.text(configured))" : ""
    let own =
      configured == check.settles ? "" : "; its own is \(DurationText.text(check.settles))"
    return "\(DurationText.text(row.window))\(shortened) (\(path).settles\(own))"
  }

  private var thresholds: [ScrollingText.Line] {
    check.thresholds.flatMap { threshold -> [ScrollingText.Line] in
      let value = override?.thresholds[threshold.name] ?? threshold.byDefault
      let own =
        value == threshold.byDefault ? "" : "; its own is \(NumberText.text(threshold.byDefault))"
      let text = "\(NumberText.text(value)), \(threshold.meaning)"
      return [
        .init(text, indent: 2, label: threshold.name),
        .init("\(path).thresholds.\(threshold.name)\(own)", style: Style(.muted), indent: 4),
      ]
    }
  }
}

import Healing
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// What the screen of a finding says, line by line.
struct FindingText {
  static let whyNow = "Why now"
  static let around = "Around it"
  /// From how many columns on evidence of two sides stands side by side.
  private static let sideBySideWidth = 100
  private static let foldedConsequences = 3

  private let finding: Finding
  private let detail: FindingDetail?
  private let asked: AskedWarnings?
  private let notice: String?
  private let isFolded: Bool
  private let width: Int

  init(
    _ finding: Finding,
    _ detail: FindingDetail?,
    asked: AskedWarnings? = nil,
    notice: String? = nil,
    isFolded: Bool = true,
    width: Int
  ) {
    self.finding = detail?.finding ?? finding
    self.detail = detail
    self.asked = asked
    self.notice = notice
    self.isFolded = isFolded
    self.width = width
  }

  var lines: [ScrollingText.Line] {
    var lines: [ScrollingText.Line] = []
    if let notice { lines += [.init(notice, style: Style(.warning, isBold: true)), .init("")] }
    if let heal = detail?.heal {
      let text = heal.sentence + end(of: heal)
      lines += [.init(text, style: heal.style, key: key(of: heal)), .init("")]
    }
    lines.append(.init(finding.message, style: Style(finding.severity.style.role, isBold: true)))
    lines.append(.init(facts, style: Style(.muted)))
    if let team = detail?.team {
      let parts = ["team \(team.name)", team.contact, team.runbook].filter { !$0.isEmpty }
      lines.append(.init(parts.joined(separator: "  "), style: Style(.muted)))
    }
    lines += readingLines + noteLines + causeLines
    lines += heading("Remedies") + remedyLines
    lines += heading("Evidence") + evidenceLines
    lines += changeLines + warningLines
    lines += heading(Self.around) + vicinityLines
    if let detail { lines += heading(detail.title) + [.init(detail.explanation, indent: 2)] }
    return lines
  }

  /// What can be done about a heal: stop it, or take back what it did.
  private func key(of heal: HealState) -> Key? {
    if heal.isRunning { return "X" }
    return heal.isUnderWay || heal.stepsDone == 0 ? nil : "u"
  }

  private func end(of heal: HealState) -> String {
    switch key(of: heal) {
    case "X": " (X aborts)"
    case nil: ""
    default: " (u takes it back)"
    }
  }

  private func heading(_ text: String) -> [ScrollingText.Line] {
    [.init(""), .init(text, style: Style(.header, isBold: true))]
  }

  private var facts: String {
    let state = detail?.isResolved == true ? "✔ resolved" : finding.severity.name
    let age = detail.map { detail in
      let length = Age.text(from: finding.since, to: detail.resolvedAt ?? detail.now)
      return (finding.mayBeYounger ? " for up to " : " for ") + length
    }
    if let away = finding.awaySince, let detail, !detail.isResolved {
      let quiet = Age.text(from: away, to: detail.now)
      return "\(state)  keeps coming back, away for \(quiet)  \(finding.check)"
    }
    return "\(state)  \(finding.check)  cluster \(finding.cluster)\(age ?? "")"
  }

  /// That an agent tells of it, and how far its cluster is read besides.
  private var readingLines: [ScrollingText.Line] {
    switch detail?.reading {
    case nil, .done?: return []
    case .unread?:
      let text =
        "An agent tells of it. What is around it, and plans, need the cluster itself: "
        + "h or x reads it with your own credentials."
      return [.init(text, style: Style(.info), key: "x")]
    case .underWay(let synced, let total)?:
      let text = "Reading the cluster directly: \(synced) of \(total) kinds."
      return [.init(text, style: Style(.progress))]
    case .impossible(let reason)?: return [.init(reason, style: Style(.warning))]
    }
  }

  /// What people, the configuration or annotations say of it.
  private var noteLines: [ScrollingText.Line] {
    var lines: [ScrollingText.Line] = []
    if let muting = finding.muting {
      let author = muting.author.map { " by \($0)" } ?? ""
      let end = muting.until.map { ", until \($0.rfc3339)" } ?? ""
      lines.append(.init("Muted\(author): \(muting.reason)\(end)", style: Style(.info)))
    }
    if let note = finding.acknowledgement {
      let reason = note.reason.isEmpty ? "" : ": \(note.reason)"
      let text = "Acknowledged by \(note.author) at \(note.time.rfc3339)\(reason)"
      lines.append(.init(text, style: Style(.info)))
    }
    return lines
  }

  private var causeLines: [ScrollingText.Line] {
    guard let detail else { return [] }
    var lines: [ScrollingText.Line] = []
    if let cause = detail.cause {
      let opens = detail.consequences.isEmpty ? "enter opens it" : "enter lists it"
      lines.append(
        .init(
          "Explained by: \(cause.message) (\(opens))",
          style: Style(.info),
          key: "enter"
        )
      )
    }
    guard detail.consequenceCount > 0 else { return lines }
    let others = detail.consequenceCount == 1 ? "other finding" : "other findings"
    let opens = detail.consequences.isEmpty ? "." : " (enter lists them)"
    lines.append(
      .init(
        "Explains \(detail.consequenceCount) \(others)\(opens)",
        style: Style(.info),
        key: detail.consequences.isEmpty ? nil : "enter"
      )
    )
    let shown = detail.consequences.prefix(isFolded ? Self.foldedConsequences : .max)
    lines += shown.map { consequence in
      ScrollingText.Line(
        consequence.message,
        indent: 2,
        label: "└ \(consequence.severity.symbol)",
        key: "enter"
      )
    }
    let rest = detail.consequenceCount - shown.count
    guard rest > 0, !shown.isEmpty else { return lines }
    let fold = isFolded && detail.consequences.count > shown.count ? "; tab shows more" : ""
    return lines + [.init("… and \(rest) more\(fold)", style: Style(.muted), indent: 4, key: "tab")]
  }

  private var remedyLines: [ScrollingText.Line] {
    guard let detail else { return [.init("Loading…", style: Style(.muted), indent: 2)] }
    guard !detail.isResolved else {
      return [.init("None needed: the condition has ended.", style: Style(.success), indent: 2)]
    }
    guard !detail.offers.isEmpty else {
      return [.init("None that KPatrol knows. See what to look at below.", indent: 2)]
    }
    return detail.offers.prefix(9).enumerated().map { index, offer in
      let key = Key.character(Character("\(index + 1)"))
      switch offer.proposal {
      case .plan:
        return ScrollingText.Line(offer.title, indent: 2, label: "\(index + 1)", key: key)
      case .unavailable(let reason), .refused(_, let reason):
        return ScrollingText.Line(
          "\(offer.title) – \(reason)",
          style: Style(.muted),
          indent: 2,
          label: "\(index + 1)",
          key: key
        )
      }
    }
  }

  private var changeLines: [ScrollingText.Line] {
    guard let detail, !detail.changes.isEmpty else { return [] }
    return heading(Self.whyNow)
      + detail.changes.map { change in
        let writer = change.manager.isEmpty ? "" : " (\(change.manager))"
        return ScrollingText.Line(
          "\(change.key): \(change)\(writer)",
          indent: 2,
          label: "\(Age.text(from: change.time, to: detail.now)) ago"
        )
      }
  }

  private var warningLines: [ScrollingText.Line] {
    guard let detail else { return [] }
    var lines = (detail.warnings ?? asked?.warnings ?? []).map { warning in
      let times = warning.count > 1 ? " (\(warning.count) times)" : ""
      return ScrollingText.Line(
        "\(warning.object): \(warning.reason): \(warning.message)\(times)",
        indent: 2,
        label: warning.time.map { "\(Age.text(from: $0, to: detail.now)) ago" } ?? ""
      )
    }
    if let asked, detail.warnings == nil {
      if let failure = asked.failure {
        lines.append(.init(failure, style: Style(.error), indent: 2))
      } else if !asked.isComplete {
        lines.append(.init("Loading…", style: Style(.muted), indent: 2))
      }
    }
    return lines.isEmpty ? [] : heading("Warnings") + lines
  }

  private var vicinityLines: [ScrollingText.Line] {
    guard let detail else { return [.init("Loading…", style: Style(.muted), indent: 2)] }
    return VicinityText(detail.vicinity, severity: finding.severity).lines
  }
}

// MARK: - Evidence

extension FindingText {
  /// The fields of one object that prove something.
  private struct Side {
    let source: VertexID
    var fields: [Evidence]
  }

  /// Those that follow each other about one object stand together.
  private var sides: [Side] {
    var sides: [Side] = []
    for evidence in finding.evidence {
      if sides.last?.source == evidence.source {
        sides[sides.count - 1].fields.append(evidence)
      } else {
        sides.append(Side(source: evidence.source, fields: [evidence]))
      }
    }
    return sides
  }

  private var evidenceLines: [ScrollingText.Line] {
    let sides = sides
    guard sides.count > 1, width >= Self.sideBySideWidth else {
      return sides.flatMap { side in
        [.init(side.source.description, indent: 2)]
          + side.fields.map {
            .init($0.value, style: Style(.info), indent: 4, label: $0.path)
          }
      }
    }
    return stride(from: 0, to: sides.count, by: 2).flatMap { index in
      let right = index + 1 < sides.count ? sides[index + 1] : nil
      return Self.pair(sides[index], right, width: width)
    }
  }

  /// Two sides beside each other, each wrapped in its own half.
  private static func pair(
    _ left: Side,
    _ right: Side?,
    width: Int
  ) -> [ScrollingText.Line] {
    let half = (min(width, ScrollingText.readableWidth) - 10) / 2
    func lines(_ side: Side) -> [String] {
      side.fields.flatMap { DisplayText("\($0.path) \($0.value)").wrapped(to: half) }
        .map(\.string)
    }
    func row(_ left: String, _ right: String?) -> String {
      guard let right else { return left }
      let shown = DisplayText(left).cutInMiddle(to: half)
      return shown.string + String(repeating: " ", count: half - shown.width) + " │ " + right
    }
    let (first, second) = (lines(left), right.map(lines) ?? [])
    let title = right.map { DisplayText($0.source.description).cutInMiddle(to: half).string }
    return [.init(row(left.source.description, title), indent: 2)]
      + (0..<max(first.count, second.count)).map { index in
        let other = right == nil ? nil : index < second.count ? second[index] : ""
        return .init(
          row(index < first.count ? first[index] : "", other),
          style: Style(.info),
          indent: 2
        )
      }
  }
}

extension HealState {
  var style: Style {
    switch self {
    case .running, .waitingForProof: Style(.progress, isBold: true)
    case .healed, .done: Style(.success, isBold: true)
    case .didNotHelp, .aborted, .refused, .cameBack, .unwritten, .outdated:
      Style(.warning, isBold: true)
    case .failed: Style(.error, isBold: true)
    }
  }
}

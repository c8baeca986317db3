import Inspection
import KubernetesObjects
import TerminalKit

/// The line in which somebody says of findings why they are acknowledged or muted.
struct TriagePrompt: Sendable {
  enum Kind: Sendable { case acknowledge, mute }

  /// What a key that acknowledges or mutes comes to.
  enum Step {
    case asks(TriagePrompt)
    case says([PendingNote])
    case refuses(String)
  }

  /// Asks why; or takes back what was said, where that was said of all.
  static func step(_ kind: Kind, _ findings: [Finding]) -> Step {
    guard let first = findings.first else {
      return .refuses("Select a finding, or mark some with space.")
    }
    let open = findings.filter { finding in
      kind == .acknowledge ? finding.acknowledgement == nil : finding.muting == nil
    }
    guard open.isEmpty else { return .asks(TriagePrompt(kind, open.map(\.id))) }
    let own = kind == .acknowledge ? findings : findings.filter { $0.muting?.author != nil }
    guard !own.isEmpty else { return .refuses("Not muted here: \(first.muting?.reason ?? "")") }
    let content: FindingNote.Content = kind == .acknowledge ? .unacknowledged : .unmuted
    return .says(own.map { PendingNote(content, of: $0.id, reason: "") })
  }

  enum Outcome: Equatable {
    case stays, leaves
    case says([PendingNote])
  }

  static let hints = [
    KeyHint(keys: ["enter"], label: "Do it", help: "Keeps what is typed"),
    KeyHint(keys: ["esc"], label: "Leave", help: "Leaves everything as it is"),
  ]

  let kind: Kind
  let findings: [FindingID]
  private var field = TextField()
  private var mistake: String?

  init(_ kind: Kind, _ findings: [FindingID]) {
    self.kind = kind
    self.findings = findings
  }

  /// Takes in a key; `now` is from when on a mute's time counts.
  mutating func type(_ key: Key, at now: Timestamp) -> Outcome {
    switch key {
    case .escape: return .leaves
    case .enter: return say(at: now)
    default:
      mistake = nil
      _ = field.handle(key)
      return .stays
    }
  }

  private mutating func say(at now: Timestamp) -> Outcome {
    let words = field.text.split(separator: " ")
    switch kind {
    case .acknowledge:
      return .says(notes(.acknowledged, words.joined(separator: " ")))
    case .mute:
      let duration = words.first.flatMap { DurationText.duration(String($0)) }
      let isTold = duration != nil || words.first == "forever"
      let reason = words.dropFirst(isTold ? 1 : 0).joined(separator: " ")
      guard !reason.isEmpty else {
        mistake = "why? Others will want to know"
        return .stays
      }
      return .says(notes(.muted(until: duration.map { now + $0 }), reason))
    }
  }

  private func notes(_ content: FindingNote.Content, _ reason: String) -> [PendingNote] {
    findings.map { PendingNote(content, of: $0, reason: reason) }
  }

  func draw(on canvas: inout Canvas, row: Int) {
    let what = findings.count == 1 ? "" : " \(findings.count) findings"
    let label =
      kind == .acknowledge
      ? "Acknowledge\(what), why (may be empty): "
      : "Mute\(what) for 2h, 3d or forever, and why: "
    let end = canvas.write(label, row: row, column: 1, style: Style(.key, isBold: true))
    let note = DisplayText(mistake ?? "")
    let noteStart = canvas.size.columns - note.width - 1
    field.draw(on: &canvas, row: row, column: end, width: noteStart - end - 1)
    canvas.write(note, row: row, column: noteStart, style: Style(.warning))
  }
}

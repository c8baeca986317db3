import Healing
import Inspection
import KubernetesObjects
import TerminalKit

/// Shows all of a plan before anything is done, and asks for a confirmation that fits its risk.
struct ConfirmScreen: Screen {
  enum Action { case down, up }

  static let bindings: [Binding<Action>] = [
    Binding("down", label: "Scroll", help: "Scrolls down", .down),
    Binding("up", help: "Scrolls up", .up),
  ]

  private let plan: HealPlan
  /// Why the plan may only be looked at; `nil` where it may be confirmed.
  private let refusal: String?
  private var answer = TextField()
  /// Why the user wants it; `nil` until it is asked for.
  private var reason: TextField?
  /// Whether the last answer was another than the plan asks for.
  private var isWrong = false
  private var text = ScrollingText()
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  init(_ plan: HealPlan, refusal: String? = nil) {
    self.plan = plan
    self.refusal = refusal
  }

  var title: String { refusal == nil ? "Confirm" : "Refused" }

  var isTyping: Bool {
    guard refusal == nil else { return false }
    if case .key = plan.confirmation { return false }
    return true
  }

  var hints: [KeyHint] {
    guard isTyping else { return Self.bindings.map(\.hint) }
    return [
      KeyHint(keys: ["enter"], label: "Confirm", help: "Confirms, once what is asked for is typed"),
      KeyHint(keys: ["esc"], label: "Leave", help: "Leaves without doing anything"),
    ] + Self.bindings.map(\.hint)
  }

  func refresh() -> [Effect] { [] }

  mutating func update(_ message: Message) -> Bool { false }

  mutating func resize(_ region: Region) {
    self.region = region
    let rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: region.size.rows - questionHeight)
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): text.scroll(by: rows)
    case .key(.escape): return [.pop]
    case .key(.down): text.scroll(by: 1)
    case .key(.up): text.scroll(by: -1)
    case .key where refusal != nil: break
    case .key(let key):
      isWrong = false
      switch plan.confirmation {
      case .key: return confirm(key.description)
      case .typing, .reason:
        if key == .enter { return confirm(answer.text) }
        if reason?.handle(key) == nil { _ = answer.handle(key) }
        resize(region)
      }
    case .click, .paste, .resize, .signal: break
    }
    return []
  }

  private mutating func confirm(_ answer: String) -> [ScreenAction] {
    defer { resize(region) }
    if case .reason(answer) = plan.confirmation, reason == nil {
      reason = TextField()
      return []
    }
    guard let confirmed = ConfirmedPlan(plan, answer: answer, reason: reason?.text ?? "") else {
      isWrong = true
      return []
    }
    return [.perform(.heal(confirmed)), .pop]
  }
}

// MARK: - Drawing

extension ConfirmScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    text.draw(lines, on: &canvas, in: region.inset(bottom: questionHeight))
    var row = region.row + region.size.rows - questionHeight
    canvas.drawLine(row: row, in: region)
    for (line, style) in question {
      row += 1
      canvas.write(line, row: row, column: 2, style: style)
    }
    guard isTyping else { return }
    let field = reason ?? answer
    field.draw(on: &canvas, row: row + 1, column: 2, width: region.size.columns - 4)
  }

  /// The rows beneath the plan: a line, what is asked, and the answer.
  private var questionHeight: Int { question.count + (isTyping ? 2 : 1) }

  /// What is asked; a name that has to be typed is shown whole, however long it is.
  private var question: [(DisplayText, Style)] {
    let prompt = Style(isWrong ? .error : .warning, isBold: true)
    let sentences: [(String, Style)] =
      switch (refusal, plan.confirmation) {
      case (_?, _): [("KPatrol does not do this; esc leaves.", prompt)]
      case (nil, .key(let key)):
        [
          (
            isWrong
              ? "Only \(key) does this; nothing was done. esc leaves everything as it is."
              : "Press \(key) to do this now, esc to leave everything as it is.", prompt
          )
        ]
      case (nil, .typing(let name)):
        [
          (
            isWrong
              ? "That is another name; nothing was done. Type this one, or leave with esc:"
              : "Type this name and press enter to do this now; esc leaves:", prompt
          ), (name, Style(.text, isBold: true)),
        ]
      case (nil, .reason) where reason != nil:
        [
          (
            isWrong
              ? "Without a reason nothing is done. Say why, or leave with esc:"
              : "Say why, for the journal, and press enter to do this now; esc leaves:", prompt
          )
        ]
      case (nil, .reason(let cluster)):
        [
          (
            isWrong
              ? "That is another name; nothing was done. Type this cluster's, or leave with esc:"
              : "Type this cluster's name and press enter, and then say why; esc leaves:", prompt
          ), (cluster, Style(.text, isBold: true)),
        ]
      }
    return sentences.flatMap { text, style in
      DisplayText(text).wrapped(to: region.size.columns - 4).map { ($0, style) }
    }
  }

  /// Where one command stands for all steps, evictions are told in a line each: they are many, and
  /// much alike.
  private var stepLines: [ScrollingText.Line] {
    let steps = plan.steps.enumerated().map { index, step in
      (step, ScrollingText.Line(step.summary, indent: 2, label: "\(index + 1)"))
    }
    guard let command = plan.command else {
      return steps.flatMap { step, line in
        [
          line, .init("only if \(step.precondition)", style: Style(.muted), indent: 4),
          .command(step.commandByHand(context: plan.cluster), indent: 4),
        ]
      }
    }
    let precondition = "each only if its uid is still the same"
    return steps.flatMap { step, line in
      step.isEviction
        ? [line] : [line, .command(step.commandByHand(context: plan.cluster), indent: 4)]
    }
      + [.init(precondition, style: Style(.muted), indent: 4), .command(command, indent: 4)]
  }

  /// The refusal stands first, so that it is read whole, however long its names are.
  private var lines: [ScrollingText.Line] {
    var lines: [ScrollingText.Line] = []
    if let refusal { lines += [.init(refusal, style: Style(.warning, isBold: true)), .init("")] }
    lines += [
      .init(plan.title, style: Style(.title, isBold: true)),
      .init(plan.reason),
      .init(""),
      .init(plan.cluster, style: Style(.text, isBold: true), label: "Cluster"),
      .init(plan.disruption.rawValue, label: "Disruption"),
      .init(plan.undo, label: "Undo"),
    ]
    lines += [.init(""), .init("Steps", style: Style(.header, isBold: true))] + stepLines
    let count = plan.blastRadius.count
    lines += [
      .init(""),
      .init("Blast radius: \(count)", style: Style(.header, isBold: true)),
    ]
    lines += plan.blastRadius.impacts.map {
      .init("\($0.vertex) \($0.effect)", indent: 2)
    }
    let hidden = count - plan.blastRadius.impacts.count
    if hidden > 0 { lines.append(.init("and \(hidden) more", style: Style(.warning), indent: 2)) }
    let unknown = plan.blastRadius.unknownKinds
    guard !unknown.isEmpty else { return lines }
    let kinds = unknown.map(\.description).joined(separator: ", ")
    let warning = "and what may be there unseen, of kinds that cannot be inspected: \(kinds)"
    return lines + [.init(warning, style: Style(.warning), indent: 2)]
  }
}

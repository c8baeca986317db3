import Healing
import Inspection
import KubernetesObjects
import TerminalKit

/// Shows all of a plan before anything is done, and asks for a confirmation that fits its risk.
struct ConfirmScreen: TypingScreen {
  enum Action { case down, up }

  static let bindings: [Binding<Action>] = [
    Binding("down", label: "Scroll", help: "Scrolls down", .down),
    Binding("up", help: "Scrolls up", .up),
  ]

  private let plan: HealPlan
  /// Why the plan may only be looked at; `nil` where it may be confirmed.
  private let refusal: String?
  private var answer = TextField()
  private var text = ScrollingText()
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  init(_ plan: HealPlan, refusal: String? = nil) {
    self.plan = plan
    self.refusal = refusal
  }

  var title: String { refusal == nil ? "Confirm" : "Refused" }
  var isTyping: Bool { refusal == nil }

  var hints: [KeyHint] {
    guard refusal == nil else { return Self.bindings.map(\.hint) }
    return Self.bindings.map(\.hint) + [
      KeyHint(keys: ["enter"], label: "", help: "Confirms, once the answer is typed"),
      KeyHint(keys: ["esc"], label: "Leave", help: "Leaves without doing anything"),
    ]
  }

  func refresh() -> [Effect] { [] }

  mutating func update(_ message: Message) {}

  mutating func resize(_ region: Region) {
    self.region = region
    let rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: region.size.rows - 3)
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): text.scroll(by: rows)
    case .key(.escape): return [.pop]
    case .key(.down): text.scroll(by: 1)
    case .key(.up): text.scroll(by: -1)
    case .key where refusal != nil: break
    case .key(let key):
      switch plan.confirmation {
      case .key: return confirm(key.description)
      case .typing:
        if key == .enter { return confirm(answer.text) }
        _ = answer.handle(key)
      }
    case .click, .resize, .signal: break
    }
    return []
  }

  private func confirm(_ answer: String) -> [ScreenAction] {
    guard let confirmed = ConfirmedPlan(plan, answer: answer) else { return [] }
    return [.perform(.heal(confirmed)), .pop]
  }
}

// MARK: - Drawing

extension ConfirmScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    text.draw(lines, on: &canvas, in: region.inset(bottom: 3))
    let row = region.row + region.size.rows - 2
    canvas.drawLine(row: row - 1, in: region)
    guard refusal == nil else {
      canvas.write(
        "KPatrol does not do this; esc leaves.",
        row: row,
        column: 2,
        style: Style(.warning, isBold: true)
      )
      return
    }
    switch plan.confirmation {
    case .key(let key):
      canvas.write(
        "Press \(key) to do this now, esc to leave everything as it is.",
        row: row,
        column: 2,
        style: Style(.warning, isBold: true)
      )
    case .typing(let name):
      let prompt = DisplayText("Type \(name) and press enter to do this now; esc leaves:")
        .cutInMiddle(to: region.size.columns - 4)
      canvas.write(prompt, row: row, column: 2, style: Style(.warning, isBold: true))
      answer.draw(on: &canvas, row: row + 1, column: 2, width: region.size.columns - 4)
    }
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
    lines += [.init(""), .init("Steps", style: Style(.header, isBold: true))]
    for (index, step) in plan.steps.enumerated() {
      lines += [
        .init(step.summary, indent: 2, label: "\(index + 1)"),
        .init("only if \(step.precondition)", style: Style(.muted), indent: 4),
        .init(step.kubectlCommand(context: plan.cluster), style: Style(.info), indent: 4),
      ]
    }
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
    return lines
  }
}

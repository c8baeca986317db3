import Healing
import KubernetesObjects
import Monitoring
import TerminalKit

/// How far confirmed plans have come, and what became of them.
struct HealScreen: Screen {
  enum Action: Equatable { case abort, propose, down, up, pageDown, pageUp }

  static let bindings: [Binding<Action>] = [
    Binding("X", label: "Abort", help: "Does nothing more of what is not done yet", .abort),
    Binding(
      "h",
      label: "New plan",
      help: "Proposes the new plan of the first that is out of date",
      changes: true,
      .propose
    ),
    Binding("j", "down", help: "Scrolls down", .down),
    Binding("k", "up", help: "Scrolls up", .up),
    Binding("page-down", "ctrl-f", "space", help: "Scrolls a page down", .pageDown),
    Binding("page-up", "ctrl-b", help: "Scrolls a page up", .pageUp),
  ]

  private let plans: [HealPlan]
  private var report = HealReport()
  private var text = ScrollingText()
  private var rows: [ScrollingText.Row] = []
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)
  private(set) var notice: String?

  init(_ plans: [HealPlan]) { self.plans = plans }

  var title: String { plans.count == 1 ? "Healing" : "Healing: \(plans.count) plans" }

  var hints: [KeyHint] {
    Self.bindings.filter { binding in
      switch binding.action {
      case .abort: !isOver
      case .propose: newerPlan != nil
      default: true
      }
    }.map(\.hint)
  }

  func refresh() -> [Effect] { [.loadHeals(plans.map(\.id))] }

  /// Not everything that happens makes the model stale: a plan that waits for its turn does not.
  func refreshEachSecond() -> [Effect] { isOver ? [] : refresh() }

  mutating func update(_ message: Message) -> Bool {
    guard case .heals(let report, let ids) = message, ids == plans.map(\.id) else { return false }
    self.report = report
    let old = rows
    fit()
    return rows != old
  }

  mutating func resize(_ region: Region) {
    self.region = region
    fit()
  }

  private mutating func fit() {
    rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: textRegion(region).size.rows)
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): text.scroll(by: rows)
    case .key(let key):
      notice = nil
      defer { fit() }
      switch Self.bindings.action(for: key) {
      case .abort where isOver: notice = "It is over: nothing is left to abort."
      case .abort: return [.perform(.abortHeals(plans.map(\.id)))]
      case .propose: return propose()
      case .down: text.scroll(by: 1)
      case .up: text.scroll(by: -1)
      case .pageDown: text.scroll(byPages: 1)
      case .pageUp: text.scroll(byPages: -1)
      case nil: break
      }
    case .click, .paste, .resize, .signal: break
    }
    return []
  }

  private mutating func propose() -> [ScreenAction] {
    switch newerPlan {
    case .plan(let plan): return [.push(ConfirmScreen(plan))]
    case .refused(let plan, let reason): return [.push(ConfirmScreen(plan, refusal: reason))]
    case .unavailable(let reason): notice = reason
    case nil: notice = "No plan is out of date."
    }
    return []
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    guard plans.count > 1 else { return text.draw(rows, on: &canvas, in: region) }
    ProgressBar.draw(
      Double(ended) / Double(plans.count),
      on: &canvas,
      row: region.row,
      column: 2,
      width: min(60, region.size.columns - 4)
    )
    text.draw(rows, on: &canvas, in: textRegion(region))
  }

  /// Where the text is, beneath the bar of several plans.
  private func textRegion(_ region: Region) -> Region {
    guard plans.count > 1 else { return region }
    return Region(
      row: region.row + 1,
      column: region.column,
      columns: region.size.columns,
      rows: region.size.rows - 1
    )
  }
}

// MARK: - Text

extension HealScreen {
  private func state(of plan: HealPlan) -> HealState? { report.states[plan.id] }

  /// Whether nothing more happens to any of them.
  private var isOver: Bool {
    !plans.contains { plan in
      state(of: plan).map(\.isUnderWay) ?? (report.skipped[plan.id] == nil)
    }
  }

  /// What would be done instead of the first plan that is out of date.
  private var newerPlan: Proposal? {
    for plan in plans {
      if case .outdated(_, let newer?) = state(of: plan) { return newer }
    }
    return nil
  }

  private var lines: [ScrollingText.Line] {
    var lines: [ScrollingText.Line] = []
    if let notice { lines += [.init(notice, style: Style(.warning, isBold: true)), .init("")] }
    if plans.count > 1 { lines += [summary, .init("")] }
    for (index, plan) in plans.enumerated() {
      let label = plans.count > 1 ? "\(index + 1)" : ""
      lines.append(line(for: plan, label: label))
      if plans.count == 1 { lines += [.init("")] + stepLines(of: plan) }
    }
    return lines
  }

  private func line(for plan: HealPlan, label: String) -> ScrollingText.Line {
    if let state = state(of: plan) {
      return .init(state.sentence, style: state.style, label: label)
    }
    let reason = report.skipped[plan.id].map { "not begun. \($0)" } ?? "waits for its turn"
    return .init("\(plan.title): \(reason)", style: Style(.muted), label: label)
  }

  private func stepLines(of plan: HealPlan) -> [ScrollingText.Line] {
    let done = state(of: plan)?.stepsDone ?? 0
    return plan.steps.enumerated().map { index, step in
      .init(
        step.summary,
        style: Style(index < done ? .success : .muted),
        indent: 2,
        label: index < done ? "✔" : "\(index + 1)"
      )
    }
  }

  private var ended: Int {
    plans.count { plan in state(of: plan).map { !$0.isRunning } ?? false }
  }

  /// How many came to what end.
  private var summary: ScrollingText.Line {
    var counts: [(word: String, count: Int)] = []
    for plan in plans {
      let word =
        state(of: plan)?.word ?? (report.skipped[plan.id] == nil ? "waiting" : "not begun")
      if let index = counts.firstIndex(where: { $0.word == word }) {
        counts[index].count += 1
      } else {
        counts.append((word, 1))
      }
    }
    let parts = counts.map { "\($0.count) \($0.word)" }.joined(separator: ", ")
    let text = "\(ended) of \(plans.count) carried out: \(parts)"
    return .init(text, style: Style(.title, isBold: true))
  }
}

import Healing
import Inspection
import KubernetesClient
import KubernetesObjects
import TerminalKit

/// Shows all of one or more plans before anything is done, and asks for a confirmation that fits their
/// risk.
struct ConfirmScreen: Screen {
  enum Action: Equatable { case down, up, goOn, propagation }

  static let bindings: [Binding<Action>] = [
    Binding("down", label: "Scroll", help: "Scrolls down", .down),
    Binding("up", help: "Scrolls up", .up),
    Binding(
      "tab",
      label: "Go on",
      help: "Has the rest done though one failed, or no longer",
      .goOn
    ),
    Binding(
      "ctrl-p",
      label: "Owned objects",
      help: "Chooses whether what a deleted object owns goes after it, before it, or stays",
      .propagation
    ),
  ]

  private(set) var batch: HealBatch
  /// Why the plan may only be looked at; `nil` where it may be confirmed.
  private let refusal: String?
  private var answer = TextField()
  /// Why the user wants it; `nil` until it is asked for.
  private var reason: TextField?
  /// Whether the last answer was another than the plan asks for.
  private var isWrong = false
  private var text = ScrollingText()
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  /// What the servers say to the plans so far.
  private var rehearsals: [HealPlan.ID: Rehearsal] = [:]

  /// The plans that were changed, and which no server was asked about yet.
  private var changed: Set<HealPlan.ID> = []
  /// Why a choice could not be changed; `nil` where it could.
  private var obstacle: String?

  /// How many plans the servers are asked about beforehand.
  private static let rehearsed = 20

  init(_ plan: HealPlan, refusal: String? = nil) {
    batch = HealBatch([plan])
    self.refusal = refusal
  }

  init(_ batch: HealBatch) {
    self.batch = batch
    refusal = nil
  }

  var title: String { refusal == nil ? "Confirm" : "Refused" }

  var isTyping: Bool {
    guard refusal == nil else { return false }
    if case .key = batch.confirmation { return false }
    return true
  }

  var hints: [KeyHint] {
    let own = Self.bindings.filter { binding in
      switch binding.action {
      case .down, .up: true
      case .goOn: batch.plans.count > 1
      case .propagation: propagation != nil
      }
    }.map(\.hint)
    guard isTyping else { return own }
    return [
      KeyHint(keys: ["enter"], label: "Confirm", help: "Confirms, once what is asked for is typed"),
      KeyHint(keys: ["esc"], label: "Leave", help: "Leaves without doing anything"),
    ] + own
  }

  /// A plan is checked once: what the server said is what the user agrees to.
  func refresh() -> [Effect] {
    guard refusal == nil else { return [] }
    return batch.plans.prefix(Self.rehearsed).filter { rehearsals[$0.id] == nil }
      .map { .rehearse($0) }
  }

  mutating func missing() -> [Effect] {
    defer { changed = [] }
    return batch.plans.prefix(Self.rehearsed).filter { changed.contains($0.id) }
      .map { .rehearse($0) }
  }

  /// What becomes of what deleted objects own; `nil` where there is nothing to choose.
  private var propagation: DeleteOptions.Propagation? {
    refusal == nil ? batch.plans.lazy.compactMap(\.propagation).first : nil
  }

  /// Takes in the plans as they are with another choice; all of them, or none.
  private mutating func take(_ proposals: [Proposal]) {
    var plans: [HealPlan] = []
    for proposal in proposals {
      switch proposal {
      case .plan(let plan): plans.append(plan)
      case .refused(_, let reason), .unavailable(let reason): obstacle = obstacle ?? reason
      }
    }
    guard plans.count == proposals.count else { return resize(region) }
    changed = Set(zip(plans, batch.plans).filter { $0 != $1 }.map(\.0.id))
    for id in changed { rehearsals[id] = nil }
    batch.replace(plans)
    // What was typed may be the answer to another question.
    (answer, reason) = (TextField(), nil)
    resize(region)
  }

  mutating func update(_ message: Message) -> Bool {
    if case .replanned(let proposals, let ids) = message, ids == batch.plans.map(\.id) {
      take(proposals)
      return true
    }
    guard case .rehearsed(let rehearsal?, let id) = message,
      batch.plans.contains(where: { $0.id == id })
    else { return false }
    rehearsals[id] = rehearsal
    resize(region)
    return true
  }

  private var lines: [ScrollingText.Line] {
    ConfirmText(batch: batch, refusal: refusal, rehearsals: rehearsals).lines
  }

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
    case .key(.control("p")):
      obstacle = nil
      guard let propagation else { break }
      return [.perform(.replan(batch.plans, deleting: propagation.next))]
    case .key(.tab) where batch.plans.count > 1:
      batch.stopsAtFailure.toggle()
      resize(region)
    case .key(let key):
      isWrong = false
      switch batch.confirmation {
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
    if case .reason(answer) = batch.confirmation, reason == nil {
      reason = TextField()
      return []
    }
    let why = reason?.text ?? ""
    guard let confirmed = ConfirmedBatch(batch, answer: answer, reason: why) else {
      isWrong = true
      return []
    }
    // Whoever came from a finding sees there what becomes of it.
    if let plan = confirmed.plans.first, confirmed.plans.count == 1, plan.plan.finding != nil {
      return [.perform(.heal(plan)), .pop]
    }
    return [.perform(.healAll(confirmed)), .pop, .push(HealScreen(batch.plans))]
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
    let before = obstacle.map { [("It stays as it is: \($0)", Style(.warning))] } ?? []
    let sentences: [(String, Style)] =
      switch (refusal, batch.confirmation) {
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
    return (before + sentences).flatMap { text, style in
      DisplayText(text).wrapped(to: region.size.columns - 4).map { ($0, style) }
    }
  }
}

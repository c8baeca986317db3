import ClusterGraph
import Healing
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// One finding: what proves it, what is around it, and what can be done.
struct FindingScreen: Screen {
  enum Action: Equatable {
    case heal, abort, acknowledge, mute, cause, object(ObjectScreen.Tab), previousLog, shell, edit,
      delete, copy,
      whyNow
    case graph, undo, fold, down, up, pageDown, pageUp
  }

  static let bindings: [Binding<Action>] = [
    Binding(
      "h",
      label: "Heal",
      help: "Proposes the first remedy that can help",
      changes: true,
      .heal
    ),
    Binding("X", label: "Abort", help: "Stops the plan that is being carried out", .abort),
    Binding("a", label: "Ack", help: "Acknowledges it, or takes it back", .acknowledge),
    Binding("m", label: "Mute", help: "Mutes it for a time or for ever, or takes it back", .mute),
    Binding("c", label: "Copy", help: "Copies it all as Markdown, for the ticket", .copy),
    Binding("w", label: "Why now", help: "Goes to what changed lately around it", .whyNow),
    Binding("x", label: "Graph", help: "Goes to what is around it", .graph),
    Binding("enter", help: "Opens what explains this one, or lists what this explains", .cause),
    Binding("u", help: "Lists what was healed, to take it back", changes: true, .undo),
    Binding("tab", help: "Shows all findings that this one explains, or the first", .fold),
    Binding("d", help: "Describes the object that it is about", .object(.description)),
    Binding("y", label: "YAML", help: "Shows the object that it is about as YAML", .object(.yaml)),
    Binding("l", help: "Shows the log of what it is about", .object(.logs)),
    Binding("p", help: "Shows the log of the run before", .previousLog),
    Binding("v", help: "Shows the Events about what it is about", .object(.events)),
    Binding("s", help: "Opens a shell in the Pod that it is about", changes: true, .shell),
    Binding("e", help: "Edits what it is about in $EDITOR", changes: true, .edit),
    Binding("ctrl-d", help: "Deletes what it is about", changes: true, .delete),
    Binding("j", "down", help: "Scrolls down", .down),
    Binding("k", "up", help: "Scrolls up", .up),
    Binding("page-down", "ctrl-f", "space", help: "Scrolls a page down", .pageDown),
    Binding("page-up", "ctrl-b", help: "Scrolls a page up", .pageUp),
  ]

  private let finding: Finding
  private var detail: FindingDetail?
  /// The warnings about it, where Events are not followed.
  private var asked: AskedWarnings?
  private var ticks = 0
  /// Whether they are to be asked for.
  private var isAskingDue = false
  private var text = ScrollingText()
  /// What is shown, made anew when any of it changes.
  private var rows: [ScrollingText.Row] = []
  /// The last tick of the clock.
  private var time: Timestamp?
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)
  /// What the last key could not do, and why.
  private(set) var notice: String?
  private var isFolded = true
  /// What is being said of it.
  private var prompt: TriagePrompt?
  /// Whether the first remedy is to be proposed once they are known.
  private var proposesAtOnce: Bool

  /// The heading that is to be brought to the top once it is there.
  private var wantedHeading: String?

  init(_ finding: Finding, proposesAtOnce: Bool = false, at heading: String? = nil) {
    self.finding = finding
    self.proposesAtOnce = proposesAtOnce
    wantedHeading = heading
  }

  var title: String { "Finding \(finding.id.description.prefix(8))" }

  /// The remedies have the digits, in the order in which they are listed.
  var hints: [KeyHint] {
    if prompt != nil { return TriagePrompt.hints }
    return Self.bindings.filter { $0.action != .abort || isHealing }.map(\.hint)
      + offers.enumerated().map { index, offer in
        Binding(
          Key.character(Character("\(index + 1)")),
          help: offer.title,
          changes: true,
          Action.heal
        ).hint
      }
  }

  var isTyping: Bool { prompt != nil }

  private var isHealing: Bool { detail?.heal?.isRunning == true }

  private var offers: [FindingDetail.Offer] { Array((detail?.offers ?? []).prefix(9)) }

  func refresh() -> [Effect] { [.loadDetail(finding.id)] }

  mutating func resize(_ region: Region) {
    self.region = region
    fit()
  }

  private mutating func fit() {
    let lines = FindingText(
      finding,
      detail,
      asked: asked,
      notice: notice,
      isFolded: isFolded,
      width: region.size.columns
    ).lines
    rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: region.size.rows)
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    text.draw(rows, on: &canvas, in: region)
    guard let prompt else { return }
    canvas.fill(Region(row: region.row, column: 0, columns: region.size.columns, rows: 1))
    prompt.draw(on: &canvas, row: region.row)
  }
}

// MARK: - Changes

extension FindingScreen {
  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .detail(let detail?, let id) where id == finding.id:
      if self.detail == nil { notice = nil }
      // What becomes of a plan is told at the top, wherever somebody has read on.
      if self.detail?.heal == nil, detail.heal != nil { text.scroll(by: -text.offset) }
      self.detail = detail
      // To look at a finding is no reason to read a cluster of which an agent tells.
      if detail.warnings == nil, asked == nil, detail.reading == .done {
        asked = AskedWarnings(about: detail.finding)
        isAskingDue = true
      }
    case .events(let events, let object):
      guard asked?.take(events, about: object) == true else { return false }
    case .tick(let now):
      ticks += 1
      isAskingDue = isAskingDue || ticks.isMultiple(of: AskedWarnings.interval)
      // The finding's cluster may have a clock of its own.
      if let time, let detail { self.detail?.now = detail.now + time.elapsed(to: now) }
      time = now
    default: return false
    }
    let (oldRows, oldHints) = (rows, hints)
    fit()
    if detail != nil, let heading = wantedHeading {
      wantedHeading = nil
      go(to: heading)
    }
    return rows != oldRows || hints != oldHints
  }

  /// What only API servers know is asked for now and then.
  mutating func missing() -> [Effect] {
    guard isAskingDue, detail?.reading == .done else { return [] }
    isAskingDue = false
    return detail?.warnings == nil ? asked?.effects ?? [] : []
  }

  mutating func due() -> [ScreenAction] {
    let asking = missing().map(ScreenAction.perform)
    return asking + proposeWhatWasWanted()
  }

  private mutating func proposeWhatWasWanted() -> [ScreenAction] {
    guard proposesAtOnce, let reading = detail?.reading else { return [] }
    switch reading {
    case .unread: return [.perform(.readDirectly(cluster: finding.cluster))]
    case .underWay: return []
    case .done, .impossible: break
    }
    proposesAtOnce = false
    notice = nil
    return proposeFirst()
  }

  /// Has the cluster read first, where an agent tells of it; nothing where it is read already.
  private mutating func readFirst() -> [ScreenAction] {
    guard let reading = detail?.reading, reading != .done else { return [] }
    if case .impossible(let reason) = reading {
      say(reason)
    } else {
      say("The cluster is read directly first, with your own credentials.")
    }
    return [.perform(.readDirectly(cluster: finding.cluster))]
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): text.scroll(by: rows)
    case .key(let key) where prompt != nil: return say(key)
    case .key(.character(let digit)) where "123456789".contains(digit):
      guard let number = digit.wholeNumberValue, number <= offers.count else { return [] }
      return propose(offers[number - 1])
    case .key(let key):
      if notice != nil {
        notice = nil
        fit()
      }
      switch Self.bindings.action(for: key) {
      case .heal: return proposeFirst()
      case .abort: return abort()
      case .acknowledge: return triage(.acknowledge)
      case .mute: return triage(.mute)
      case .cause: return openCause()
      case .object(let tab):
        return onObject(tab.label) { .push(ObjectScreen($0, tab: tab)) }
      case .previousLog:
        return onObject("Log of the run before") {
          .push(ObjectScreen($0, tab: .logs, isPreviousLog: true))
        }
      case .shell: return onObject("Shell") { .perform(.shell(in: $0)) }
      case .edit: return onObject("Edit") { .perform(.editor(on: $0)) }
      case .delete: return onObject("Delete") { .perform(.propose(.delete(), [$0])) }
      case .copy: return copy()
      case .whyNow: go(to: FindingText.whyNow)
      case .graph:
        go(to: FindingText.around)
        return readFirst()
      case .undo:
        return [.push(JournalScreen(cluster: finding.cluster, filter: "kind:heal"))]
      case .fold:
        isFolded.toggle()
        fit()
      case .down: text.scroll(by: 1)
      case .up: text.scroll(by: -1)
      case .pageDown: text.scroll(byPages: 1)
      case .pageUp: text.scroll(byPages: -1)
      case nil: break
      }
    case .click(let row, _):
      guard let key = text.key(of: rows, at: row, in: region) else { return [] }
      return update(.key(key))
    case .paste, .resize, .signal: break
    }
    return []
  }

  private mutating func say(_ text: String) {
    notice = text
    self.text.scroll(by: -self.text.offset)
    fit()
  }

  /// Brings a heading to the top.
  private mutating func go(to heading: String) {
    let isHeading = { (row: ScrollingText.Row) in
      row.style == Style(.header, isBold: true) && row.text.string == heading
    }
    guard let index = rows.firstIndex(where: isHeading) else {
      return say(
        detail == nil ? "It is still being loaded; try again." : "Nothing around it changed lately."
      )
    }
    text.bring(row: index)
  }

  private mutating func copy() -> [ScreenAction] {
    guard var detail else {
      say("It is still being loaded; try again.")
      return []
    }
    if detail.warnings == nil { detail.warnings = asked?.warnings }
    let markdown = FindingMarkdown(detail).text
    return [.perform(.copy(markdown, what: "the finding as Markdown"))]
  }

  private mutating func triage(_ kind: TriagePrompt.Kind) -> [ScreenAction] {
    guard detail?.isResolved != true else {
      say("It is resolved.")
      return []
    }
    switch TriagePrompt.step(kind, [detail?.finding ?? finding]) {
    case .asks(let prompt): self.prompt = prompt
    case .refuses(let reason): say(reason)
    case .says(let notes): return [.perform(.addNotes(notes))]
    }
    return []
  }

  private mutating func say(_ key: Key) -> [ScreenAction] {
    switch prompt?.type(key, at: time ?? detail?.now ?? finding.since) {
    case .says(let notes):
      prompt = nil
      return [.perform(.addNotes(notes))]
    case .leaves:
      prompt = nil
      return []
    case .stays, nil: return []
    }
  }

  private mutating func abort() -> [ScreenAction] {
    if isHealing { return [.perform(.abortHeal(.finding(finding.id)))] }
    say("Nothing is being carried out about it.")
    return []
  }

  private mutating func openCause() -> [ScreenAction] {
    let actions = ChoiceScreen.onFinding(
      cause: detail?.cause,
      consequences: detail?.consequences ?? []
    )
    guard actions.isEmpty else { return actions }
    say(
      detail == nil
        ? "It is still being loaded; try again."
        : "No finding explains it, and it explains none."
    )
    return []
  }

  private mutating func onObject(
    _ what: String,
    _ action: (ClusterObject) -> ScreenAction
  ) -> [ScreenAction] {
    let actions = ChoiceScreen.onObject(of: finding, what, action)
    if actions.isEmpty { say("It is about no object: \(finding.subject).") }
    return actions
  }

  private mutating func proposeFirst() -> [ScreenAction] {
    let reading = readFirst()
    guard reading.isEmpty else {
      if case .impossible? = detail?.reading { return [] }
      // The plan opens once it can be made.
      proposesAtOnce = true
      return reading
    }
    let possible = offers.first { $0.canBeDone } ?? offers.first { $0.plan != nil }
    guard let offer = possible ?? offers.first else {
      let reason =
        switch detail?.isResolved {
        case nil: "Its remedies are still being loaded; try again."
        case true?: "It is resolved."
        case false?: "No remedy is known for it."
        }
      say(reason)
      return []
    }
    return propose(offer)
  }

  private mutating func propose(_ offer: FindingDetail.Offer) -> [ScreenAction] {
    let reading = readFirst()
    guard reading.isEmpty else { return reading }
    if let heal = detail?.heal, heal.isUnderWay {
      say(
        heal.isRunning
          ? "A plan is being carried out; wait for its outcome, or abort it with X."
          : "A plan was carried out; wait for the cluster to show whether it helped."
      )
      return []
    }
    switch offer.proposal {
    case .plan(let plan): return [.push(ConfirmScreen(plan))]
    case .refused(let plan, let reason): return [.push(ConfirmScreen(plan, refusal: reason))]
    case .unavailable(let reason):
      say("\(offer.title): not possible. \(reason)")
      return []
    }
  }
}

extension FindingDetail.Offer {
  /// The plan, even if it may not be carried out.
  var plan: HealPlan? {
    switch proposal {
    case .plan(let plan), .refused(let plan, _): plan
    case .unavailable: nil
    }
  }

  fileprivate var canBeDone: Bool {
    if case .plan = proposal { true } else { false }
  }
}

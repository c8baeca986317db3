import ClusterGraph
import Healing
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// One finding: what proves it, what is around it, and what can be done.
struct FindingScreen: Screen {
  enum Action { case heal, abort, cause, object, down, up, pageDown, pageUp }

  static let bindings: [Binding<Action>] = [
    Binding("h", label: "Heal", help: "Proposes the first remedy that can help", .heal),
    Binding("x", label: "Abort", help: "Stops the plan that is being carried out", .abort),
    Binding("c", help: "Opens the finding that explains this one", .cause),
    Binding("y", label: "YAML", help: "Shows the object that it is about as YAML", .object),
    Binding("j", "down", label: "Scroll", help: "Scrolls down", .down),
    Binding("k", "up", help: "Scrolls up", .up),
    Binding("page-down", "ctrl-f", "space", help: "Scrolls a page down", .pageDown),
    Binding("page-up", "ctrl-b", help: "Scrolls a page up", .pageUp),
  ]

  private let finding: Finding
  private var detail: FindingDetail?
  private var text = ScrollingText()
  /// What is shown, made anew when any of it changes.
  private var rows: [ScrollingText.Row] = []
  /// The last tick of the clock.
  private var time: Timestamp?
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)
  /// What the last key could not do, and why.
  private var notice: String?

  /// Whether the first remedy is to be proposed once they are known.
  private var proposesAtOnce: Bool

  init(_ finding: Finding, proposesAtOnce: Bool = false) {
    self.finding = finding
    self.proposesAtOnce = proposesAtOnce
  }

  var title: String { "Finding \(finding.id.description.prefix(8))" }

  /// The remedies have the digits, in the order in which they are listed.
  var hints: [KeyHint] {
    Self.bindings.filter { $0.action != .abort || isHealing }.map(\.hint)
      + offers.enumerated().map { index, offer in
        Binding(Key.character(Character("\(index + 1)")), help: offer.title, Action.heal).hint
      }
  }

  private var isHealing: Bool { detail?.heal?.isRunning == true }

  private var offers: [FindingDetail.Offer] { Array((detail?.offers ?? []).prefix(9)) }

  func refresh() -> [Effect] { [.loadDetail(finding.id)] }

  mutating func resize(_ region: Region) {
    self.region = region
    fit()
  }

  private mutating func fit() {
    rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: region.size.rows)
  }
}

// MARK: - Changes

extension FindingScreen {
  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .detail(let detail?, let id) where id == finding.id:
      if self.detail == nil { notice = nil }
      self.detail = detail
    case .tick(let now):
      // The finding's cluster may have a clock of its own.
      if let time, let detail { self.detail?.now = detail.now + time.elapsed(to: now) }
      time = now
    default: return false
    }
    let (oldRows, oldHints) = (rows, hints)
    fit()
    return rows != oldRows || hints != oldHints
  }

  mutating func due() -> [ScreenAction] {
    guard proposesAtOnce, detail != nil else { return [] }
    proposesAtOnce = false
    return proposeFirst()
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): text.scroll(by: rows)
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
      case .cause: return openCause()
      case .object: return openObject()
      case .down: text.scroll(by: 1)
      case .up: text.scroll(by: -1)
      case .pageDown: text.scroll(byPages: 1)
      case .pageUp: text.scroll(byPages: -1)
      case nil: break
      }
    case .click(let row, _):
      guard let key = text.key(of: rows, at: row, in: region) else { return [] }
      return update(.key(key))
    case .resize, .signal: break
    }
    return []
  }

  private mutating func abort() -> [ScreenAction] {
    if isHealing { return [.perform(.abortHeal(finding.id))] }
    notice = "Nothing is being carried out about it."
    fit()
    return []
  }

  private mutating func openCause() -> [ScreenAction] {
    if let cause = detail?.cause { return [.push(FindingScreen(cause))] }
    notice = detail == nil ? "It is still being loaded; try again." : "No finding explains it."
    fit()
    return []
  }

  private mutating func openObject() -> [ScreenAction] {
    if let object = finding.object { return [.push(ObjectScreen(object))] }
    notice = "It is about no object: \(finding.subject)."
    fit()
    return []
  }

  private mutating func proposeFirst() -> [ScreenAction] {
    let possible = offers.first { $0.canBeDone } ?? offers.first { $0.plan != nil }
    guard let offer = possible ?? offers.first else {
      notice =
        switch detail?.isResolved {
        case nil: "Its remedies are still being loaded; try again."
        case true?: "It is resolved."
        case false?: "No remedy is known for it."
        }
      fit()
      return []
    }
    return propose(offer)
  }

  private mutating func propose(_ offer: FindingDetail.Offer) -> [ScreenAction] {
    if let heal = detail?.heal, heal.isUnderWay {
      notice =
        heal.isRunning
        ? "A plan is being carried out; wait for its outcome, or abort it with x."
        : "A plan was carried out; wait for the cluster to show whether it helped."
      fit()
      return []
    }
    switch offer.proposal {
    case .plan(let plan): return [.push(ConfirmScreen(plan))]
    case .refused(let plan, let reason): return [.push(ConfirmScreen(plan, refusal: reason))]
    case .unavailable(let reason):
      notice = "\(offer.title): not possible. \(reason)"
      fit()
      return []
    }
  }
}

// MARK: - Drawing

extension FindingScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    text.draw(rows, on: &canvas, in: region)
  }

  private var lines: [ScrollingText.Line] {
    let shown = detail?.finding ?? finding
    var lines: [ScrollingText.Line] = []
    if let notice { lines += [.init(notice, style: Style(.warning, isBold: true)), .init("")] }
    if let heal = detail?.heal {
      let end = heal.isRunning ? " (x aborts)" : ""
      lines += [
        .init(heal.sentence + end, style: heal.style, key: heal.isRunning ? "x" : nil), .init(""),
      ]
    }
    lines.append(.init(shown.message, style: Style(shown.severity.style.role, isBold: true)))
    lines.append(.init(facts(of: shown), style: Style(.muted)))
    if let muting = shown.muting {
      let end = muting.until.map { ", until \($0.rfc3339)" } ?? ""
      lines.append(.init("Muted: \(muting.reason)\(end)", style: Style(.info)))
    }
    lines += causeLines
    lines += heading("Remedies") + remedyLines
    lines += heading("Evidence") + evidenceLines(of: shown)
    lines += changeLines + heading("Around it") + neighbourLines
    if let detail { lines += heading(detail.title) + [.init(detail.explanation, indent: 2)] }
    return lines
  }

  private func facts(of finding: Finding) -> String {
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

  private func heading(_ text: String) -> [ScrollingText.Line] {
    [.init(""), .init(text, style: Style(.header, isBold: true))]
  }

  private var remedyLines: [ScrollingText.Line] {
    guard let detail else { return [.init("Loading…", style: Style(.muted), indent: 2)] }
    guard !detail.isResolved else {
      return [.init("None needed: the condition has ended.", style: Style(.success), indent: 2)]
    }
    guard !offers.isEmpty else {
      return [.init("None that KPatrol knows. See what to look at below.", indent: 2)]
    }
    return offers.enumerated().map { index, offer in
      switch offer.proposal {
      case .plan:
        ScrollingText.Line(
          offer.title,
          indent: 2,
          label: "\(index + 1)",
          key: .character(Character("\(index + 1)"))
        )
      case .unavailable(let reason), .refused(_, let reason):
        ScrollingText.Line(
          "\(offer.title) – \(reason)",
          style: Style(.muted),
          indent: 2,
          label: "\(index + 1)",
          key: .character(Character("\(index + 1)"))
        )
      }
    }
  }

  private func evidenceLines(of finding: Finding) -> [ScrollingText.Line] {
    var lines: [ScrollingText.Line] = []
    var source: VertexID?
    for evidence in finding.evidence {
      if evidence.source != source {
        source = evidence.source
        lines.append(.init(evidence.source.description, indent: 2))
      }
      lines.append(.init(evidence.value, style: Style(.info), indent: 4, label: evidence.path))
    }
    return lines
  }

  private var causeLines: [ScrollingText.Line] {
    guard let detail else { return [] }
    var lines: [ScrollingText.Line] = []
    if let cause = detail.cause {
      lines.append(
        .init("Explained by: \(cause.message) (c opens it)", style: Style(.info), key: "c")
      )
    }
    if detail.consequenceCount > 0 {
      let others = detail.consequenceCount == 1 ? "other finding" : "other findings"
      lines.append(.init("Explains \(detail.consequenceCount) \(others).", style: Style(.info)))
    }
    return lines
  }

  private var changeLines: [ScrollingText.Line] {
    guard let detail, !detail.changes.isEmpty else { return [] }
    return heading("Why now")
      + detail.changes.map { change in
        let writer = change.manager.isEmpty ? "" : " (\(change.manager))"
        return ScrollingText.Line(
          "\(change.key): \(change)\(writer)",
          indent: 2,
          label: "\(Age.text(from: change.time, to: detail.now)) ago"
        )
      }
  }

  private var neighbourLines: [ScrollingText.Line] {
    guard let detail else { return [.init("Loading…", style: Style(.muted), indent: 2)] }
    guard !detail.neighbours.isEmpty else {
      return [.init("Nothing names it, and it names nothing.", style: Style(.muted), indent: 2)]
    }
    var lines = detail.neighbours.map { neighbour in
      ScrollingText.Line(
        neighbour.id.description + neighbour.presence.note,
        style: neighbour.presence.isAbsent ? Style(.critical) : Style(),
        indent: 2,
        label: neighbour.phrase
      )
    }
    let hidden = detail.neighbourCount - detail.neighbours.count
    if hidden > 0 { lines.append(.init("and \(hidden) more", style: Style(.muted), indent: 2)) }
    return lines
  }
}

extension Finding {
  /// The object that it is about, which may be gone; `nil` where it is about something else.
  var object: ClusterObject? {
    subject.objectKey.map { ClusterObject(cluster: cluster, key: $0) }
  }
}

extension FindingDetail.Offer {
  /// The plan, even if it may not be carried out.
  fileprivate var plan: HealPlan? {
    switch proposal {
    case .plan(let plan), .refused(let plan, _): plan
    case .unavailable: nil
    }
  }

  fileprivate var canBeDone: Bool {
    if case .plan = proposal { true } else { false }
  }
}

extension Presence {
  /// What to say of a neighbour beside its name.
  fileprivate var note: String {
    switch self {
    case .present(let record): record.metadata.isTerminating ? " (terminating)" : ""
    case .absent: " (does not exist)"
    case .unknown(let reason): " (unknown: \(reason))"
    case .notAnObject: ""
    }
  }
}

extension HealState {
  fileprivate var style: Style {
    switch self {
    case .running, .waitingForProof: Style(.progress, isBold: true)
    case .healed, .done: Style(.success, isBold: true)
    case .didNotHelp, .aborted, .refused: Style(.warning, isBold: true)
    case .failed: Style(.error, isBold: true)
    }
  }
}

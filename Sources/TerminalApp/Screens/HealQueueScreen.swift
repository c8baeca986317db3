import Healing
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// The plans that policies propose; each is confirmed by a person, or rejected.
struct HealQueueScreen: Screen {
  enum Action: Equatable {
    case move(ListMotion)
    case approve, reject, mark, finding, pause
  }

  static let bindings: [Binding<Action>] =
    [
      Binding(
        "enter",
        label: "Review",
        help: "Shows the plan to be confirmed; of all that are marked",
        changes: true,
        .approve
      ),
      Binding("r", label: "Reject", help: "Takes it, or all that are marked, out", .reject),
      Binding("space", label: "Mark", help: "Marks the plan, or no longer", .mark),
      Binding("o", label: "Finding", help: "Opens the finding that it is about", .finding),
      Binding("P", help: "Pauses all healing, or goes on with it", .pause),
    ] + ListMotion.bindings(Action.move)

  private var plans: [QueuedPlan] = []
  private var isLoaded = false
  private var list = ListState<FindingID>()
  private var marks: Set<FindingID> = []

  var title: String { "Heal queue" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }
  var command: String? { "queue" }

  func refresh() -> [Effect] { [.loadQueue] }

  mutating func resize(_ region: Region) { list.resize(height: region.size.rows - 1) }

  mutating func update(_ message: Message) -> Bool {
    guard case .queue(let plans) = message else { return false }
    let selected = list.index < self.plans.count ? self.plans[list.index].id : nil
    guard plans != self.plans || !isLoaded else { return false }
    self.plans = plans
    isLoaded = true
    marks.formIntersection(plans.map(\.id))
    list.update(count: plans.count, selectedIndex: plans.firstIndex { $0.id == selected })
    return true
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): list.move(motion)
      case .approve: return approve()
      case .reject: return reject()
      case .mark:
        guard let plan = selected else { return [] }
        if marks.remove(plan.id) == nil { marks.insert(plan.id) }
        list.move(by: 1)
      case .finding: return selected.map { [.push(FindingScreen($0.finding))] } ?? []
      case .pause: return [.perform(.pauseHealing)]
      case nil: break
      }
    case .click(let row, _): if list.click(row: row - 3) == .open { return approve() }
    case .wheel(let rows): list.move(by: rows)
    case .paste, .resize, .signal: break
    }
    return []
  }

  private var selected: QueuedPlan? {
    plans.indices.contains(list.index) ? plans[list.index] : nil
  }

  /// Those that are marked, or else the one that is selected.
  private var targets: [QueuedPlan] {
    marks.isEmpty ? [selected].compactMap(\.self) : plans.filter { marks.contains($0.id) }
  }

  /// What was proposed may be out of date: it is made anew to be confirmed.
  private func approve() -> [ScreenAction] {
    targets.isEmpty ? [] : [.perform(.proposeQueued(targets))]
  }

  private mutating func reject() -> [ScreenAction] {
    let plans = targets
    guard !plans.isEmpty else { return [] }
    marks = []
    return [.perform(.reject(plans))]
  }
}

// MARK: - Drawing

extension HealQueueScreen {
  func draw(on canvas: inout Canvas, in region: Region) {
    guard !plans.isEmpty else {
      let text =
        isLoaded
        ? "Nothing waits to be confirmed. Policies put plans here: see healing.policies in "
          + "kpatrol config keys." : "Loading…"
      for (index, line) in DisplayText(text).wrapped(to: region.size.columns - 4).enumerated() {
        canvas.write(line, row: region.row + 1 + index, column: 2, style: Style(.muted))
      }
      return
    }
    let policyWidth = min(20, max(6, plans.map { DisplayText($0.policy).width }.max() ?? 0))
    let clusterWidth = min(20, max(7, plans.map { DisplayText($0.plan.cluster).width }.max() ?? 0))
    let columns = (cluster: 4, policy: 4 + clusterWidth + 2, plan: 8 + clusterWidth + policyWidth)
    let header = Style(.header, isBold: true)
    canvas.write("CLUSTER", row: region.row, column: columns.cluster, style: header)
    canvas.write("POLICY", row: region.row, column: columns.policy, style: header)
    canvas.write("PLAN", row: region.row, column: columns.plan, style: header)
    for (index, queued) in plans.enumerated().dropFirst(list.offset).prefix(list.height) {
      let row = region.row + 1 + index - list.offset
      if index == list.index { canvas.write(">", row: row, column: 0, style: Style(.key)) }
      if marks.contains(queued.id) { canvas.write("•", row: row, column: 2, style: Style(.key)) }
      let cluster = DisplayText(queued.plan.cluster).cutInMiddle(to: clusterWidth)
      canvas.write(cluster, row: row, column: columns.cluster)
      let policy = DisplayText(queued.policy).cutAtEnd(to: policyWidth)
      canvas.write(policy, row: row, column: columns.policy)
      let room = region.size.columns - columns.plan - 1
      let text = DisplayText("\(queued.plan.title): \(queued.finding.message)").cutAtEnd(to: room)
      canvas.write(text, row: row, column: columns.plan)
      guard index == list.index else { continue }
      let whole = Region(row: row, column: 0, columns: region.size.columns, rows: 1)
      canvas.restyle(row: row, in: whole) { $0.role = .selection }
    }
  }
}

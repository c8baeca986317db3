import ClusterGraph
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// What keys do in the list of findings.
extension FindingsScreen {
  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key):
      if prompt != nil { return say(key) }
      if chooser != nil { return choose(key) }
      return isTyping ? type(key) : perform(key)
    case .click(let row, _):
      guard prompt == nil, chooser == nil else { return [] }
      return click(row: row) { $0.perform("enter") }
    case .wheel(let rows): return turnWheel(rows)
    case .paste, .resize, .signal: return []
    }
  }

  private mutating func perform(_ key: Key) -> [ScreenAction] {
    notice = nil
    if key == .escape { return escape() }
    switch Self.bindings.action(for: key) {
    case .move(let motion): list.move(motion)
    case .open: return open()
    case .heal: return heal()
    case .object(let tab): return openObject(tab.label) { ObjectScreen($0, tab: tab) }
    case .previousLog:
      return openObject("Log of the run before") {
        ObjectScreen($0, tab: .logs, isPreviousLog: true)
      }
    case .whyNow: return openFinding(at: FindingText.whyNow)
    case .graph: return openFinding(at: FindingText.around)
    case .clusters: return [.push(ClustersScreen(statuses))]
    case .checks: return [.push(CatalogueScreen(cluster: cluster))]
    case .dangling:
      return layout == .dangling ? [] : [.push(FindingsScreen.dangling(cluster: cluster))]
    case .filter: filter.begin()
    case .like: return showLike()
    case .copy: return copy()
    case .wide: isWide.toggle()
    case .chooseColumns: chooser = ColumnChooser(columns(width: width).choices, choice)
    case .fold: fold()
    case .unfold: setGroup(open: true)
    case .close: setGroup(open: false)
    case .foldAll: folds.setAll(open: !folds.isOpenByDefault)
    case .nextGrouping: regroup(by: 1)
    case .previousGrouping: regroup(by: -1)
    case .mark: return mark()
    case .markRange: return markRange()
    case .clearMarks: marks.clear()
    case .acknowledge: return triage(.acknowledge)
    case .mute: return triage(.mute)
    case .pause: return [.perform(.pauseHealing)]
    case nil: return []
    }
    return moved()
  }

  /// Takes back marks first, then the filter.
  private mutating func escape() -> [ScreenAction] {
    if !marks.isEmpty {
      marks.clear()
      return []
    }
    filter.clear()
    list.restart()
    return moved()
  }

  private mutating func open() -> [ScreenAction] {
    guard case .group? = selectedLine else { return openFinding() }
    fold()
    return moved()
  }

  private mutating func openFinding(
    healing: Bool = false,
    at heading: String? = nil
  ) -> [ScreenAction] {
    settle()
    guard let finding = selected?.finding else { return [] }
    return [.push(FindingScreen(finding, proposesAtOnce: healing, at: heading))]
  }

  private mutating func openObject(
    _ what: String,
    _ screen: (ClusterObject) -> ObjectScreen
  ) -> [ScreenAction] {
    settle()
    guard let finding = selected?.finding else { return [] }
    let actions = ChoiceScreen.onObject(of: finding, what) { .push(screen($0)) }
    if actions.isEmpty { notice = "It is about no object: \(finding.subject)." }
    return actions
  }

  /// Heals what is marked together, or else what is selected.
  private mutating func heal() -> [ScreenAction] {
    guard marks.findings.count > 1 else { return openFinding(healing: true) }
    return [.perform(.proposeRemedies(targets))]
  }

  /// Whoever comes back finds the selection where it was.
  private mutating func settle() {
    list.move(by: 0)
    list.select(id: selectedLine?.id)
  }

  private mutating func showLike() -> [ScreenAction] {
    guard let finding = selected?.finding else { return [] }
    filter.set("check:\(finding.check) kind:^\(finding.subject.kindName)$")
    settle()
    return moved()
  }

  /// The selection stands elsewhere: remember what it is on, and load what is to be shown before
  /// it comes in sight.
  mutating func moved() -> [ScreenAction] {
    list.select(id: selectedLine?.id)
    return has(margin: list.height / 2) ? [] : [.perform(.loadFindings(query))]
  }
}

// MARK: - Groups

extension FindingsScreen {
  private mutating func fold() {
    if case .group(let group)? = selectedLine {
      settle()
      folds.set(group.name, open: !group.isOpen)
    } else {
      isFolded.toggle()
    }
  }

  /// Opens or closes the group that is selected, or in which the selected finding is.
  private mutating func setGroup(open: Bool) {
    let before = page.lines.prefix(max(0, list.index - page.offset + 1))
    guard
      let index = before.lastIndex(where: { $0.row == nil }),
      case .group(let group) = page.lines[index]
    else { return }
    list.move(by: page.offset + index - list.index)
    list.select(id: .group(group.name))
    folds.set(group.name, open: open)
  }

  private mutating func regroup(by step: Int) {
    let all = groupings
    let index = (all.firstIndex(of: grouping) ?? 0) + step
    grouping = all[(index + all.count) % all.count]
    folds = GroupFolds()
    marks.anchor = nil
    list.restart()
  }
}

// MARK: - Marks, and what is said of findings

extension FindingsScreen {
  private mutating func mark() -> [ScreenAction] {
    if case .group(let group)? = selectedLine { return mark(group) }
    guard let finding = selected?.finding, selected?.resolvedAt == nil else {
      return []
    }
    marks.toggle(finding)
    marks.anchor = list.index
    list.move(by: 1)
    return moved()
  }

  /// Marks all findings of a group, whether it is open or not.
  private mutating func mark(_ group: FindingsPage.Group) -> [ScreenAction] {
    var query = query
    let isOfGroup = FilterExpression.Term(
      .whole(group.name.lowercased()),
      column: group.grouping.rawValue
    )
    query.filter = FilterExpression(query.filter.terms + [isOfGroup])
    (query.grouping, query.consequences, query.locating) = (.none, .apart, nil)
    (query.offset, query.limit) = (0, FindingMarks.limit)
    return load(query)
  }

  private mutating func load(_ query: FindingsQuery) -> [ScreenAction] {
    marks.pending = query
    return [.perform(.loadMarks(query))]
  }

  private mutating func markRange() -> [ScreenAction] {
    guard let anchor = marks.anchor else {
      notice = "A range begins at a mark: space sets one."
      return []
    }
    var query = query
    query.offset = min(anchor, list.index)
    query.limit = max(anchor, list.index) - query.offset + 1
    query.locating = nil
    return load(query)
  }

  /// Those that are marked, or else the one that is selected.
  private var targets: [Finding] {
    marks.isEmpty
      ? selected.flatMap { $0.resolvedAt == nil ? [$0.finding] : nil } ?? []
      : marks.findings.values.sorted(by: Finding.precedes)
  }

  private mutating func triage(_ kind: TriagePrompt.Kind) -> [ScreenAction] {
    switch TriagePrompt.step(kind, targets) {
    case .asks(let prompt): self.prompt = prompt
    case .refuses(let reason): notice = reason
    case .says(let notes):
      marks.clear()
      settle()
      return [.perform(.addNotes(notes))]
    }
    return []
  }

  private mutating func say(_ key: Key) -> [ScreenAction] {
    switch prompt?.type(key, at: page.now) {
    case .says(let notes):
      if prompt?.kind == .mute { leave(notes.map(\.finding)) }
      prompt = nil
      marks.clear()
      return [.perform(.addNotes(notes))]
    case .leaves:
      prompt = nil
      return []
    case .stays, nil: return []
    }
  }

  /// What is muted goes to the end of the list, and who goes on with the next must not go with it.
  private mutating func leave(_ muted: [FindingID]) {
    guard let id = selected?.finding.id, muted.contains(id) else { return settle() }
    let start = list.index - page.offset
    let next = page.lines.dropFirst(start).first { line in
      line.row.map { !muted.contains($0.finding.id) } ?? true
    }
    guard let next, let place = page.lines.firstIndex(where: { $0.id == next.id }) else {
      return settle()
    }
    list.move(by: place - start)
    list.select(id: next.id)
  }
}

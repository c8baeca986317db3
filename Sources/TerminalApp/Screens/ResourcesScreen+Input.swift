import ClusterGraph
import Healing
import KubernetesObjects
import Monitoring
import TerminalKit

/// What keys do in a list of objects.
extension ResourcesScreen {
  /// How long the rows in sight must stay before more is asked about them.
  private static let scrollPause = Duration.milliseconds(120)

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key) where chooser != nil: return choose(key)
    case .key(let key): return isTyping ? type(key) : perform(key)
    case .click where chooser != nil, .wheel where chooser != nil: return []
    case .click(row: 3, let column):
      // The title's two rows and the filter are before the header.
      guard let column = self.column(at: column) else { return [] }
      return sort(by: column)
    case .click(let row, _): return click(row: row) { $0.open() }
    case .wheel(let rows): return turnWheel(rows)
    case .paste, .resize, .signal: return []
    }
  }

  private mutating func perform(_ key: Key) -> [ScreenAction] {
    notice = nil
    if case .character(let digit) = key, let number = digit.wholeNumberValue, digit.isASCII {
      return showNamespace(number)
    }
    if key == .escape { return escape() }
    switch Self.bindings.action(for: key) {
    case .move(let motion):
      list.move(motion)
      return moved()
    case .open: return open()
    case .object(let tab): return onSelected { [.push(ObjectScreen($0, tab: tab))] }
    case .previousLog:
      return onSelected { [.push(ObjectScreen($0, tab: .logs, isPreviousLog: true))] }
    case .owner: return onSelected { [.perform(.findOwner($0))] }
    case .users: return onSelected { [.push(UsersScreen($0))] }
    case .copy: return onSelected { [.perform(.copyName(of: $0))] }
    case .shell: return onSelected { [.perform(.shell(in: $0))] }
    case .edit: return onSelected { [.perform(.editor(on: $0))] }
    case .delete: return onTargets { .propose(.delete(), $0) }
    case .trigger: return onTargets(Effect.trigger)
    case .restart: return onTargets(Effect.restart)
    case .mark: return mark()
    case .markRange: return markRange()
    case .clearMarks: marks.clear()
    case .filter: filter.begin()
    case .wide: isWide.toggle()
    case .chooseColumns: chooser = ColumnChooser(choices, choice)
    case .onlyFindings:
      onlyFindings.toggle()
      return rearranged()
    case .sort(let column): return sort(by: column)
    case .sortByStatus: return sortByStatus()
    case .sortByPicked:
      guard let picked else {
        notice = "No column is picked: shift-left and shift-right do."
        return []
      }
      return sort(by: picked)
    case .pickLeft: pick(-1)
    case .pickRight: pick(1)
    case nil: break
    }
    return []
  }

  /// Does something with the selected object; whoever comes back finds the selection where it was.
  private mutating func onSelected(
    _ actions: (ClusterObject) -> [ScreenAction]
  ) -> [ScreenAction] {
    guard let row = selected else { return [] }
    list.move(by: 0)
    list.select(id: row.id)
    return actions(row.id)
  }

  /// Does something with the marked objects, or else with the selected one.
  private mutating func onTargets(_ effect: ([ClusterObject]) -> Effect) -> [ScreenAction] {
    guard !marks.isEmpty else { return onSelected { [.perform(effect([$0]))] } }
    return [.perform(effect(marks.objects))]
  }

  private mutating func mark() -> [ScreenAction] {
    guard let row = selected else { return [] }
    marks.toggle(row)
    marks.anchor = list.index
    list.move(by: 1)
    return moved()
  }

  private mutating func markRange() -> [ScreenAction] {
    guard let anchor = marks.anchor else {
      notice = "A range begins at a mark: space sets one."
      return []
    }
    let first = min(anchor, list.index)
    let count = max(anchor, list.index) - first + 1
    guard count <= ObjectMarks.limit else {
      notice = "\(count) objects are too many: \(ObjectMarks.limit) are marked at once at most."
      return []
    }
    let query = ResourcesQuery(rowQuery, cluster: scope.cluster, offset: first, limit: count)
    marks.pending = query
    return [.perform(.loadRows(query))]
  }

  /// Gives up what is under way first, then marks, then the filter.
  private mutating func escape() -> [ScreenAction] {
    if pending != nil {
      pending = nil
      return []
    }
    if !marks.isEmpty {
      marks.clear()
      return []
    }
    filter.clear()
    return rearranged()
  }

  private mutating func open() -> [ScreenAction] {
    guard let row = selected else { return [] }
    list.move(by: 0)  // Whoever comes back finds the selection where it was.
    list.select(id: row.id)
    guard let findings = row.object.findings else { return [.push(ObjectScreen(row.id))] }
    if findings.count == 1 { return [.push(FindingScreen(findings.worst))] }
    return [
      .push(FindingsScreen(cluster: row.cluster, filter: row.object.key.qualifiedName))
    ]
  }

  private mutating func showNamespace(_ number: Int) -> [ScreenAction] {
    guard scope.resource.isNamespaced else { return [] }
    guard number <= namespaces.count else {
      notice = "No namespace has the number \(number)."
      return []
    }
    scope.namespace = number == 0 ? nil : namespaces[number - 1]
    return rearranged()
  }

  // MARK: - Sorting

  private mutating func sort(by column: ResourceColumn) -> [ScreenAction] {
    var wanted = Sorting(column: column)
    if sorting.column == column { wanted.isReversed = !sorting.isReversed }
    guard let order = column.order else {
      notice = "Rows are not sorted by cluster; @CLUSTER in a command shows one alone."
      return []
    }
    if case .column = order, sorting.column != column {
      return load(wanted)
    }
    pending = nil
    sorting = wanted
    return rearranged()
  }

  private mutating func sortByStatus() -> [ScreenAction] {
    guard !cells.columns.isEmpty else {
      notice = "No API server has told its columns yet."
      return []
    }
    let names = ["Status", "Phase", "State"]
    guard let name = names.first(where: { name in cells.columns.contains { $0.name == name } })
    else {
      notice = "\(scope.resource.qualifiedPlural) have no column STATUS."
      return []
    }
    return sort(by: .cell(name))
  }

  /// Has all cells of a column loaded, which the graph does not know.
  mutating func load(_ sorting: Sorting) -> [ScreenAction] {
    pending = (sorting, nil, true)
    let query = ColumnQuery(rowQuery(sorting), cluster: scope.cluster)
    return [.perform(.loadColumn(query, isFirst: true))]
  }

  private mutating func pick(_ step: Int) {
    let all = columns.filter { $0.order != nil }
    let current = all.firstIndex(of: picked ?? sorting.column) ?? 0
    picked = all[max(0, min(all.count - 1, current + step))]
  }

  // MARK: - Moving

  /// Another order, or other rows: the selection follows its object, where that is still there.
  private mutating func rearranged() -> [ScreenAction] {
    if !list.isChosen { list.restart() }
    return moved()
  }

  /// The selection stands elsewhere: remember what it is on, and load what is to be shown before
  /// it comes in sight.
  mutating func moved() -> [ScreenAction] {
    list.select(id: selected?.id)
    var actions: [ScreenAction] = []
    if !has(margin: list.height / 2) { actions.append(.perform(.loadRows(query))) }
    guard list.offset != notedOffset || !has(margin: 0) else { return actions }
    notedOffset = list.offset
    scrollCount += 1
    isScrolling = true
    actions.append(.perform(.wait(Self.scrollPause, number: scrollCount)))
    return actions
  }

  /// Whether what is to be shown is at hand, with so many rows on either side of it.
  func has(margin: Int) -> Bool {
    guard let shownQuery, shownQuery.rows == rowQuery, shownQuery.cluster == scope.cluster else {
      return false
    }
    let first = max(0, list.offset - margin)
    let end = min(page.count, list.offset + list.height + margin)
    return page.offset <= first && end <= page.offset + page.rows.count
  }
}

import KubernetesObjects
import Monitoring
import TerminalKit

/// What comes to a list of objects.
extension ResourcesScreen {
  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .rows(let page, marks.pending):
      marks.add(page.rows)
      return true
    case .rows(let page, let query)
    where query.rows == rowQuery && query.cluster == scope.cluster:
      return show(page, for: query)
    case .cells(let answers):
      cells.take(answers, keeping: page.rows)
      measure()
      return !answers.isEmpty
    case .waited(let number):
      if number == scrollCount { isScrolling = false }
      return false
    case .column(let progress, let query): return take(progress, of: query)
    case .vocabulary(let vocabulary):
      let old = namespaces
      setNamespaces(vocabulary.contents.namespaces)
      return namespaces != old
    case .statuses(let statuses):
      let old = clusterCount
      clusterCount = statuses.count
      return clusterCount != old
    case .tick(let now):
      cells.tick()
      let last = page.now
      page.now = max(last, now)
      return visibleRows.contains { age(of: $0, at: last) != age(of: $0, at: page.now) }
    default: return false
    }
  }

  /// Rows that are not at hand, cells that are to be seen, the next cells to sort by.
  mutating func missing() -> [Effect] {
    guard isLoaded else { return [] }
    var effects: [Effect] = []
    if !has(margin: 0) { effects.append(.loadRows(query)) }
    if pending?.isAsked == false, let sorting = pending?.sorting {
      pending?.isAsked = true
      let query = ColumnQuery(rowQuery(sorting), cluster: scope.cluster)
      effects.append(.loadColumn(query, isFirst: pending?.progress == nil))
    }
    if !isScrolling { effects += cells.request(visibleRows).map(Effect.loadCells) }
    return effects
  }

  func age(of row: ResourcesPage.Row, at now: Timestamp) -> String {
    row.object.creationTimestamp.map { Age.text(from: $0, to: now) } ?? "<unknown>"
  }

  private mutating func show(_ page: ResourcesPage, for query: ResourcesQuery) -> Bool {
    let (oldList, oldRows, old) = (list, visibleRows, self.page)
    let known = query.locating == list.selectedID ? page.locatedIndex : place(in: page)
    list.update(count: page.count, selectedIndex: known)
    self.page = page
    self.page.now = max(old.now, page.now)
    shownQuery = query
    list.select(id: selected?.id)
    marks.update(page.rows)
    let isFirst = !isLoaded
    isLoaded = true
    sortAsRemembered()
    if !page.isRanked, pending == nil {
      // Somebody else's rows have been looked at meanwhile.
      pending = (sorting, nil, false)
    }
    measure()
    return isFirst || list != oldList || visibleRows != oldRows || page.count != old.count
      || page.countWithoutFilter != old.countWithoutFilter
      || !page.visibility.elementsEqual(old.visibility, by: ==)
  }

  /// How many rows are sorted again as in the last run, by what all of them have to be asked for.
  private static let mostRemembered = 5000

  /// Sorts as in the last run, where that asks an API server for no more than a few pages.
  private mutating func sortAsRemembered() {
    guard let sorting = rememberedSorting else { return }
    rememberedSorting = nil
    guard page.count <= Self.mostRemembered else {
      let column = sorting.column.title
      notice = "Not sorted by \(column) as last time: that asks for all \(page.count) again."
      return
    }
    pending = (sorting, nil, false)
  }

  /// Where the selection is in a page that was asked for before it moved.
  private func place(in page: ResourcesPage) -> Int {
    let row = page.rows.firstIndex { $0.id == list.selectedID }
    return row.map { page.offset + $0 } ?? list.index
  }

  private mutating func take(_ progress: ColumnProgress, of query: ColumnQuery) -> Bool {
    guard let sorting = pending?.sorting,
      query == ColumnQuery(rowQuery(sorting), cluster: scope.cluster)
    else { return false }
    guard progress.isDone else {
      pending = (sorting, progress, false)
      return true
    }
    pending = nil
    if let problem = progress.problem {
      notice = "Not sorted by \(sorting.column.title): \(problem)"
      // Rows whose ranks were lost are shown in the order of their names.
      if self.sorting.column == sorting.column { self.sorting = Sorting() }
    } else {
      self.sorting = sorting
      sortedAt = progress.time
    }
    return true
  }
}

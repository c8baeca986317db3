import ClusterGraph
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Lists findings, worst first, or in groups.
struct FindingsScreen: PagedList {
  enum Action: Equatable {
    case move(ListMotion)
    case object(ObjectScreen.Tab)
    case open, whyNow, graph, previousLog, heal, filter, fold, unfold, close, foldAll
    case clusters, checks, dangling, wide, chooseColumns
    case nextGrouping, previousGrouping
    case mark, markRange, clearMarks, like, copy, acknowledge, mute, pause
  }

  static let bindings: [Binding<Action>] =
    [
      Binding(
        "enter",
        label: "Open",
        help: "Opens the finding: evidence and remedies; or the group",
        .open
      ),
      Binding("/", label: "Filter", help: ListFilter.help, .filter),
      Binding(
        "t",
        label: "Group",
        help: "Puts findings in groups: by the next sort",
        .nextGrouping
      ),
      Binding("a", label: "Ack", help: "Acknowledges, or takes it back", .acknowledge),
      Binding("m", label: "Mute", help: "Mutes for a time or for ever, or takes it back", .mute),
      Binding("F", label: "Fleet", help: "Shows the clusters and their connections", .clusters),
      Binding(
        "h",
        help: "Proposes the first remedy that can help; of all that are marked",
        changes: true,
        .heal
      ),
      Binding("P", help: "Pauses all healing, or goes on with it", .pause),
      Binding("C", help: "Shows the checks: what they find and what they cost", .checks),
      Binding("D", help: "Shows all that dangles, by kind", .dangling),
      Binding("w", help: "Opens the finding at what changed lately around it", .whyNow),
      Binding("x", help: "Opens the finding at what is around it", .graph),
      Binding("d", help: "Describes the object that the finding is about", .object(.description)),
      Binding("y", help: "Shows the object that the finding is about as YAML", .object(.yaml)),
      Binding("l", help: "Shows the log of what the finding is about", .object(.logs)),
      Binding("p", help: "Shows the log of the run before", .previousLog),
      Binding("v", help: "Shows the Events about what the finding is about", .object(.events)),
      Binding("f", help: "Shows only findings like this: of its check and kind", .like),
      Binding("c", help: "Copies the finding as Markdown, for the ticket", .copy),
      Binding("space", help: "Marks the finding, or no longer; of a group, all", .mark),
      Binding("ctrl-space", help: "Marks all from the last mark to here", .markRange),
      Binding("ctrl-\\", help: "Clears all marks", .clearMarks),
      Binding("T", help: "Puts findings in groups: by the sort before", .previousGrouping),
      Binding("tab", help: "Opens or closes a group; else what findings explain", .fold),
      Binding("right", help: "Opens the group", .unfold),
      Binding("left", help: "Closes the group", .close),
      Binding("*", help: "Opens or closes all groups", .foldAll),
      Binding("ctrl-w", help: "Shows more columns, or no longer", .wide),
      Binding("|", help: "Chooses the columns that are shown", .chooseColumns),
    ] + ListMotion.bindings(Action.move)

  /// What the list is of, and how it looks.
  enum Layout: Sendable { case findings, dangling }

  let cluster: String?
  let layout: Layout
  var list = ListState<FindingsPage.LineID>()
  var page = FindingsPage()
  /// What `page` answers.
  var shownQuery: FindingsQuery?
  var isLoaded = false
  var filter: ListFilter
  var isFolded = true
  var isWide = false
  /// The columns that the user wants, or not.
  var choice = ColumnChoice()
  /// Where they are chosen, while that is open.
  var chooser: ColumnChooser?
  var width = 80
  var grouping: FindingGrouping
  var folds = GroupFolds()
  var marks = FindingMarks()
  /// What is being said of findings.
  var prompt: TriagePrompt?
  /// What the last key could not do, and why.
  var notice: String?
  /// The finding that is to be copied, once all about it has come.
  private var wanted: FindingID?
  private var copied: FindingDetail?
  var statuses: [ClusterStatus] = []

  /// Shows one cluster's findings, or all, and of those what `filter` lets through.
  init(
    cluster: String? = nil,
    filter: String = "",
    grouping: FindingGrouping = .none,
    layout: Layout = .findings
  ) {
    self.cluster = cluster
    self.layout = layout
    self.filter = ListFilter(filter, columns: FindingsFilter.columns)
    self.grouping = grouping
  }

  /// Shows all that dangles, by kind.
  static func dangling(
    cluster: String? = nil,
    filter: String = "",
    grouping: FindingGrouping = .kind
  ) -> FindingsScreen {
    FindingsScreen(cluster: cluster, filter: filter, grouping: grouping, layout: .dangling)
  }

  /// The grouping that it begins with, and the others that it goes through.
  private static func groupings(_ layout: Layout) -> [FindingGrouping] {
    let others = FindingGrouping.allCases.filter { $0 != .kind && $0 != .shape }
    return layout == .dangling ? [.kind] + others : FindingGrouping.allCases.filter { $0 != .kind }
  }

  var groupings: [FindingGrouping] { Self.groupings(layout) }

  var title: String {
    let subject = layout == .dangling ? "Dangling" : "Findings"
    let name = cluster.map { "\(subject) of \($0)" } ?? subject
    return grouping == .none ? name : "\(name) by \(grouping.rawValue)"
  }

  var command: String? {
    var words = [layout == .dangling ? "dangling" : "findings"]
    if let cluster { words.append("@\(cluster)") }
    if grouping != groupings[0] { words.append("by:\(grouping.rawValue)") }
    return (words + [CommandParser.filterWords(filter.text)]).filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  var hints: [KeyHint] {
    if prompt != nil { return TriagePrompt.hints }
    if chooser != nil { return ColumnChooser.hints }
    return filter.isTyping ? FilterLine.hints : Self.bindings.map(\.hint)
  }

  var isTyping: Bool { prompt != nil || filter.isTyping || chooser != nil }
  var usesEscape: Bool { prompt != nil || filter.usesEscape || !marks.isEmpty || chooser != nil }

  /// Asks for a page more on either side than is in sight, so that a key finds its rows at hand.
  var query: FindingsQuery {
    let offset = max(0, list.offset - list.height)
    return FindingsQuery(
      cluster: cluster,
      filter: wantedFilter,
      offset: offset,
      limit: list.offset + 2 * list.height - offset,
      locating: list.selectedID,
      // Who looks for words finds them wherever they are.
      consequences: isFolded && filter.isEmpty ? .folded : .beneath,
      grouping: grouping,
      folds: folds
    )
  }

  /// What the list is of, and of that what is typed.
  private var wantedFilter: FilterExpression {
    guard layout == .dangling else { return filter.expression }
    let shape = FilterExpression.Term(.whole(Shape.dangling.rawValue), column: "shape")
    return FilterExpression([shape] + filter.expression.terms)
  }

  func refresh() -> [Effect] {
    var query = query
    if query == shownQuery { query.known = page.revision }
    return [.loadFindings(query)]
  }

  /// What is news and what is over fades after some seconds, and nobody tells.
  func refreshEachSecond() -> [Effect] {
    visibleLines.contains { $0.row.map { $0.isNew || $0.resolvedAt != nil } ?? false }
      ? refresh() : []
  }

  /// The selection may have moved with its finding to where the page does not reach.
  mutating func missing() -> [Effect] { isLoaded && !has(margin: 0) ? [.loadFindings(query)] : [] }

  mutating func resize(_ region: Region) {
    width = region.size.columns
    list.resize(height: region.size.rows - 2)
  }

  /// Whether what is to be shown is at hand, with so many rows on either side of it.
  func has(margin: Int) -> Bool {
    guard let shownQuery, isAnswer(to: shownQuery) else { return false }
    let first = max(0, list.offset - margin)
    let end = min(page.rowCount, list.offset + list.height + margin)
    return page.offset <= first && end <= page.offset + page.lines.count
  }

  /// Whether what a query brought is, but for the window, what is to be shown.
  func isAnswer(to asked: FindingsQuery) -> Bool {
    let query = query
    return asked.filter == query.filter && asked.cluster == query.cluster
      && asked.consequences == query.consequences && asked.grouping == query.grouping
      && asked.folds == query.folds
  }

  /// The lines in sight, as far as they are at hand.
  var visibleLines: ArraySlice<FindingsPage.Line> {
    let first = list.offset - page.offset
    return page.lines[(first..<first + list.height).clamped(to: page.lines.indices)]
  }

  /// The clusters that a finding may be of, none where that is clear.
  var clusterNames: [String] { statuses.count > 1 ? statuses.map(\.name) : [] }

  /// The selected line, if it is in the window that is at hand.
  var selectedLine: FindingsPage.Line? {
    let index = list.index - page.offset
    return page.lines.indices.contains(index) ? page.lines[index] : nil
  }

  /// The finding of the selected line.
  var selected: FindingsPage.Row? { selectedLine?.row }
}

// MARK: - Messages

extension FindingsScreen {
  mutating func update(_ message: Message) -> Bool {
    switch message {
    case .findings(let page, let query) where isAnswer(to: query): return show(page, for: query)
    case .marked(let findings, marks.pending):
      marks.add(findings)
      return true
    case .detail(let detail, let id) where id == wanted:
      wanted = nil
      copied = detail
      if detail == nil { notice = "The finding is gone." }
      return detail == nil
    case .statuses(let statuses):
      let (oldNames, oldSentences) = (clusterNames, whyEmpty.sentences)
      self.statuses = statuses
      return clusterNames != oldNames || page.lines.isEmpty && whyEmpty.sentences != oldSentences
    case .tick(let now):
      let last = page.now
      page.now = max(last, now)
      return haveAged(since: last)
    default: return false
    }
  }

  mutating func copy() -> [ScreenAction] {
    wanted = selected?.finding.id
    return wanted.map { [.perform(.loadDetail($0))] } ?? []
  }

  mutating func due() -> [ScreenAction] {
    guard let detail = copied.take() else { return [] }
    return [.perform(.copy(FindingMarkdown(detail).text, what: "the finding as Markdown"))]
  }

  private mutating func show(_ page: FindingsPage, for query: FindingsQuery) -> Bool {
    let (oldList, oldLines, old) = (list, visibleLines, self.page)
    let known = query.locating == list.selectedID ? page.locatedIndex : place(in: page)
    list.update(count: page.rowCount, selectedIndex: known)
    self.page = page
    self.page.now = max(old.now, page.now)
    shownQuery = query
    shownQuery?.known = nil
    list.select(id: selectedLine?.id)
    marks.update(page.rows)
    let isFirst = !isLoaded
    isLoaded = true
    return isFirst || list != oldList || visibleLines != oldLines
      || (page.matchCount, page.totalCount) != (old.matchCount, old.totalCount)
      || haveAged(since: old.now)
  }

  /// Where the selection is in a page that was asked for before it moved.
  private func place(in page: FindingsPage) -> Int {
    let line = page.lines.firstIndex { $0.id == list.selectedID }
    return line.map { page.offset + $0 } ?? list.index
  }

  /// Whether the age of anything in sight is written in another way by now.
  private func haveAged(since last: Timestamp) -> Bool {
    visibleLines.compactMap(\.row).contains { row in
      Age.text(from: row.finding.since, to: last) != Age.text(from: row.finding.since, to: page.now)
    }
  }
}

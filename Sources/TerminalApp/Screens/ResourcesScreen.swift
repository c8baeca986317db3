import ClusterGraph
import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Lists the objects of one kind, of all clusters or one.
struct ResourcesScreen: PagedList {
  enum Action: Equatable {
    case move(ListMotion)
    case open, filter, wide, chooseColumns, onlyFindings
    case object(ObjectScreen.Tab), previousLog, owner, users, copy, shell
    case edit, delete, trigger, restart
    case mark, markRange, clearMarks
    case sort(ResourceColumn)
    case sortByStatus, sortByPicked, pickLeft, pickRight
  }

  static let bindings: [Binding<Action>] =
    [
      Binding(
        "enter",
        label: "Open",
        help: "Shows the object's findings, or describes it where it has none",
        .open
      ),
      Binding("d", label: "Describe", help: "Describes the object", .object(.description)),
      Binding("y", help: "Shows the object as YAML", .object(.yaml)),
      Binding("l", label: "Logs", help: "Shows its log, or those of its Pods", .object(.logs)),
      Binding("p", help: "Shows the log of the run before", .previousLog),
      Binding(
        "/",
        label: "Filter",
        help: ListFilter.help,
        .filter
      ),
      Binding("ctrl-w", label: "Wide", help: "Shows more columns, or no longer", .wide),
      Binding("|", help: "Chooses the columns that are shown", .chooseColumns),
      Binding(
        "ctrl-z",
        label: "Faults",
        help: "Shows only what has findings, or all again",
        .onlyFindings
      ),
      Binding(
        "s",
        help: "Opens a shell in the Pod, by kubectl",
        changes: true,
        .shell
      ),
      Binding("e", help: "Edits the object in $EDITOR", changes: true, .edit),
      Binding(
        "ctrl-d",
        help: "Deletes the object, or all marked",
        changes: true,
        .delete
      ),
      Binding("t", help: "Runs the CronJob once, now", changes: true, .trigger),
      Binding("r", help: "Restarts the workload, or drains the Node", changes: true, .restart),
      Binding("space", help: "Marks the object, or no longer", .mark),
      Binding("ctrl-space", help: "Marks all from the last mark to here", .markRange),
      Binding("ctrl-\\", help: "Clears all marks", .clearMarks),
      Binding("x", help: "Shows the graph around the object", .object(.graph)),
      Binding("v", help: "Shows the Events about the object", .object(.events)),
      Binding("J", help: "Opens the object's owner", .owner),
      Binding("u", help: "Lists who uses the object: who names it", .users),
      Binding("c", help: "Copies the object's name", .copy),
      Binding("N", help: "Sorts by name; again, the other way round", .sort(.name)),
      Binding("A", help: "Sorts by age, the newest first", .sort(.age)),
      Binding("P", help: "Sorts by namespace", .sort(.namespace)),
      Binding("S", help: "Sorts by status", .sortByStatus),
      Binding("O", help: "Sorts by the picked column", .sortByPicked),
      // Some terminals send the arrows alone whether shift is held or not.
      Binding("shift-left", "<", help: "Picks the column to the left", .pickLeft),
      Binding("shift-right", ">", help: "Picks the column to the right", .pickRight),
    ] + ListMotion.bindings(Action.move)

  /// How rows are sorted.
  struct Sorting: Equatable {
    var column = ResourceColumn.namespace
    var isReversed = false
  }

  var scope: ResourceScope
  var filter: ListFilter
  var sorting = Sorting()
  var onlyFindings = false
  var list = ListState<ClusterObject>()
  var page = ResourcesPage()
  /// What `page` answers.
  var shownQuery: ResourcesQuery?
  var isLoaded = false
  var cells = CellCache()
  /// Whether what is in sight may change any moment, so that nothing is asked about it yet.
  var isScrolling = false
  var scrollCount = 0
  /// From which row on the list was shown when that was last noted.
  var notedOffset = 0
  var isWide = false
  var marks = ObjectMarks()
  /// The columns that the user wants, or not, of this kind.
  var choice = ColumnChoice()
  /// Where they are chosen, while that is open.
  var chooser: ColumnChooser?
  var picked: ResourceColumn?
  /// The order that is wanted once its cells are loaded, and how far they are.
  var pending: (sorting: Sorting, progress: ColumnProgress?, isAsked: Bool)?
  /// The order of the last run, by a column that has to be loaded, until it is known how much that is.
  var rememberedSorting: Sorting?
  /// As of when rows are sorted by cells.
  var sortedAt: Timestamp?
  /// What the last key could not do, and why.
  var notice: String?
  /// How wide the columns want to be.
  var widths: [ResourceColumn: Int] = [:]
  /// The namespaces that digits stand for.
  var namespaces: [String]
  var clusterCount: Int
  private(set) var width = 80

  init(_ scope: ResourceScope, namespaces: [String] = [], clusterCount: Int = 1) {
    self.scope = scope
    self.clusterCount = clusterCount
    filter = ListFilter(scope.filter, columns: RowQuery.filterColumns)
    self.namespaces = Self.favourites(namespaces)
    if !scope.resource.isNamespaced { sorting.column = .name }
    // Of what happened the last matters most.
    if scope.resource.kind == Event.kind { sorting.column = .age }
  }

  var title: String {
    let place = scope.namespace.map { " in \($0)" } ?? ""
    let labels = scope.selector.map { " with \($0)" } ?? ""
    let cluster = scope.cluster.map { " @\($0)" } ?? ""
    let faults = onlyFindings ? ", faults only" : ""
    let part = page.fieldSelector.isEmpty ? "" : " (\(page.fieldSelector))"
    return scope.resource.title + part + place + labels + cluster + faults
  }

  var command: String? {
    let words = [
      scope.resource.qualifiedPlural, scope.namespace.map { "-n \($0)" } ?? "",
      scope.selector.map { "-l \($0)" } ?? "", scope.cluster.map { "@\($0)" } ?? "",
      CommandParser.filterWords(filter.text),
    ]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  var hints: [KeyHint] {
    if chooser != nil { return ColumnChooser.hints }
    if isTyping { return FilterLine.hints }
    let digits = KeyHint(
      keys: ["0", "1–9"],
      label: "",
      help: "Shows all namespaces, or the one that has this number above the list"
    )
    return Self.bindings.filter { isMeant($0.action) }.map(\.hint)
      + (scope.resource.isNamespaced ? [digits] : [])
  }

  /// Whether a key has a meaning for the objects of this kind.
  private func isMeant(_ action: Action) -> Bool {
    let kind = scope.resource.kind
    return switch action {
    case .shell: kind == Pod.kind
    case .trigger: kind == CronJob.kind
    case .restart: kind.isRestarted || kind == Node.kind
    default: true
    }
  }

  var isTyping: Bool { filter.isTyping || chooser != nil }
  var usesEscape: Bool { filter.usesEscape || pending != nil || chooser != nil || !marks.isEmpty }

  /// What rows are asked for.
  var rowQuery: RowQuery { rowQuery(sorting) }

  func rowQuery(_ sorting: Sorting) -> RowQuery {
    RowQuery(
      scope.resource.kind,
      namespace: scope.namespace,
      selector: scope.selector,
      order: sorting.column.order ?? .namespace,
      isReversed: sorting.isReversed,
      onlyWeighted: onlyFindings,
      filter: filter.expression
    )
  }

  /// Asks for a page more on either side than is in sight, so that a key finds its rows at hand.
  var query: ResourcesQuery {
    let offset = max(0, list.offset - list.height)
    return ResourcesQuery(
      rowQuery,
      cluster: scope.cluster,
      offset: offset,
      limit: list.offset + 2 * list.height - offset,
      locating: list.selectedID
    )
  }

  func refresh() -> [Effect] { [.loadRows(query)] }

  mutating func resize(_ region: Region) {
    width = region.size.columns
    list.resize(height: region.size.rows - 2)
  }

  /// The rows in sight, as far as they are at hand.
  var visibleRows: ArraySlice<ResourcesPage.Row> {
    let first = list.offset - page.offset
    return page.rows[(first..<first + list.height).clamped(to: page.rows.indices)]
  }

  /// The selected row, if it is in the window that is at hand.
  var selected: ResourcesPage.Row? {
    let index = list.index - page.offset
    return page.rows.indices.contains(index) ? page.rows[index] : nil
  }

  /// The namespaces that have a digit: those of the system last.
  private static func favourites(_ names: [String]) -> [String] {
    let (system, own) = (names.filter(\.isOfTheSystem), names.filter { !$0.isOfTheSystem })
    return Array((own.sorted() + system.sorted()).prefix(9))
  }

  mutating func setNamespaces(_ names: [String]) {
    namespaces = Self.favourites(names)
  }
}

extension String {
  fileprivate var isOfTheSystem: Bool { hasPrefix("kube-") }
}

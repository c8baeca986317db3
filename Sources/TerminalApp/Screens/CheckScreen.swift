import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// One check: what it is about, what holds for it, and how it is doing.
struct CheckScreen: Screen {
  enum Action { case findings, down, up, pageDown, pageUp }

  static let bindings: [Binding<Action>] = [
    Binding("enter", label: "Findings", help: "Shows the findings of the check", .findings),
    Binding("j", "down", label: "Scroll", help: "Scrolls down", .down),
    Binding("k", "up", help: "Scrolls up", .up),
    Binding("page-down", "ctrl-f", "space", help: "Scrolls a page down", .pageDown),
    Binding("page-up", "ctrl-b", help: "Scrolls a page up", .pageUp),
  ]

  private let id: CheckID
  private let cluster: String?
  private var page: CataloguePage
  private var text = ScrollingText()
  /// What is shown, made anew when any of it changes.
  private var rows: [ScrollingText.Row] = []
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  init(_ id: CheckID, in page: CataloguePage, cluster: String?) {
    self.id = id
    self.page = page
    self.cluster = cluster
    fit()
  }

  var title: String { "Check \(id)" + (cluster.map { " @\($0)" } ?? "") }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { [] }
  func refreshEachSecond() -> [Effect] { [.loadCatalogue(ofCluster: cluster)] }

  mutating func resize(_ region: Region) {
    self.region = region
    fit()
  }

  private mutating func fit() {
    let lines =
      page.rows.first { $0.id == id }.map { CheckText($0, in: page).lines }
      ?? [.init("There is no such check any more: its pack was changed or removed.")]
    rows = ScrollingText.rows(of: lines, width: region.size.columns)
    text.update(contentHeight: rows.count, height: region.size.rows)
  }

  mutating func update(_ message: Message) -> Bool {
    guard case .catalogue(let page, cluster) = message else { return false }
    self.page = page
    let old = rows
    fit()
    return rows != old
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): text.scroll(by: rows)
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .findings: return [.push(FindingsScreen(cluster: cluster, filter: "check:\(id)"))]
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

  func draw(on canvas: inout Canvas, in region: Region) {
    text.draw(rows, on: &canvas, in: region)
  }
}

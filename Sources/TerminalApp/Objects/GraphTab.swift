import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// An object in the graph, as a tree both ways: its owners above it, and beneath it what it owns and names and
/// who names it.
struct GraphTab: Screen {
  enum Action {
    case move(ListMotion)
    case open, expand, collapse, toggle
  }

  static let bindings: [Binding<Action>] =
    [
      Binding("enter", label: "Open", help: "Opens the object", .open),
      Binding("space", label: "Expand", help: "Shows what is around it, or no longer", .toggle),
      Binding("right", help: "Shows what is around it", .expand),
      Binding("left", help: "Shows no longer what is around it", .collapse),
    ] + ListMotion.bindings(Action.move)

  let object: ClusterObject
  private var tree: NeighbourhoodTree
  private var rows = LinkedRows()
  /// Whether a second has passed.
  private var isDue = false
  /// Whether somebody has moved the selection away from the object.
  private var isMoved = false
  private var region = Region(row: 3, column: 0, columns: 80, rows: 20)

  init(_ object: ClusterObject) {
    self.object = object
    tree = NeighbourhoodTree(.object(object.key))
  }

  /// What the selected row is about, where that is another object.
  var otherObject: ClusterObject? {
    guard case .object(let selected) = rows.selected?.target, selected != object else { return nil }
    return selected
  }

  var title: String { "Graph" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { [] }

  /// Everything that is open is asked for again once a second, since any of it may have changed.
  mutating func missing() -> [Effect] {
    defer { isDue = false }
    return (isDue ? tree.wanted : tree.missing).map(load)
  }

  private func load(_ id: VertexID) -> Effect { .loadSurroundings(id, cluster: object.cluster) }

  mutating func resize(_ region: Region) {
    self.region = region
    rows.resize(height: region.size.rows)
    layOut()
  }

  private mutating func layOut() {
    rows.update(tree.rows(inCluster: object.cluster, width: region.size.columns))
    guard !isMoved, let row = rows.rows.firstIndex(where: { $0.mark == tree.rootMark }) else {
      return
    }
    rows.select(row: row)
  }
}

// MARK: - Changes

extension GraphTab {
  mutating func update(_ message: Message) -> Bool {
    if case .tick = message { isDue = true }
    guard case .surroundings(let surroundings, _, let id, object.cluster) = message,
      tree.take(surroundings, of: id)
    else { return false }
    let old = rows.rows
    layOut()
    return rows.rows != old
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    isMoved = true
    switch input {
    case .wheel(let count): rows.wheel(count)
    case .click(let row, _):
      if rows.click(row: row - region.row) { return rows.open() }
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): rows.move(motion)
      case .open: return rows.open()
      case .toggle: return change { $0.toggle($1) }
      case .expand: return change { $0.setExpanded($1, true) }
      case .collapse: return change { $0.setExpanded($1, false) }
      case nil: break
      }
    case .paste, .resize, .signal: break
    }
    return []
  }

  /// Opens or closes the selected branch.
  private mutating func change(
    _ change: (inout NeighbourhoodTree, String) -> Void
  ) -> [ScreenAction] {
    guard let mark = rows.selected?.mark else { return [] }
    change(&tree, mark)
    layOut()
    return tree.missing.map { .perform(load($0)) }
  }

  func draw(on canvas: inout Canvas, in region: Region) { rows.draw(on: &canvas, in: region) }
}

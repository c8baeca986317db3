import KubernetesObjects
import Monitoring
import TerminalKit

/// Who uses an object: whatever names it, or selects it.
struct UsersScreen: Screen {
  enum Action {
    case move(ListMotion)
    case open
  }

  static let bindings: [Binding<Action>] =
    [Binding("enter", label: "Open", help: "Opens the object", .open)]
    + ListMotion.bindings(Action.move)

  private let object: ClusterObject
  private var surroundings: Surroundings?
  private var isTold = false
  /// Whether a second has passed.
  private var isDue = false
  private var rows = LinkedRows()
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  init(_ object: ClusterObject) { self.object = object }

  var title: String { "Who uses \(object.key) @\(object.cluster)" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  private var load: Effect { .loadSurroundings(.object(object.key), cluster: object.cluster) }

  func refresh() -> [Effect] { isTold ? [] : [load] }

  /// They are asked for again once a second.
  mutating func missing() -> [Effect] {
    defer { isDue = false }
    return isDue ? [load] : []
  }

  mutating func resize(_ region: Region) {
    self.region = region
    rows.resize(height: region.size.rows)
    rows.update(makeRows())
  }

  mutating func update(_ message: Message) -> Bool {
    if case .tick = message { isDue = isTold }
    guard case .surroundings(let surroundings, _, .object(object.key), object.cluster) = message
    else { return false }
    (self.surroundings, isTold) = (surroundings, true)
    let old = rows.rows
    rows.update(makeRows())
    return rows.rows != old
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let count): rows.wheel(count)
    case .click(let row, _):
      if rows.click(row: row - region.row) { return rows.open() }
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): rows.move(motion)
      case .open: return rows.open()
      case nil: break
      }
    case .paste, .resize, .signal: break
    }
    return []
  }

  func draw(on canvas: inout Canvas, in region: Region) { rows.draw(on: &canvas, in: region) }

  private func makeRows() -> [LinkedRows.Row] {
    let width = region.size.columns
    guard isTold else { return LinkedRows.rows("Loading…", Style(.muted), width: width) }
    let groups = (surroundings?.groups ?? []).filter { !$0.isOutgoing && $0.relation != .event }
    guard !groups.isEmpty else {
      let text = "Nobody names it, among the kinds that are followed."
      return LinkedRows.rows(text, Style(.muted), width: width)
    }
    let longest = min(groups.map { DisplayText($0.phrase).width }.max() ?? 0, 26)
    return groups.flatMap { group -> [LinkedRows.Row] in
      let rows = group.members.flatMap { member in
        LinkedRows.rows(
          member.id.description + member.note
            + (member.faults.isEmpty ? "" : "  \(member.faults)"),
          member.style,
          label: group.phrase,
          labelWidth: longest,
          target: member.id.objectKey.map {
            .object(ClusterObject(cluster: object.cluster, key: $0))
          },
          width: width
        )
      }
      let hidden = group.count - group.members.count
      guard hidden > 0 else { return rows }
      return rows
        + LinkedRows.rows("\(group.phrase) \(hidden) more", Style(.muted), width: width)
    }
  }
}

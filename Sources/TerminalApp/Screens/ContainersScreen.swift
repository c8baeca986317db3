import KubernetesObjects
import Monitoring
import TerminalKit

/// Lists the containers of a Pod, to open a shell in one.
struct ContainersScreen: Screen {
  enum Action: Sendable {
    case move(ListMotion)
    case open
  }

  static let bindings: [Binding<Action>] =
    [Binding("enter", "s", label: "Shell", help: "Opens a shell in it", changes: true, .open)]
    + ListMotion.bindings(Action.move)

  private let pod: ClusterObject
  private let containers: [PodContainer]
  private var list = ListState<String>()
  private var regionRow = 2

  /// Those that run can be entered; the first of them is selected.
  init(_ pod: ClusterObject, _ containers: [PodContainer]) {
    self.pod = pod
    self.containers = containers
    list.update(count: containers.count, selectedIndex: nil)
    list.resize(height: containers.count)
    if let index = containers.firstIndex(where: \.isRunning) { list.move(by: index) }
  }

  var title: String { "Containers of \(pod.key) @\(pod.cluster)" }
  var hints: [KeyHint] { Self.bindings.map(\.hint) }

  func refresh() -> [Effect] { [] }

  mutating func resize(_ region: Region) {
    regionRow = region.row
    list.resize(height: region.size.rows - 1)
  }

  mutating func update(_ message: Message) -> Bool { false }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): list.move(motion)
      case .open: return open()
      case nil: break
      }
    case .click(let row, _): if list.click(row: row - regionRow - 1) == .open { return open() }
    case .wheel(let rows): list.move(by: rows)
    case .paste, .resize, .signal: break
    }
    return []
  }

  private func open() -> [ScreenAction] {
    guard containers.indices.contains(list.index) else { return [] }
    return [.perform(.openShell(pod, container: containers[list.index].name))]
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    let header = Style(.header, isBold: true)
    func width(_ text: (PodContainer) -> String, atLeast least: Int, atMost most: Int) -> Int {
      min(most, max(least, containers.map { DisplayText(text($0)).width }.max() ?? 0))
    }
    let nameWidth = width(\.name, atLeast: 9, atMost: 30)
    let stateWidth = width(\.state, atLeast: 5, atMost: 26)
    let (state, image) = (2 + nameWidth + 2, 2 + nameWidth + 2 + stateWidth + 2)
    for (title, column) in [("CONTAINER", 2), ("STATE", state), ("IMAGE", image)] {
      canvas.write(title, row: region.row, column: column, style: header)
    }
    for (index, container) in containers.enumerated().dropFirst(list.offset).prefix(list.height) {
      let row = region.row + 1 + index - list.offset
      let style = Style(container.isRunning ? .text : .muted)
      if index == list.index { canvas.write(">", row: row, column: 0, style: Style(.key)) }
      for (text, column, width) in [
        (container.name, 2, nameWidth), (container.state, state, stateWidth),
        (container.image, image, region.size.columns - image - 1),
      ] {
        canvas.write(
          DisplayText(text).cutInMiddle(to: width),
          row: row,
          column: column,
          style: style
        )
      }
      guard index == list.index else { continue }
      let whole = Region(row: row, column: 0, columns: region.size.columns, rows: 1)
      canvas.restyle(row: row, in: whole) { $0.role = .selection }
    }
  }
}

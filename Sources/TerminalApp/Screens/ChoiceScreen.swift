import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Lists the few things that a key may mean, to do it with one of them.
struct ChoiceScreen: Screen {
  enum Action: Sendable {
    case move(ListMotion)
    case choose
  }

  struct Choice: Sendable {
    let text: String
    var style = Style()
    let action: ScreenAction
  }

  static let bindings: [Binding<Action>] =
    [Binding("enter", label: "Choose", help: "Goes on with it", .choose)]
    + ListMotion.bindings(Action.move)

  let title: String
  private let choices: [Choice]
  private var list = ListState<Int>()
  private var region = Region(row: 2, column: 0, columns: 80, rows: 21)

  init(_ title: String, _ choices: [Choice]) {
    self.title = title
    self.choices = choices
    list.update(count: choices.count, selectedIndex: nil)
  }

  var hints: [KeyHint] {
    Self.bindings.map(\.hint)
      + [KeyHint(keys: ["1–\(min(choices.count, 9))"], label: "", help: "Goes on with this one")]
  }

  func refresh() -> [Effect] { [] }

  mutating func resize(_ region: Region) {
    self.region = region
    list.resize(height: region.size.rows)
  }

  mutating func update(_ message: Message) -> Bool { false }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .key(.character(let digit)) where ("1"..."9").contains(digit):
      guard let number = digit.wholeNumberValue, number <= choices.count else { return [] }
      list.move(by: number - 1 - list.index)
      return choose()
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .move(let motion): list.move(motion)
      case .choose: return choose()
      case nil: break
      }
    case .click(let row, _): if list.click(row: row - region.row) == .open { return choose() }
    case .wheel(let rows): list.move(by: rows)
    case .paste, .resize, .signal: break
    }
    return []
  }

  private func choose() -> [ScreenAction] {
    choices.indices.contains(list.index) ? [choices[list.index].action] : []
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    for (index, choice) in choices.enumerated().dropFirst(list.offset).prefix(list.height) {
      let row = region.row + index - list.offset
      if index == list.index { canvas.write(">", row: row, column: 0, style: Style(.key)) }
      if index < 9 { canvas.write("\(index + 1)", row: row, column: 2, style: Style(.key)) }
      let text = DisplayText(choice.text).cutInMiddle(to: region.size.columns - 5)
      canvas.write(text, row: row, column: 4, style: choice.style)
      guard index == list.index else { continue }
      let whole = Region(row: row, column: 0, columns: region.size.columns, rows: 1)
      canvas.restyle(row: row, in: whole) { $0.role = .selection }
    }
  }
}

extension ChoiceScreen {
  /// Has one of the objects chosen that a finding is about, where it is about several.
  static func onObject(
    of finding: Finding,
    _ what: String,
    _ action: (ClusterObject) -> ScreenAction
  ) -> [ScreenAction] {
    let objects = finding.objects.map { ClusterObject(cluster: finding.cluster, key: $0) }
    if objects.count < 2 { return objects.map(action) }
    let choices = objects.map { Choice(text: $0.key.description, action: action($0)) }
    return [.push(ChoiceScreen("\(what): of which?", choices))]
  }

  /// Opens the finding that explains another, or one of those that it explains.
  static func onFinding(cause: Finding?, consequences: [Finding]) -> [ScreenAction] {
    let others = consequences.map { ("explains", $0) }
    let choices = (cause.map { [("explained by", $0)] } ?? []) + others
    if choices.count == 1 { return choices.map { .push(FindingScreen($0.1)) } }
    guard !choices.isEmpty else { return [] }
    return [
      .push(
        ChoiceScreen(
          "What hangs together",
          choices.map { relation, finding in
            Choice(
              text: "\(finding.severity.symbol) \(relation): \(finding.message)",
              style: finding.severity.style,
              action: .push(FindingScreen(finding))
            )
          }
        )
      )
    ]
  }
}

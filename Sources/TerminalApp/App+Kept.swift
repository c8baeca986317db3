import Monitoring
import TerminalKit

/// What is remembered from one run to the next.
extension App {
  /// How many seconds are waited for a cluster to say what it has, before the last screen is given up.
  private static let patience = 30

  /// Remembers what a screen is like.
  mutating func remember(_ screen: any Screen) {
    let state = screen.kept
    guard !state.isEmpty else { return }
    kept.screens[KeyTable.name(of: screen), default: [:]].merge(state) { $1 }
  }

  /// Takes in what is to be kept by now; asks for it to be written where it is news.
  mutating func keep() -> [Effect] {
    updateKept()
    guard kept != written else { return [] }
    written = kept
    return [.keep(kept)]
  }

  /// What is to be written when the program ends; `nil` where it is written already.
  mutating func stateAtEnd() -> KeptState? {
    updateKept()
    return kept == written ? nil : kept
  }

  private mutating func updateKept() {
    guard let top = screens.last else { return }
    remember(top)
    // Until the last screen is open again, or is not wanted, it is still the last one.
    guard let clusters = clusterNames, pendingCommand == nil else { return }
    let command = screens.last { $0.command != nil }?.command
    kept.lastCommands[clusters] = command == FindingsScreen().command ? nil : command
  }

  private var clusterNames: String? {
    statuses.isEmpty ? nil : statuses.map(\.name).sorted().joined(separator: ",")
  }

  /// Whoever does something has chosen a screen.
  mutating func forgetLastScreen() {
    hasLookedForLast = true
    pendingCommand = nil
    introduction = []
    kept.isIntroduced = true
  }

  /// Opens the screen that was open last, as soon as its clusters say that there is such a thing.
  mutating func reopenLastScreen() -> [Effect] {
    if let clusters = clusterNames, !hasLookedForLast {
      hasLookedForLast = true
      pendingCommand = kept.lastCommands[clusters]
    }
    guard pendingCommand != nil else { return [] }
    waitedForLast += 1
    guard waitedForLast <= Self.patience else {
      pendingCommand = nil
      return []
    }
    return [.loadVocabulary]
  }

  /// Runs the command that leads there, if by now there is what it names.
  mutating func tryLastScreen(_ vocabulary: Vocabulary) -> [Effect] {
    guard let text = pendingCommand,
      let command = try? CommandParser(vocabulary: vocabulary).parse(text)
    else { return [] }
    pendingCommand = nil
    return run(command)
  }

  /// Draws the first hints over the end of a region.
  func drawIntroduction(on canvas: inout Canvas, in region: Region) {
    guard !introduction.isEmpty else { return }
    let lines = introduction.flatMap { DisplayText($0).wrapped(to: region.size.columns - 4) }
    var row = region.row + region.size.rows - lines.count - 1
    let height = lines.count + 1
    canvas.fill(Region(row: row, column: 0, columns: region.size.columns, rows: height))
    canvas.drawLine(row: row, in: region)
    for line in lines {
      row += 1
      canvas.write(line, row: row, column: 2)
    }
  }

  /// What is told at the first start, until any key.
  static let firstHints = [
    "This lists what is wrong, the worst first, and is live. Nothing is changed.",
    "enter opens a finding: why it is so, what it touches, what would heal it.",
    ": opens the command line (:pods, :checks, :theme); / filters the list.",
    "? shows all keys of a screen, esc goes back, q quits. Any key hides this.",
  ]
}

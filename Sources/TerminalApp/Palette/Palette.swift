import TerminalKit

/// The line into which commands are typed, and what it may be completed to.
struct Palette: Sendable, Equatable {
  enum Outcome: Equatable {
    case stays
    case leaves
    case runs(Command)
  }

  static let hints = [
    KeyHint(keys: ["enter"], label: "Run", help: "Runs what is typed or selected"),
    KeyHint(keys: ["tab"], label: "Complete", help: "Takes the selected match, or the best"),
    KeyHint(keys: ["up", "down"], label: "Matches", help: "Selects a match"),
    KeyHint(keys: ["ctrl-p", "ctrl-n"], label: "History", help: "Goes back in what was run"),
    KeyHint(keys: ["esc"], label: "Leave", help: "Leaves without running anything"),
  ]

  /// How many matches are shown at once.
  private static let height = 8
  /// How many commands are remembered.
  private static let historyLimit = 100

  private var field = TextField()
  private var vocabulary: Vocabulary
  /// Whether the vocabulary is that of now, and not of the last time.
  private var isFresh = false
  /// Whether what is typed is to be run as soon as it is.
  private var isWaiting = false
  private var completions: [Completion] = []
  /// The match that is selected; `nil` while what is typed counts.
  private var selected: Int?
  private var mistake: CommandMistake?
  /// What was run, newest last.
  private(set) var history: [String]
  /// Where in the history the text is from; `nil` where it is new.
  private var recalled: Int?

  init(_ vocabulary: Vocabulary, history: [String], text: String = "") {
    self.vocabulary = vocabulary
    self.history = history
    field = TextField(text)
    complete()
  }

  var text: String { field.text }

  /// Takes in what there is to name by now.
  mutating func take(_ vocabulary: Vocabulary) -> Outcome {
    isFresh = true
    if vocabulary != self.vocabulary {
      let old = selected.map { completions[$0] }
      self.vocabulary = vocabulary
      complete()
      selected = old.flatMap { old in completions.firstIndex { $0.text == old.text } }
    }
    return isWaiting ? run() : .stays
  }

  mutating func handle(_ key: Key) -> Outcome {
    isWaiting = false
    switch key {
    case .escape: return .leaves
    case .backspace where text.isEmpty: return .leaves
    case .enter: return run()
    case .tab: takeMatch()
    case .down: select(1)
    case .up: select(-1)
    case .control("p"): recall(-1)
    case .control("n"): recall(1)
    default:
      guard field.handle(key) else { return .stays }
      recalled = nil
      complete()
    }
    return .stays
  }

  private mutating func complete() {
    let text = String(text.drop { $0 == " " || $0 == ":" })
    completions = Completion.completions(of: text, from: vocabulary)
    selected = nil
    mistake = nil
  }

  private mutating func set(_ text: String) {
    field = TextField(text)
    complete()
  }

  private mutating func select(_ step: Int) {
    guard !completions.isEmpty else { return }
    let next = (selected ?? -1) + step
    selected = next < 0 ? nil : min(next, completions.count - 1)
  }

  /// Puts the selected match in place of what is typed, or the best one; where that stands there
  /// already, goes on to what may follow it.
  private mutating func takeMatch() {
    guard let first = completions.first else { return }
    let match = selected.map { completions[$0] } ?? first
    let goesOn =
      match.text == text
      && !Completion.completions(of: text + " ", from: vocabulary).isEmpty
    set(goesOn ? text + " " : match.text)
  }

  private mutating func recall(_ step: Int) {
    let next = (recalled ?? history.count) + step
    guard history.indices.contains(next) else {
      if next == history.count {
        set("")
        recalled = nil
      }
      return
    }
    set(history[next])
    recalled = next
  }

  private mutating func run() -> Outcome {
    if let selected { set(completions[selected].text) }
    let text = String(text.drop { $0 == " " || $0 == ":" })
    guard !text.isEmpty else { return .leaves }
    do {
      let command = try CommandParser(vocabulary: vocabulary).parse(text)
      history = (history.filter { $0 != text } + [text]).suffix(Self.historyLimit)
      return .runs(command)
    } catch {
      // Who types fast may name what is not at hand yet.
      isWaiting = !isFresh
      mistake = isFresh ? error : nil
      return .stays
    }
  }
}

// MARK: - Drawing

extension Palette {
  /// Draws over the top of a region, as much as there is to show.
  func draw(on canvas: inout Canvas, in region: Region) {
    let width = region.size.columns
    let sentence = isWaiting ? "Asking the clusters what they have…" : mistake?.description
    let complaint = sentence.map { DisplayText($0).wrapped(to: width - 3) } ?? []
    let count = min(Self.height, completions.count, max(0, region.size.rows - 2 - complaint.count))
    let height = 2 + complaint.count + count
    canvas.fill(Region(row: region.row, column: region.column, columns: width, rows: height))
    let column = canvas.write(":", row: region.row, column: 1, style: Style(.key, isBold: true))
    field.draw(on: &canvas, row: region.row, column: column, width: width - column - 1)
    var row = region.row + 1
    for line in complaint {
      canvas.write(line, row: row, column: 2, style: Style(isWaiting ? .progress : .warning))
      row += 1
    }
    let first = max(0, min((selected ?? 0) - count + 1, completions.count - count))
    let shown = completions[first..<first + count]
    let longest = shown.map { DisplayText($0.text).width }.max() ?? 0
    let room = min(longest, max(20, width / 2))
    for (index, completion) in zip(shown.indices, shown) {
      draw(completion, isSelected: index == selected, room, on: &canvas, row: row, region)
      row += 1
    }
    canvas.drawLine(row: row, in: region)
    let hidden = completions.count - first - count
    guard hidden > 0 else { return }
    let more = completions.count == Completion.limit ? "more" : "\(hidden) more"
    let note = DisplayText(" ↓ \(more) ")
    canvas.write(note, row: row, column: width - note.width - 2, style: Style(.muted))
  }

  private func draw(
    _ completion: Completion,
    isSelected: Bool,
    _ room: Int,
    on canvas: inout Canvas,
    row: Int,
    _ region: Region
  ) {
    if isSelected { canvas.write(">", row: row, column: 0, style: Style(.key)) }
    canvas.write(DisplayText(completion.text).cutInMiddle(to: room), row: row, column: 2)
    canvas.write(
      DisplayText(completion.detail).cutAtEnd(to: region.size.columns - room - 6),
      row: row,
      column: 2 + room + 3,
      style: Style(.muted)
    )
    if isSelected { canvas.restyle(row: row, in: region) { $0.role = .selection } }
  }
}

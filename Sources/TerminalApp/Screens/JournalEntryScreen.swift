import Healing
import Journal
import TerminalKit

/// All that is known of a line of the journal; of a heal its calls and backups, too.
struct JournalEntryScreen: Screen {
  enum Action {
    case scroll(ScrollMotion)
    case undo, rest
  }

  static let bindings: [Binding<Action>] =
    [
      Binding(
        "u",
        label: "Undo",
        help: "Shows how the heal can be taken back, and asks",
        changes: true,
        .undo
      ),
      Binding(
        "n",
        label: "Plan rest",
        help: "Plans anew what of a batch was not begun, and asks",
        changes: true,
        .rest
      ),
    ] + ScrollMotion.bindings(Action.scroll)

  private let entry: JournalEntry
  private var detail: JournalDetail?
  private var rows: [YAMLRows.Row] = []
  private var scroll = ScrollingText()
  private var size = Size(columns: 80, rows: 21)

  init(_ entry: JournalEntry) { self.entry = entry }

  var title: String {
    switch entry.kind {
    case .batch: "Batch \(entry.number)"
    case .heal: "Heal \(entry.number)"
    case .finding, .note: "Finding \(entry.id)"
    }
  }

  var hints: [KeyHint] {
    Self.bindings.filter { binding in
      switch binding.action {
      case .undo: entry.healID != nil
      case .rest: entry.batchID != nil
      case .scroll: true
      }
    }.map(\.hint)
  }

  /// What it was read as may have gone on since.
  func refresh() -> [Effect] { [.loadJournalDetail(entry)] }
  func refreshEachSecond() -> [Effect] { refresh() }

  mutating func resize(_ region: Region) {
    size = region.size
    layOut()
  }

  private mutating func layOut() {
    rows = Self.rows(of: detail, width: size.columns)
    scroll.update(contentHeight: rows.count, height: size.rows)
  }
}

// MARK: - Changes

extension JournalEntryScreen {
  mutating func update(_ message: Message) -> Bool {
    guard case .journalDetail(let detail, entry) = message else { return false }
    self.detail = detail
    let old = rows
    layOut()
    return rows != old
  }

  mutating func update(_ input: Input) -> [ScreenAction] {
    switch input {
    case .wheel(let rows): scroll.scroll(by: rows)
    case .key(let key):
      switch Self.bindings.action(for: key) {
      case .scroll(let motion): scroll.scroll(motion)
      case .undo: return entry.healID.map { [.perform(.proposeUndo($0))] } ?? []
      case .rest: return entry.batchID.map { [.perform(.proposeRest($0))] } ?? []
      case nil: break
      }
    case .click, .paste, .resize, .signal: break
    }
    return []
  }
}

// MARK: - Drawing

extension JournalEntryScreen {
  private static func rows(of detail: JournalDetail?, width: Int) -> [YAMLRows.Row] {
    switch detail {
    case nil: rows(of: [JournalLine("Loading…")], width: width)
    case .failed(let reason): rows(of: [JournalLine(reason, .bad)], width: width)
    case .finding(let record): rows(of: record.lines, width: width)
    case .batch(let record): rows(of: record.lines, width: width)
    case .heal(let record):
      rows(of: HealRecordText(record).lines, width: width)
        + record.backups.flatMap { target, object in
          rows(
            of: [JournalLine(""), JournalLine("Backup of \(target)", .heading)],
            width: width
          ) + YAMLRows(ObjectText(object), width: width - 2, foldsManagers: true).rows
        }
    }
  }

  private static func rows(of lines: [JournalLine], width: Int) -> [YAMLRows.Row] {
    lines.flatMap { line in
      let label = DisplayText(line.label)
      let room = max(10, width - 3 - label.width)
      return DisplayText(line.content).wrapped(to: room).enumerated().map { index, text in
        let before =
          index == 0 ? label : DisplayText(String(repeating: " ", count: label.width))
        return YAMLRows.Row(segments: [
          TextSegment(text: before, style: Style(.muted)),
          TextSegment(text: text, style: style(of: line.tone)),
        ])
      }
    }
  }

  private static func style(of tone: JournalLine.Tone) -> Style {
    switch tone {
    case .heading: Style(.title, isBold: true)
    case .plain: Style(.text)
    case .good: Style(.success)
    case .bad: Style(.warning)
    case .code: Style(.info)
    }
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    let shown = rows.dropFirst(scroll.offset).prefix(region.size.rows)
    for (index, row) in zip(shown.indices, shown) {
      var column = 1
      for segment in row.segments {
        column = canvas.write(
          segment.text,
          row: region.row + index - scroll.offset,
          column: column,
          style: segment.style
        )
      }
    }
    let hidden = rows.count - scroll.offset - region.size.rows
    guard hidden > 0, let last = region.rows.last else { return }
    let note = " ↓ \(hidden) more "
    canvas.write(
      note,
      row: last,
      column: region.size.columns - DisplayText(note).width - 1,
      style: Style(.key, isReversed: true)
    )
  }
}

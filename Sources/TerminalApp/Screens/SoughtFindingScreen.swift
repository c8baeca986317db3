import Inspection
import KubernetesObjects
import Monitoring
import TerminalKit

/// Waits for a finding that somebody named, and opens it once it is there.
struct SoughtFindingScreen: Screen {
  private let id: FindingID
  private var found: Finding?
  /// Whether it was asked for, and was not there.
  private var isMissed = false
  private var statuses: [ClusterStatus] = []

  init(_ id: FindingID) { self.id = id }

  var title: String { "Finding \(id.description.prefix(8))" }
  let hints: [KeyHint] = [KeyHint(keys: ["esc"], label: "All findings", help: "Looks no longer")]

  func refresh() -> [Effect] { [.loadDetail(id)] }

  mutating func update(_ message: Message) -> Bool {
    let old = sentences
    switch message {
    case .detail(let detail, id):
      found = detail?.finding
      isMissed = detail == nil
    case .statuses(let statuses): self.statuses = statuses
    default: return false
    }
    return sentences != old
  }

  mutating func due() -> [ScreenAction] {
    guard let found else { return [] }
    return [.pop, .push(FindingScreen(found))]
  }

  mutating func update(_ input: Input) -> [ScreenAction] { [] }

  private var sentences: [EmptyFindings.Sentence] {
    let waiting = statuses.filter { $0.firstInspectionDuration == nil }
    guard isMissed, waiting.isEmpty, !statuses.isEmpty else {
      return [.init("Waiting for the first inspection, to open finding \(id).", .progress)]
        + waiting.map { status in
          .init(
            "\(status.name): \(status.connection.word), \(status.kindsSynced) of "
              + "\(status.kindsTotal) kinds",
            .muted
          )
        }
        + waiting.compactMap { status in
          status.connection.trouble.map { .init("\(status.name): \($0)", .error) }
        }
    }
    let settling = statuses.reduce(0) { $0 + $1.suspectCount }
    let rest =
      settling > 0
      ? " \(settling) conditions are settling yet: it opens by itself if it is one of them."
      : ""
    let names = statuses.map(\.name).joined(separator: ", ")
    return [
      .init("There is no finding \(id) in \(names), or no longer.\(rest)", .warning),
      .init("esc shows all findings.", .muted),
    ]
  }

  func draw(on canvas: inout Canvas, in region: Region) {
    var row = region.row + 1
    for sentence in sentences {
      for line in DisplayText(sentence.text).wrapped(to: region.size.columns - 4) {
        canvas.write(line, row: row, column: 2, style: sentence.style)
        row += 1
      }
    }
  }
}

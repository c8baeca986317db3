import Journal
import KubernetesObjects
import Reporting
import TerminalApp
import WireFormats

/// What of the journal is printed; nothing of it steers a terminal.
enum JournalTable {
  private static let columns = ["TIME", "KIND", "ID", "WHO", "CLUSTER", "WHAT", "OUTCOME"]

  static func text(_ entries: [JournalEntry]) -> String {
    guard !entries.isEmpty else { return "" }
    let rows =
      [columns]
      + entries.map { entry in
        [
          entry.time.rfc3339, entry.kind.rawValue, entry.id, entry.author, entry.cluster,
          entry.text, entry.outcome,
        ].map { $0.isEmpty ? "-" : PlainText.of($0) }
      }
    let widths = columns.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      row.indices.map { column in
        column == row.count - 1
          ? row[column]
          : row[column] + String(repeating: " ", count: widths[column] - row[column].count)
      }.joined(separator: "  ") + "\n"
    }.joined()
  }

  static func json(_ entries: [JournalEntry]) -> String {
    let values = entries.map { entry -> JSONValue in
      [
        "time": .string(entry.time.rfc3339), "kind": .string(entry.kind.rawValue),
        "id": .string(entry.id), "author": .string(entry.author),
        "cluster": .string(entry.cluster), "text": .string(entry.text),
        "outcome": .string(entry.outcome),
      ]
    }
    return JournalExport.text(of: .array(values))
  }

  static func text(of heal: HealRecord) -> String {
    var lines = HealRecordText(heal).lines.map(\.text)
    for (target, object) in heal.backups {
      lines += ["", "Backup of \(target)"]
      lines += ObjectText(object).plainLines.map { "  \($0)" }
    }
    return lines.map { PlainText.of($0) + "\n" }.joined()
  }

  static func text(of batch: BatchRecord) -> String {
    batch.lines.map { PlainText.of($0.text) + "\n" }.joined()
  }

  static func text(of finding: FindingRecord) -> String {
    finding.lines.map { PlainText.of($0.text) + "\n" }.joined()
  }
}

import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring

/// A scan as Markdown, for tickets and chats: a table for each cluster.
struct MarkdownExporter: Exporter {
  let name = "markdown"

  func text(of report: ScanReport, width: Int?) -> String {
    let sections = report.clusters.map { section($0, in: report) }
    return "# Inspection report\n\n" + sections.joined(separator: "\n")
  }

  private func section(_ cluster: ScanReport.Cluster, in report: ScanReport) -> String {
    let status = cluster.status
    var lines = ["## \(Self.cell(status.name))", ""]
    if let failure = cluster.failure {
      return (lines + ["Could not be inspected: \(Self.cell(failure))", ""])
        .joined(separator: "\n")
    }
    let findings = report.findings.filter { $0.finding.cluster == status.name }
    lines.append(
      "\(status.objectCount) objects of \(status.kindsTotal) kinds: "
        + (findings.isEmpty ? "no finding." : "\(ReportCounts.sentence(findings)).")
    )
    if !findings.isEmpty {
      lines += ["", "| severity | check | subject | finding | since |", "|---|---|---|---|---|"]
      lines += findings.map(row)
    }
    if !status.notInspected.isEmpty {
      lines += ["", "Not inspected:", ""]
      lines += status.notInspected.map { "- \($0.kind): \(Self.cell($0.reason))" }
    }
    return (lines + [""]).joined(separator: "\n")
  }

  private func row(_ reported: ReportedFinding) -> String {
    let finding = reported.finding
    let severity =
      finding.severity.name + (reported.isSuspect ? " (suspect)" : "")
      + (finding.muting.map { " (muted: \(Self.cell($0.sentence)))" } ?? "")
    let cells = [
      severity, "`\(finding.check)`", Self.cell(finding.subject.description),
      Self.cell(finding.message), finding.since.rfc3339,
    ]
    return "| " + cells.joined(separator: " | ") + " |"
  }

  /// Text without what Markdown or the HTML in it would take for more than text.
  private static func cell(_ text: String) -> String {
    var cell = ""
    for character in PlainText.of(text) {
      switch character {
      case "|", "`", "*", "_", "[", "]", "\\", "#": cell += "\\\(character)"
      case "<": cell += "&lt;"
      case "&": cell += "&amp;"
      default: cell.append(character)
      }
    }
    return cell
  }
}

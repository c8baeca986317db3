import Inspection
import Inventories
import KubernetesClient
import KubernetesObjects
import Monitoring

/// A scan as lines for people, worst first: a line a finding, and on a terminal as many as it needs.
struct TableExporter: Exporter {
  let name = "table"

  /// Where programs read the lines, they are not wrapped.
  func text(of report: ScanReport, width: Int?) -> String {
    let showsCluster = report.clusters.count > 1
    var lines =
      if let width {
        report.findings.flatMap { paragraph($0, showsCluster, width: width) }
      } else {
        report.findings.map { line($0, showsCluster, in: report) }
      }
    let isInspected = report.clusters.contains { $0.failure == nil }
    if lines.isEmpty, isInspected { lines = ["No finding."] }
    if width != nil, !report.findings.isEmpty { lines.append("") }
    for cluster in report.clusters { lines += self.lines(about: cluster, in: report) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func line(
    _ reported: ReportedFinding,
    _ showsCluster: Bool,
    in report: ScanReport
  ) -> String {
    let finding = reported.finding
    let checkWidth = report.findings.map(\.finding.check.description.count).max() ?? 0
    var columns = [Self.mark(of: reported), finding.check.description.padded(to: checkWidth)]
    if showsCluster { columns.append(PlainText.of(finding.cluster)) }
    return (columns + [Self.message(of: finding)]).joined(separator: "  ")
  }

  /// The check and whatever else is short, and beneath it the message.
  private func paragraph(
    _ reported: ReportedFinding,
    _ showsCluster: Bool,
    width: Int
  ) -> [String] {
    let finding = reported.finding
    let mark = Self.mark(of: reported)
    var head = "\(mark)  \(finding.check)"
    if showsCluster { head += "  \(PlainText.of(finding.cluster))" }
    let indent = String(repeating: " ", count: mark.count + 2)
    let message = Self.message(of: finding).wrapped(to: max(20, width - indent.count))
    return [head] + message.map { indent + $0 }
  }

  private static func mark(of reported: ReportedFinding) -> String {
    reported.mark.padded(to: 8)
  }

  private static func message(of finding: Finding) -> String {
    PlainText.of(finding.message + (finding.muting.map { " (\($0.sentence))" } ?? ""))
  }

  private func lines(about cluster: ScanReport.Cluster, in report: ScanReport) -> [String] {
    let status = cluster.status
    let name = PlainText.of(status.name)
    if let failure = cluster.failure {
      return ["Cluster \(name) could not be inspected: \(PlainText.of(failure))"]
    }
    let seconds = status.syncDuration.map { Double($0.milliseconds) / 1000 } ?? 0
    let findings = report.findings.filter { $0.finding.cluster == status.name }
    let counts = findings.isEmpty ? "" : " \(ReportCounts.sentence(findings))."
    let summary =
      "Cluster \(name): \(status.objectCount) objects of \(status.kindsTotal) kinds in "
      + "\(seconds) s.\(counts)"
    return [summary]
      + status.brokenGroups.map {
        "  broken API group: \(PlainText.of($0.groupVersion)): \(PlainText.of($0.reason))"
      }
      + status.inventories.flatMap {
        ["  \(PlainText.of("inventory " + $0.summary(at: status.now)))"]
          + $0.problems.map { "    \(PlainText.of($0))" }
      }
      + notInspected(status).map { "  not inspected: \(PlainText.of($0))" }
  }

  /// The kinds that are not inspected, those for one reason together.
  private func notInspected(_ status: ClusterStatus) -> [String] {
    let byReason = Dictionary(grouping: status.notInspected, by: \.reason)
    return byReason.sorted { $0.key < $1.key }.map { reason, kinds in
      "\(kinds.map(\.kind.description).joined(separator: ", ")): \(reason)"
    }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }

  /// The text in lines of at most `width` characters, broken between words where that is possible.
  fileprivate func wrapped(to width: Int) -> [String] {
    var lines = [""]
    for word in split(separator: " ") {
      var rest = word
      if !lines[lines.count - 1].isEmpty {
        if lines[lines.count - 1].count + 1 + rest.count <= width {
          lines[lines.count - 1] += " " + rest
          continue
        }
        lines.append("")
      }
      while rest.count > width {
        lines[lines.count - 1] = String(rest.prefix(width))
        rest = rest.dropFirst(width)
        lines.append("")
      }
      lines[lines.count - 1] = String(rest)
    }
    return lines
  }
}

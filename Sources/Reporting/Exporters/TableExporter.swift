import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring

/// A scan as lines for people, worst first.
struct TableExporter: Exporter {
  let name = "table"

  func text(of report: ScanReport) -> String {
    var lines = report.findings.map(row)
    let isInspected = report.clusters.contains { $0.failure == nil }
    if lines.isEmpty, isInspected { lines = ["No finding."] }
    for cluster in report.clusters { lines += self.lines(about: cluster) }
    return lines.map { $0 + "\n" }.joined()
  }

  private func row(_ finding: Finding) -> String {
    let cluster = PlainText.of(finding.cluster)
    let columns = [finding.severity.name.padded(to: 8), finding.check.description.padded(to: 26)]
    return columns.joined(separator: "  ") + "  \(cluster)  \(PlainText.of(finding.message))"
  }

  private func lines(about cluster: ScanReport.Cluster) -> [String] {
    let status = cluster.status
    let name = PlainText.of(status.name)
    if let failure = cluster.failure {
      return ["Cluster \(name) could not be inspected: \(PlainText.of(failure))"]
    }
    let seconds = status.syncDuration.map { Double($0.milliseconds) / 1000 } ?? 0
    let summary =
      "Cluster \(name): \(status.objectCount) objects of \(status.kindsTotal) kinds in "
      + "\(seconds) s."
    return [summary]
      + status.brokenGroups.map {
        "  broken API group: \(PlainText.of($0.groupVersion)): \(PlainText.of($0.reason))"
      }
      + status.notInspected.map {
        "  not inspected: \($0.kind): \(PlainText.of($0.reason))"
      }
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

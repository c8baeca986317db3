import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring

/// A scan as one HTML page that needs nothing else, light or dark as its reader likes.
struct HTMLExporter: Exporter {
  let name = "html"

  func text(of report: ScanReport, width: Int?) -> String {
    """
    <!doctype html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta http-equiv="Content-Security-Policy"
      content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <title>KPatrol: inspection report</title>
    <style>
    \(Self.style)
    </style>
    </head>
    <body>
    <h1>Inspection report</h1>
    \(report.clusters.map { clusterLine($0, in: report) }.joined(separator: "\n"))
    <label>Filter <input id="filter" type="search" autocomplete="off"></label>
    \(report.findings.isEmpty ? "<p class=\"calm\">No finding.</p>" : table(report))
    \(report.clusters.map(missing).joined())
    <script>
    \(Self.script)
    </script>
    </body>
    </html>

    """
  }

  private func clusterLine(_ cluster: ScanReport.Cluster, in report: ScanReport) -> String {
    let status = cluster.status
    let name = MarkupText.escaped(status.name)
    if let failure = cluster.failure {
      return "<p class=\"critical\"><b>\(name)</b> could not be inspected: "
        + "\(MarkupText.escaped(failure))</p>"
    }
    let findings = report.findings.filter { $0.finding.cluster == status.name }
    let counts = findings.isEmpty ? "no finding" : ReportCounts.sentence(findings)
    let version = status.version.isEmpty ? "" : " · \(MarkupText.escaped(status.version))"
    return "<p><b>\(name)</b>\(version) · \(status.objectCount) objects of "
      + "\(status.kindsTotal) kinds · \(counts)</p>"
  }

  private func table(_ report: ScanReport) -> String {
    let checks = Dictionary(report.checks.map { ($0.id, $0) }) { first, _ in first }
    let showsCluster = report.clusters.count > 1
    let titles = ["Severity", "Finding", "Check"] + (showsCluster ? ["Cluster"] : []) + ["Since"]
    let rows = report.findings.map {
      row($0, showsCluster, explainedBy: checks[$0.finding.check])
    }
    return """
      <table>
      <thead><tr><th>\(titles.joined(separator: "<th>"))</tr></thead>
      <tbody>
      \(rows.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }

  private func row(
    _ reported: ReportedFinding,
    _ showsCluster: Bool,
    explainedBy check: (any Check)?
  ) -> String {
    let finding = reported.finding
    let mark = reported.mark
    let muting = finding.muting.map { "<p>Muted: \(MarkupText.escaped($0.sentence))</p>" } ?? ""
    let evidence = finding.evidence.map { evidence in
      let place = MarkupText.escaped("\(evidence.source) \(evidence.path)")
      return "<dt>\(place)</dt><dd>\(MarkupText.escaped(evidence.value))</dd>"
    }
    let explanation = check.map { "<p>\(MarkupText.escaped($0.explanation))</p>" } ?? ""
    return "<tr class=\"\(mark)\"><td>\(mark)</td><td><details><summary>"
      + "\(MarkupText.escaped(finding.message))</summary>"
      + "<p class=\"narrow\"><code>\(finding.check)</code> since \(finding.since.rfc3339)</p>"
      + "<dl>\(evidence.joined())</dl>"
      + "\(muting)\(explanation)</details></td><td><code>\(finding.check)</code></td>"
      + (showsCluster ? "<td>\(MarkupText.escaped(finding.cluster))</td>" : "")
      + "<td>\(finding.since.rfc3339)</td></tr>"
  }

  private func missing(_ cluster: ScanReport.Cluster) -> String {
    let kinds = cluster.status.notInspected
    guard cluster.failure == nil, !kinds.isEmpty else { return "" }
    let items = kinds.map { "<li>\($0.kind): \(MarkupText.escaped($0.reason))</li>" }
    return "<h2>Not inspected in \(MarkupText.escaped(cluster.status.name))</h2>\n"
      + "<ul>\(items.joined())</ul>\n"
  }

  private static let style = """
    :root { color-scheme: light dark; --line: #8884; --critical: #c0143c; --warning: #9a6700;
      --info: #0b6bcb; --calm: #1a7f37; }
    @media (prefers-color-scheme: dark) { :root { --critical: #ff6b81; --warning: #e3b341;
      --info: #79c0ff; --calm: #56d364; } }
    body { font: 15px/1.5 system-ui, sans-serif; max-width: 75rem; margin: 2rem auto;
      padding: 0 1rem; }
    table { border-collapse: collapse; width: 100%; margin-top: 1rem; }
    th, td { text-align: left; vertical-align: top; padding: .4rem .6rem;
      border-bottom: 1px solid var(--line); }
    td:first-child { font-weight: 600; }
    th, td { white-space: nowrap; }
    td:nth-child(2) { width: 100%; white-space: normal; overflow-wrap: anywhere; }
    .narrow { display: none; }
    @media (max-width: 60rem) { th:nth-child(n+3), td:nth-child(n+3) { display: none; }
      .narrow { display: block; } }
    .critical td:first-child, p.critical { color: var(--critical); }
    .warning td:first-child { color: var(--warning); }
    .info td:first-child { color: var(--info); }
    .suspect, .muted { opacity: .7; }
    .calm { color: var(--calm); }
    summary { cursor: pointer; }
    dl { display: grid; grid-template-columns: minmax(8rem, auto) 1fr; gap: .2rem 1rem;
      margin: .5rem 0; }
    dd { margin: 0; font-family: ui-monospace, monospace; }
    """

  private static let script = """
    document.getElementById("filter").addEventListener("input", event => {
      const words = event.target.value.toLowerCase().split(" ");
      for (const row of document.querySelectorAll("tbody tr")) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
      }
    });
    """
}

import Inspection
import Monitoring

/// A scan as JUnit XML, which build servers show: a suite for each cluster, a case for each check.
///
/// A case fails with what the check found, and is skipped where all of that is muted; a cluster that
/// could not be inspected is an error.
struct JUnitExporter: Exporter {
  let name = "junit"

  func text(of report: ScanReport, width: Int?) -> String {
    let suites = report.clusters.map { suite($0, in: report) }
    return """
      <?xml version="1.0" encoding="UTF-8"?>
      <testsuites name="KPatrol">
      \(suites.joined(separator: "\n"))
      </testsuites>

      """
  }

  private func suite(_ cluster: ScanReport.Cluster, in report: ScanReport) -> String {
    let name = MarkupText.escaped(cluster.status.name)
    if let failure = cluster.failure {
      return """
          <testsuite name="\(name)" tests="1" failures="0" errors="1">
            <testcase classname="\(name)" name="inspection">
              <error message="\(MarkupText.escaped(failure))"/>
            </testcase>
          </testsuite>
        """
    }
    let found = Dictionary(
      grouping: report.settled.map(\.finding).filter { $0.cluster == cluster.status.name },
      by: \.check
    )
    let declared = report.checks.map(\.id)
    let ids = declared + found.keys.filter { !declared.contains($0) }.sorted()
    let failures = found.mapValues { $0.filter { $0.muting == nil } }.filter { !$0.value.isEmpty }
    let cases = ids.map { id in
      let head = "    <testcase classname=\"\(name)\" name=\"\(id)\""
      guard let findings = found[id] else { return head + "/>" }
      let lines = failures[id].map { $0.map(failure) } ?? findings.prefix(1).compactMap(skip)
      return ([head + ">"] + lines + ["    </testcase>"]).joined(separator: "\n")
    }
    let counts =
      "tests=\"\(ids.count)\" failures=\"\(failures.count)\" errors=\"0\" "
      + "skipped=\"\(found.count - failures.count)\""
    return """
        <testsuite name="\(name)" \(counts)>
      \(cases.joined(separator: "\n"))
        </testsuite>
      """
  }

  private func skip(_ finding: Finding) -> String? {
    finding.muting.map { "      <skipped message=\"\(MarkupText.escaped($0.sentence))\"/>" }
  }

  private func failure(_ finding: Finding) -> String {
    let evidence = finding.evidence.map { "\($0.source) \($0.path): \($0.value)" }
    return "      <failure type=\"\(finding.severity.name)\" "
      + "message=\"\(MarkupText.escaped(finding.message))\">"
      + MarkupText.escaped(evidence.joined(separator: "\n")) + "</failure>"
  }
}

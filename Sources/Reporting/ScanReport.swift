package import Inspection
import KubernetesObjects
package import Monitoring

/// What one look at some clusters came to.
package struct ScanReport: Sendable {
  /// One cluster, and how it could be inspected.
  package struct Cluster: Sendable {
    package let status: ClusterStatus
    /// Why it could not be inspected; `nil` where it was.
    package let failure: String?

    package init(status: ClusterStatus, failure: String?) {
      self.status = status
      self.failure = failure
    }
  }

  package let clusters: [Cluster]
  /// Worst first, and then what has not held for long enough yet.
  package let findings: [ReportedFinding]
  /// The checks that were run, for reports that explain them.
  package let checks: [any Check]
  package let resources: ProcessResources

  package init(
    clusters: [Cluster],
    findings: [ReportedFinding],
    checks: [any Check],
    resources: ProcessResources
  ) {
    self.clusters = clusters
    self.findings = findings
    self.checks = checks
    self.resources = resources
  }

  /// The findings that have held for long enough.
  package var settled: [ReportedFinding] { findings.filter { !$0.isSuspect } }

  /// Those of them that are not muted.
  package var news: [ReportedFinding] { settled.filter { $0.finding.muting == nil } }

  /// The same without the findings that are milder than `severity`.
  package func showing(_ severity: Severity) -> ScanReport {
    ScanReport(
      clusters: clusters,
      findings: findings.filter { $0.finding.severity <= severity },
      checks: checks,
      resources: resources
    )
  }

  /// The exit code of a scan: 3 where a cluster could not be inspected, 1 where there is a finding
  /// of this severity or worse, otherwise 0.
  ///
  /// Suspects are no findings yet, and muted ones no news.
  package func exitCode(failOn severity: Severity) -> Int32 {
    if clusters.contains(where: { $0.failure != nil }) { return 3 }
    return news.contains { $0.finding.severity <= severity } ? 1 : 0
  }
}

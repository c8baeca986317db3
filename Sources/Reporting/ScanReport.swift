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
  /// Worst first.
  package let findings: [Finding]
  package let resources: ProcessResources

  package init(clusters: [Cluster], findings: [Finding], resources: ProcessResources) {
    self.clusters = clusters
    self.findings = findings
    self.resources = resources
  }

  /// The same without the findings that are milder than `severity`.
  package func showing(_ severity: Severity) -> ScanReport {
    let shown = findings.filter { $0.severity <= severity }
    return ScanReport(clusters: clusters, findings: shown, resources: resources)
  }

  /// The exit code of a scan: 3 where a cluster could not be inspected, 1 where there is a finding
  /// of this severity or worse, otherwise 0.
  package func exitCode(failOn severity: Severity) -> Int32 {
    if clusters.contains(where: { $0.failure != nil }) { return 3 }
    return findings.contains { $0.severity <= severity } ? 1 : 0
  }
}

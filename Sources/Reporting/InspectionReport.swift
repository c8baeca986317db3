import Inspection
import Inventories
import KubernetesClient
import KubernetesObjects
package import Monitoring
package import WireFormats

/// A scan as a tree of values, which JSON and YAML write alike.
///
/// `cpuSeconds`, `residentBytes` and `peakResidentBytes` are those of the process, which several
/// clusters share, once all was inspected and before the report was made.
enum InspectionReport {
  static let apiVersion = "kpatrol.io/v1"
  static let kind = "InspectionReport"

  static func value(of report: ScanReport) -> JSONValue {
    [
      "apiVersion": .string(apiVersion),
      "kind": .string(kind),
      "clusters": clusters(of: report),
      "findings": .array(report.findings.map(finding)),
    ]
  }

  static func clusters(of report: ScanReport) -> JSONValue {
    .array(report.clusters.map { cluster($0, report.resources) })
  }

  private static func cluster(
    _ cluster: ScanReport.Cluster,
    _ resources: ProcessResources
  ) -> JSONValue {
    let status = cluster.status
    var value: JSONValue = [
      "name": .string(status.name),
      "server": .string(status.server),
      "version": .string(status.version),
      "inspected": .boolean(cluster.failure == nil),
      "state": .string(status.connection.name),
      "stateSince": .string(status.connectionSince.rfc3339),
      "notInspected": .array(status.notInspected.map(notInspected)),
      "inventories": .array(status.inventories.map(inventory)),
      "brokenGroups": .array(
        status.brokenGroups.map {
          ["groupVersion": .string($0.groupVersion), "reason": .string($0.reason)]
        }
      ),
      "stats": stats(status, resources),
    ]
    value["failure"] = cluster.failure.map { .string($0) }
    return value
  }

  private static func notInspected(_ missing: ClusterStatus.NotInspected) -> JSONValue {
    var value: JSONValue = [
      "kind": .string(missing.kind.description),
      "reason": .string(missing.reason),
      "checks": .array(missing.checks.map { .string($0.description) }),
    ]
    if !missing.onlyNamespaces.isEmpty {
      value["onlyNamespaces"] = .array(missing.onlyNamespaces.map { .string($0) })
    }
    return value
  }

  private static func inventory(_ status: InventoryStatus) -> JSONValue {
    var value: JSONValue = [
      "name": .string(status.name),
      "kind": .string(status.kindName),
      "source": .string(status.place),
      "records": .integer(Int64(status.recordCount)),
      "known": .boolean(status.isKnown),
      "problems": .array(status.problems.map { .string($0) }),
    ]
    value["lastRead"] = status.lastRead.map { .string($0.rfc3339) }
    value["failingSince"] = status.failingSince.map { .string($0.rfc3339) }
    value["trouble"] = status.trouble.map { .string($0) }
    return value
  }

  private static func stats(_ status: ClusterStatus, _ resources: ProcessResources) -> JSONValue {
    let requests = status.requests
    var stats: JSONValue = [
      "bytesReceived": .integer(Int64(clamping: requests.bytesReceived)),
      "objects": .integer(Int64(status.objectCount)),
      "kinds": .integer(Int64(status.kindsTotal)),
      "requests": .integer(Int64(requests.requests)),
      "failedRequests": .integer(Int64(requests.failures)),
      "throttledRequests": .integer(Int64(requests.throttled)),
      "resumes": .integer(Int64(status.resumes)),
      "relists": .integer(Int64(status.relists)),
      "repairedObjects": .integer(Int64(status.differencesFound)),
      "cpuSeconds": .number(resources.cpuSeconds),
      "residentBytes": .integer(Int64(resources.residentBytes)),
      "peakResidentBytes": .integer(Int64(resources.peakResidentBytes)),
    ]
    stats["lastEventAgeSeconds"] = status.lastEvent.map { seconds($0.elapsed(to: status.now)) }
    stats["eventsPerSecond"] = .number(status.eventsPerSecond)
    stats["syncSeconds"] = status.syncDuration.map(seconds)
    stats["inspectionSeconds"] = status.firstInspectionDuration.map(seconds)
    stats["clientCertificateExpiry"] = requests.certificateExpiry.map { .string($0.rfc3339) }
    stats["serverCertificateExpiry"] = requests.serverCertificate.map { .string($0.end.rfc3339) }
    stats["latencySecondsMedian"] = requests.medianLatency.map(seconds)
    stats["latencySeconds99"] = requests.latency99.map(seconds)
    return stats
  }

  static func finding(_ reported: ReportedFinding) -> JSONValue {
    let finding = reported.finding
    var value: JSONValue = [
      "id": .string(finding.id.description),
      "check": .string(finding.check.description),
      "shape": .string(finding.check.shape?.rawValue ?? ""),
      "severity": .string(finding.severity.name),
      "cluster": .string(finding.cluster),
      "subject": vertex(reported.subject),
      "message": .string(finding.message),
      "evidence": .array(
        finding.evidence.map {
          [
            "source": vertex(ReportedVertex($0.source)),
            "path": .string($0.path),
            "value": .string($0.value),
          ]
        }
      ),
      "related": .array(reported.related.map(vertex)),
      "since": .string(finding.since.rfc3339),
      "mayBeYounger": .boolean(finding.mayBeYounger),
      "suspect": .boolean(reported.isSuspect),
      "remedies": .array(finding.remedies.map { .string($0.description) }),
    ]
    value["muted"] = finding.muting.map(muting)
    return value
  }

  private static func muting(_ muting: Muting) -> JSONValue {
    var value: JSONValue = ["reason": .string(muting.reason)]
    value["until"] = muting.until.map { .string($0.rfc3339) }
    return value
  }

  private static func vertex(_ vertex: ReportedVertex) -> JSONValue {
    guard let key = vertex.id.objectKey else {
      return ["kind": .string(vertex.id.kindName), "name": .string(vertex.id.name)]
    }
    var value: JSONValue = ["kind": .string(key.kind.name), "name": .string(key.name)]
    let details = [
      ("group", key.kind.group), ("apiVersion", vertex.apiVersion),
      ("namespace", key.namespace), ("uid", vertex.uid.description),
    ]
    for (name, text) in details where !text.isEmpty { value[name] = .string(text) }
    return value
  }

  private static func seconds(_ duration: Duration) -> JSONValue {
    let (seconds, attoseconds) = duration.components
    return .number(Double(seconds) + (Double(attoseconds) / 1e12).rounded() / 1e6)
  }
}

extension ReportedFinding {
  /// As it stands in a report's JSON.
  package var json: JSONValue { InspectionReport.finding(self) }
}

extension ClusterStatus.Connection {
  /// What programs know the state by.
  package var name: String {
    switch self {
    case .connecting: "connecting"
    case .syncing: "syncing"
    case .watching: "live"
    case .disconnected: "disconnected"
    case .signedOut: "signedOut"
    case .unusable: "unusable"
    }
  }
}

import Inspection
import KubernetesObjects
import Monitoring
import WireFormats

/// A scan as SARIF 2.1.0, which code-scanning services read.
///
/// Source: docs.oasis-open.org/sarif/sarif/v2.1.0. A finding is about no file, so its place is a
/// logical one: cluster, kind, namespace and name.
struct SARIFExporter: Exporter {
  let name = "sarif"

  func text(of report: ScanReport, width: Int?) -> String {
    let value: JSONValue = [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
      "version": "2.1.0",
      "runs": [run(report)],
    ]
    return String(decoding: value.encoded(), as: UTF8.self) + "\n"
  }

  private func run(_ report: ScanReport) -> JSONValue {
    let found = Set(report.settled.map(\.finding.check))
    let rules = report.checks.filter { found.contains($0.id) }
    let failures = report.clusters.compactMap { cluster in
      cluster.failure.map { "Cluster \(cluster.status.name) could not be inspected: \($0)" }
    }
    return [
      "tool": [
        "driver": ["name": "KPatrol", "rules": .array(rules.map(rule))]
      ],
      "invocations": [
        [
          "executionSuccessful": .boolean(failures.isEmpty),
          "toolExecutionNotifications": .array(
            failures.map { ["level": "error", "message": ["text": .string($0)]] }
          ),
        ]
      ],
      "results": .array(report.settled.map(result)),
    ]
  }

  private func rule(_ check: any Check) -> JSONValue {
    [
      "id": .string(check.id.description),
      "shortDescription": ["text": .string(check.title)],
      "fullDescription": ["text": .string(check.explanation)],
      "defaultConfiguration": ["level": .string(Self.level(check.severity))],
      "properties": ["tags": [.string(check.id.shape?.rawValue ?? "")]],
    ]
  }

  private func result(_ reported: ReportedFinding) -> JSONValue {
    let finding = reported.finding
    let place = ([finding.cluster, finding.subject.kindName, finding.subject.name])
      .joined(separator: "/")
    var value: JSONValue = [
      "ruleId": .string(finding.check.description),
      "level": .string(Self.level(finding.severity)),
      "message": ["text": .string(PlainText.of(finding.message))],
      "partialFingerprints": ["kpatrolFinding/v1": .string(finding.id.description)],
      "locations": [
        [
          "logicalLocations": [
            ["fullyQualifiedName": .string(PlainText.of(place)), "kind": "resource"]
          ]
        ]
      ],
      "properties": [
        "since": .string(finding.since.rfc3339),
        "evidence": .array(
          finding.evidence.map { .string(PlainText.of("\($0.source) \($0.path): \($0.value)")) }
        ),
      ],
    ]
    value["suppressions"] = finding.muting.map {
      [["kind": "external", "justification": .string(PlainText.of($0.sentence))]]
    }
    return value
  }

  private static func level(_ severity: Severity) -> String {
    switch severity {
    case .critical: "error"
    case .warning: "warning"
    case .info: "note"
    }
  }
}

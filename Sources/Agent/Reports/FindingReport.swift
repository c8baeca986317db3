import Crypto
import Foundation
import Inspection
import KubernetesObjects
import Monitoring
import UserConfiguration
import WireFormats

/// The findings of one namespace, or of what is in none, as an object of the cluster: a Report or
/// ClusterReport of https://github.com/openreports/reports-api, or their forerunners of
/// https://github.com/kubernetes-sigs/wg-policy-prototypes.
struct FindingReport: Sendable, Equatable {
  /// Who writes it, for whoever reads it and for the API server's management of fields.
  static let source = "kpatrol"
  static let digestAnnotation = "kpatrol.io/digest"
  static let leftOutAnnotation = "kpatrol.io/left-out"
  static let shardLabel = "kpatrol.io/shard"
  static let ownerLabels = ["app.kubernetes.io/managed-by": source]
  /// What etcd takes by default is 1.5 MiB with everything, and managed fields and other encodings are longer.
  static let sizeLimit = 900 << 10

  let key: ObjectKey
  /// What tells whether it says the same as another.
  let digest: String
  let leftOut: Int
  let object: JSONValue

  /// Tells of `findings`, the worst first, and of what a report from before tells of others, as far as there is
  /// room.
  init(
    _ findings: [KnownFinding],
    keeping kept: [FindingID: JSONValue] = [:],
    as place: ReportPlace,
    format: ReportSettings.Format,
    limit: Int
  ) {
    key = place.key(format)
    var results: [JSONValue] = []
    var size = 0
    var counts: [String: Int64] = [:]
    func add(_ outcome: String, _ result: () -> JSONValue) {
      counts[outcome, default: 0] += 1
      guard results.count < limit, size < Self.sizeLimit else { return }
      let result = result()
      size += result.encoded().count + 1
      if size < Self.sizeLimit { results.append(result) }
    }
    for known in findings.sorted(by: { Finding.precedes($0.finding, $1.finding) }) {
      add(Self.outcome(of: known.finding)) { Self.result(known, in: place.namespace) }
    }
    for (_, result) in kept.sorted(by: { $0.key < $1.key }) {
      add(result["result"]?.stringValue ?? "fail") { result }
    }
    leftOut = findings.count + kept.count - results.count
    var body: JSONValue = [
      "apiVersion": .string(format.apiVersion),
      "kind": .string(key.kind.name),
      // All that there are, those included for which there is no room.
      "summary": .object(
        Dictionary(
          uniqueKeysWithValues: ["pass", "fail", "warn", "error", "skip"]
            .map { ($0, .integer(counts[$0] ?? 0)) }
        )
      ),
      "results": .array(results),
    ]
    if format == .openreports {
      body["source"] = .string(Self.source)
      body["configuration"] = ["limits": ["maxResults": .integer(Int64(limit))]]
    }
    let hash = SHA256.hash(data: Data(body.encoded()))
    digest = hash.prefix(16).map { String(Int($0) + 256, radix: 16).dropFirst() }.joined()
    var metadata: JSONValue = [
      "name": .string(place.name),
      "labels": .object(place.labels.mapValues { .string($0) }),
      "annotations": [
        Self.digestAnnotation: .string(digest), Self.leftOutAnnotation: .string("\(leftOut)"),
      ],
    ]
    if !place.namespace.isEmpty { metadata["namespace"] = .string(place.namespace) }
    body["metadata"] = metadata
    object = body
  }

  private static func result(_ known: KnownFinding, in namespace: String) -> JSONValue {
    let finding = known.finding
    var properties: [String: JSONValue] = [
      "finding": .string(finding.id.description), "since": .string(finding.since.rfc3339),
    ]
    if !known.team.isEmpty { properties["team"] = .string(known.team) }
    let subject = known.reported.subject
    let named = subject.id.objectKey == nil ? known.reported.related : [subject]
    return [
      "source": .string(source),
      "policy": .string(finding.check.description),
      "category": .string(finding.check.shape?.rawValue ?? ""),
      "severity": .string(severity(of: finding)),
      "result": .string(outcome(of: finding)),
      "message": .string(finding.message),
      "scored": true,
      "timestamp": ["seconds": .integer(finding.since.millisecondsSince1970 / 1000), "nanos": 0],
      "resources": .array(named.compactMap(Self.reference)),
      "properties": .object(properties),
    ]
  }

  private static func reference(to vertex: ReportedVertex) -> JSONValue? {
    guard let key = vertex.id.objectKey else { return nil }
    var reference: JSONValue = ["kind": .string(key.kind.name), "name": .string(key.name)]
    // What is not served, or not there, has none.
    let group = vertex.apiVersion.isEmpty ? key.kind.group : vertex.apiVersion
    if !group.isEmpty { reference["apiVersion"] = .string(group) }
    if !key.namespace.isEmpty { reference["namespace"] = .string(key.namespace) }
    if vertex.uid != .unset { reference["uid"] = .string("\(vertex.uid)") }
    return reference
  }

  /// In the words of reports; read back, they are the same severities.
  private static func severity(of finding: Finding) -> String {
    switch finding.severity {
    case .critical: "critical"
    case .warning: "medium"
    case .info: "info"
    }
  }

  private static func outcome(of finding: Finding) -> String {
    finding.severity == .info ? "warn" : "fail"
  }
}

/// Which report a finding is told in.
struct ReportPlace: Hashable, Sendable {
  /// Empty for the cluster's own.
  let namespace: String
  /// Which of several agents that share a cluster writes it.
  let shard: Int
  /// How many share it.
  let shards: Int

  init(namespace: String, shard: Int = 0, of shards: Int = 1) {
    self.namespace = namespace
    self.shard = shard
    self.shards = shards
  }

  /// Reads the metadata of a report, whose writers were as many as they are now as far as its name tells;
  /// `nil` where it is not named as ours are.
  init?(_ metadata: JSONValue, of shards: Int) {
    let shard = metadata[path: "labels", FindingReport.shardLabel]?.stringValue.flatMap { Int($0) }
    let name = metadata["name"]?.stringValue
    self.init(
      namespace: metadata["namespace"]?.stringValue ?? "",
      shard: shard ?? 0,
      of: name == FindingReport.source ? 1 : max(shards, 2)
    )
    guard name == self.name else { return nil }
  }

  /// Several agents write no object together.
  var name: String { shards == 1 ? FindingReport.source : "\(FindingReport.source)-\(shard)" }

  var labels: [String: String] {
    FindingReport.ownerLabels.merging([FindingReport.shardLabel: "\(shard)"]) { $1 }
  }

  func key(_ format: ReportSettings.Format) -> ObjectKey {
    ObjectKey(
      namespace.isEmpty ? format.clusterKind : format.kind,
      namespace: namespace,
      name: name
    )
  }
}

extension ReportSettings.Format {
  var apiVersion: String {
    switch self {
    case .openreports: "openreports.io/v1alpha1"
    case .wgpolicyk8s: "wgpolicyk8s.io/v1alpha2"
    }
  }

  var kind: ObjectKind {
    switch self {
    case .openreports: OpenReport.kind
    case .wgpolicyk8s: PolicyReport.kind
    }
  }

  var clusterKind: ObjectKind {
    switch self {
    case .openreports: OpenClusterReport.kind
    case .wgpolicyk8s: ClusterPolicyReport.kind
    }
  }
}

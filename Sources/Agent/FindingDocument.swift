import Inspection
import KubernetesObjects
package import Monitoring
import Reporting
package import WireFormats

/// Findings as the agent tells them in JSON: as a scan's report has them, with what the Kubernetes API
/// has of every object, and with all that a terminal needs to show it as its own.
package enum FindingDocument {
  static let apiVersion = KnownFinding.apiVersion
  /// Tells of a finding that a watch takes out that it is not over: another agent covers what it is about.
  package static let movedAnnotation = "kpatrol.io/moved"

  /// One finding.
  package static func value(of known: KnownFinding, _ version: FindingVersion) -> JSONValue {
    var value = known.document
    value[path: "metadata", "resourceVersion"] = .string(version.description)
    for (name, text) in [("title", known.title), ("node", known.node), ("owner", known.owner)]
    where !text.isEmpty { value[name] = .string(text) }
    value["cause"] = known.cause.map { .string($0.description) }
    value["causality"] = known.ends.map { ends in
      [
        "explains": .array(ends.explainsTexts.map { .string($0) }),
        "explainedBy": .array(ends.explainedByTexts.map { .string($0) }),
      ]
    }
    if known.bytes != 0 { value["bytes"] = .integer(known.bytes) }
    if !known.labels.isEmpty {
      let labels = known.labels.all.map { ($0.key, JSONValue.string($0.value)) }
      value["labels"] = .object(Dictionary(labels, uniquingKeysWith: { $1 }))
    }
    addMarks(of: known.finding, absent: Set(known.absent), to: &value)
    return value
  }

  /// Adds what is seldom so.
  private static func addMarks(
    of finding: Finding,
    absent: Set<VertexID>,
    to value: inout JSONValue
  ) {
    if !absent.isEmpty {
      let places = finding.related.indices.filter { absent.contains(finding.related[$0]) }
      value["absentRelated"] = .array(places.map { .integer(Int64($0)) })
    }
    if finding.severityOfTeam != nil {
      value["severityOfCheck"] = .string(finding.severityOfCheck.name)
    }
    value["since"] = exact(finding.since)
    value["awaySince"] = finding.awaySince.map(exact)
    if let until = finding.muting?.until { value[path: "muted", "until"] = exact(until) }
    value["likeness"] = finding.likeness.map {
      ["text": .string($0.text), "isOfCluster": .boolean($0.isOfCluster)]
    }
    if let author = finding.muting?.author { value[path: "muted", "author"] = .string(author) }
  }

  /// A time with its milliseconds, by which findings are in order on the other side, too.
  private static func exact(_ time: Timestamp) -> JSONValue {
    let rest = (time.millisecondsSince1970 % 1000 + 1000) % 1000
    guard rest > 0 else { return .string(time.rfc3339) }
    let digits = "00\(rest)".suffix(3)
    return .string("\(time.rfc3339.dropLast()).\(digits)Z")
  }

  /// What a list has before its items.
  static func listHead(_ version: FindingVersion) -> String {
    #"{"apiVersion":"\#(apiVersion)","kind":"FindingList","#
      + #""metadata":{"resourceVersion":"\#(version)"},"items":["#
  }

  static let listEnd = "]}\n"

  /// A refusal, as the Kubernetes API tells one.
  static func status(_ code: Int, reason: String, _ message: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Status", "status": "Failure",
      "code": .integer(Int64(code)), "reason": .string(reason), "message": .string(message),
    ]
  }
}

extension FindingDocument {
  /// The refusal of one who knows findings as of a version that is too old.
  static func expired(_ message: String) -> JSONValue { status(410, reason: "Expired", message) }
}

/// A line of a watch, as the Kubernetes API writes them.
enum WatchLine {
  case added(KnownFinding, FindingVersion)
  case modified(KnownFinding, FindingVersion)
  /// It is over, or no longer what is asked for; `isMoved` where another agent tells of it from now on.
  case deleted(KnownFinding, FindingVersion, isMoved: Bool)
  /// How all clusters stand, once every change before that was told.
  case clusters([JSONValue])
  /// Nothing else happened up to here; the first also says that all there was has been told.
  case bookmark(FindingVersion, endsInitial: Bool)
  case error(JSONValue)

  /// What a change is to one who sees only what a filter lets through; `nil` where it is nothing.
  init?(_ change: FindingLedger.Change, _ filter: FindingsFilter) {
    let was = change.old.map { $0.matches(filter) } ?? false
    let isThere = change.new.map { $0.matches(filter) } ?? false
    switch (was, isThere, change.old, change.new) {
    case (false, true, _, let new?): self = .added(new, change.version)
    case (true, true, _, let new?): self = .modified(new, change.version)
    case (true, false, let old?, _):
      self = .deleted(old, change.version, isMoved: change.isMoved)
    default: return nil
    }
  }

  var bytes: [UInt8] {
    var bytes = JSONValue.object(["type": .string(type), "object": object]).encoded()
    bytes.append(UInt8(ascii: "\n"))
    return bytes
  }

  private var type: String {
    switch self {
    case .added: "ADDED"
    case .modified: "MODIFIED"
    case .deleted: "DELETED"
    case .clusters: "CLUSTERS"
    case .bookmark: "BOOKMARK"
    case .error: "ERROR"
    }
  }

  private var object: JSONValue {
    switch self {
    case .added(let known, let version), .modified(let known, let version):
      return FindingDocument.value(of: known, version)
    case .deleted(let known, let version, let isMoved):
      var value = FindingDocument.value(of: known, version)
      if isMoved {
        value[path: "metadata", "annotations", FindingDocument.movedAnnotation] = "true"
      }
      return value
    case .clusters(let clusters): return ClusterDocument.list(clusters)
    case .bookmark(let version, let endsInitial):
      var metadata: JSONValue = ["resourceVersion": .string(version.description)]
      if endsInitial { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
      return [
        "apiVersion": .string(FindingDocument.apiVersion), "kind": "Finding", "metadata": metadata,
      ]
    case .error(let status): return status
    }
  }
}

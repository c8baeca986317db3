import Inspection
package import Monitoring
import Reporting
package import WireFormats

/// Findings as the agent tells them in JSON: as a scan's report has them, with what the Kubernetes API
/// has of every object.
package enum FindingDocument {
  static let apiVersion = KnownFinding.apiVersion
  /// Tells of a finding that a watch takes out that it is not over: another agent covers what it is about.
  package static let movedAnnotation = "kpatrol.io/moved"

  /// One finding.
  package static func value(of known: KnownFinding, _ version: FindingVersion) -> JSONValue {
    var value = known.document
    value[path: "metadata", "resourceVersion"] = .string(version.description)
    return value
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

package import CloudEvents
import Crypto
package import KubernetesObjects
package import WireFormats

/// A finding as it is told: raised, other than it was, or over.
package struct FindingEvent: Sendable {
  package enum Kind: String, Sendable, CaseIterable {
    case raised, changed, resolved

    package var type: String { "io.kpatrol.finding.\(rawValue)" }
  }

  package let kind: Kind
  /// The finding's JSON, as the agent's API has it.
  package let document: JSONValue
  /// Tells an occurrence from those before it.
  package let since: Int64
  /// How many events of the occurrence there were before.
  package let revision: Int64

  /// What tells whether a finding is as it was told: all but when it began, which who looks later may know
  /// less well.
  static func digest(of document: JSONValue) -> String {
    var content = document
    content["since"] = nil
    content["mayBeYounger"] = nil
    return hexadecimal(content.encoded(), bytes: 8)
  }

  /// The event; who tells the same of the same occurrence makes one with the same id.
  package func cloudEvent(at time: Timestamp) -> CloudEvent {
    let cluster = text("cluster")
    let finding = text("id")
    let digest = Self.digest(of: document)
    let mark = Self.hexadecimal(Array("\(since) \(revision) \(digest)".utf8), bytes: 8)
    var data = document
    if kind == .resolved { data["resolved"] = .string(time.rfc3339) }
    var event = CloudEvent(
      id: "\(finding).\(kind.rawValue).\(mark)",
      source: EventSource.cluster(cluster),
      type: kind.type,
      data: .json(data)
    )
    event.subject = subject
    event.time = time.rfc3339
    event.extensions = [
      "cluster": cluster, "check": text("check"), "severity": text("severity"),
      "kind": kindName, "finding": finding, "partitionkey": finding,
      "traceparent": Self.traceparent(of: "\(finding) \(since)", event.id),
    ]
    let optional = [
      ("namespace", document["subject"]?["namespace"]?.stringValue),
      ("team", document["team"]?.stringValue), ("muted", document["muted"].map { _ in "true" }),
    ]
    for (name, value) in optional { if let value { event.extensions[name] = value } }
    return event
  }

  private func text(_ member: String) -> String { document[member]?.stringValue ?? "" }

  /// As in `Deployment.apps`, `Address`.
  private var kindName: String {
    let subject = document["subject"]
    let group = subject?["group"]?.stringValue ?? ""
    return (subject?["kind"]?.stringValue ?? "") + (group.isEmpty ? "" : ".\(group)")
  }

  /// The path of the object, as `io.kpatrol.object.changed` has it: `Deployment.apps/shop/cart`.
  private var subject: String {
    let subject = document["subject"]
    let parts = [subject?["namespace"]?.stringValue, subject?["name"]?.stringValue]
    return ([kindName] + parts.compactMap(\.self)).joined(separator: "/")
  }

  /// One trace for each occurrence (W3C Trace Context), of which each event is a span.
  static func traceparent(of trace: String, _ span: String) -> String {
    let trace = hexadecimal(Array(trace.utf8), bytes: 16)
    return "00-\(trace)-\(hexadecimal(Array(span.utf8), bytes: 8))-01"
  }

  static func hexadecimal(_ content: [UInt8], bytes: Int) -> String {
    SHA256.hash(data: content).prefix(bytes).map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }.joined()
  }
}

import CloudEvents
import Healing
import Inspection
import KubernetesObjects
import WireFormats

/// A heal as others are told of it.
struct HealEvent {
  enum Kind: String, CaseIterable {
    case planned, executed, proved, failed

    var type: String { "io.kpatrol.heal.\(rawValue)" }
  }

  let kind: Kind
  let intent: HealIntent
  let id: HealIntent.ID
  /// Who heals: `user@host`.
  let author: String
  /// What came of it, in words.
  var outcome = ""

  /// What the events of one heal have in common.
  var about: String { "\(author) \(intent.cluster) \(id) \(intent.time.millisecondsSince1970)" }

  func cloudEvent(at time: Timestamp) -> CloudEvent {
    let finding: FindingID? =
      if case .finding(let id) = intent.cause { id } else { nil }
    let heal = FindingEvent.hexadecimal(Array(about.utf8), bytes: 8)
    var data: JSONValue = [
      "heal": .string(heal), "number": .integer(id.number), "cluster": .string(intent.cluster),
      "author": .string(author), "remedy": .string(intent.remedy.description),
      "title": .string(intent.title), "subject": .string(intent.subject.description),
      "disruption": .string(intent.disruption.rawValue),
      "agreement": .string(intent.grade.rawValue), "begun": .string(intent.time.rfc3339),
      "steps": .array(
        intent.steps.map { ["summary": .string($0.summary), "command": .string($0.command)] }
      ),
    ]
    if !intent.reason.isEmpty { data["reason"] = .string(intent.reason) }
    if let policy = intent.policy { data["policy"] = .string(policy) }
    if let finding { data["finding"] = .string(finding.description) }
    if !outcome.isEmpty { data["outcome"] = .string(outcome) }
    let mark = FindingEvent.hexadecimal(Array(outcome.utf8), bytes: 4)
    var event = CloudEvent(
      id: "\(heal).\(kind.rawValue).\(mark)",
      source: EventSource.cluster(intent.cluster),
      type: kind.type,
      data: .json(data)
    )
    event.subject =
      intent.subject.objectKey.map { "\($0.kind)/\($0.qualifiedName)" }
      ?? intent.subject.description
    event.time = time.rfc3339
    event.extensions = [
      "cluster": intent.cluster, "remedy": intent.remedy.description, "partitionkey": heal,
      "traceparent": FindingEvent.traceparent(of: heal, event.id),
    ]
    if let finding { event.extensions["finding"] = finding.description }
    if let key = intent.subject.objectKey {
      event.extensions["kind"] = key.kind.description
      if !key.namespace.isEmpty { event.extensions["namespace"] = key.namespace }
    }
    return event
  }
}

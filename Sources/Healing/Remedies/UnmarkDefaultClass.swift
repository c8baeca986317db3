import ClusterGraph
import Inspection
import KubernetesClient
import KubernetesObjects
import WireFormats

/// Leaves the youngest of several default classes as the only one: claims get that one already.
struct UnmarkDefaultClass: PlanningRemedy {
  let id: RemedyID = "unmark-default-class"
  let title = "Unmark the older default class"

  private static let annotations = [
    "ingressclass.kubernetes.io/is-default-class",
    "storageclass.beta.kubernetes.io/is-default-class",
    "storageclass.kubernetes.io/is-default-class",
  ]

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let records = ([finding.subject] + finding.related)
      .compactMap { $0.objectKey.flatMap(graph.record) }
      .filter { !$0.metadata.isTerminating && !Self.marks(of: $0).isEmpty }
      .sorted { Self.age(of: $0) > Self.age(of: $1) }
    guard let kept = records.first, records.count > 1,
      records.allSatisfy({ $0.kind == kept.kind }),
      [StorageClass.kind, IngressClass.kind].contains(kept.kind)
    else { throw Obstacle("There are no longer two default classes.") }
    let unmarked = records.dropFirst()
    let names = unmarked.map(\.metadata.name).joined(separator: ", ")
    return plan(
      "Unmark \(kept.kind.name) \(names) as default",
      for: finding,
      because: "One class may be the default; \(kept.metadata.name) was made last"
        + (kept.kind == StorageClass.kind ? ", and is what claims get already." : "."),
      steps: unmarked.map(Self.step),
      disruption: .none,
      impacts: [
        .init(.object(kept.key), "is given to whatever names no class from now on")
      ] + unmarked.map { .init(.object($0.key), "is given only to those that name it") },
      undo: """
        Set the annotation to true again: \
        \(kubectl: unmarked.map { Self.command(for: $0, value: "true") })
        """,
      confirmation: .key("y")
    )
  }

  /// The annotations that make a class a default.
  private static func marks(of record: any ObjectRecord) -> [String] {
    annotations.filter { record.metadata.annotations[$0] == "true" }
  }

  private static func age(of record: any ObjectRecord) -> (Timestamp, String) {
    let metadata = record.metadata
    return (metadata.creationTimestamp ?? Timestamp(millisecondsSince1970: 0), metadata.name)
  }

  private static func step(for record: any ObjectRecord) -> HealStep {
    var patch: JSONValue = ["metadata": ["uid": .string(record.metadata.uid.description)]]
    for mark in marks(of: record) { patch[path: "metadata", "annotations", mark] = "false" }
    return .patch(record.key, .merge(patch), kubectl: command(for: record, value: "false"))
  }

  private static func command(for record: any ObjectRecord, value: String) -> String {
    let marks = marks(of: record).map { HealStep.quoted("\($0)=\(value)") }.joined(separator: " ")
    return "annotate \(HealStep.argument(for: record.key)) \(marks) --overwrite"
  }
}

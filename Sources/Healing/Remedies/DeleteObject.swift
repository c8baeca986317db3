import ClusterGraph
import Inspection
import KubernetesObjects

/// Deletes an object that a finding is about, where that is all that it takes.
struct DeleteObject: PlanningRemedy {
  let id: RemedyID = "delete-object"
  let title = "Delete the object"

  func makePlan(for finding: Finding, in graph: ClusterGraph) throws(Obstacle) -> HealPlan {
    let record = try Self.target(of: finding, in: graph)
    let key = record.key
    if let reason = Self.hindrance(to: record, in: graph) { throw Obstacle(reason) }
    let loss = DeletionLoss(of: record, in: graph)
    return plan(
      "Delete \(key)",
      for: finding,
      because: loss.reason,
      steps: [.delete(key, uid: record.metadata.uid)],
      disruption: loss.disruption,
      impacts: [.init(.object(key), loss.effect)] + loss.others,
      undo: HealPlan.undoByManifest(of: key),
      confirmation: loss.isLight ? .key("y") : .typing(key.name)
    )
  }

  /// What of a conflict may be deleted: those that claim, not what they claim.
  private static let claimants = [
    HorizontalPodAutoscaler.kind, PodDisruptionBudget.kind, VerticalPodAutoscaler.kind,
    VolumeAttachment.kind,
  ]

  /// The subject; but in a conflict the youngest of those that claim it.
  private static func target(
    of finding: Finding,
    in graph: ClusterGraph
  ) throws(Obstacle) -> any ObjectRecord {
    guard finding.check.shape == .conflict else { return try graph.settledRecord(finding.subject) }
    let records = finding.related.compactMap { $0.objectKey.flatMap(graph.record) }
      .filter { claimants.contains($0.kind) && !$0.metadata.isTerminating }
      .sorted { age(of: $0) > age(of: $1) }
    guard let youngest = records.first else {
      throw Obstacle("Nothing that claims \(finding.subject) can be deleted without harm.")
    }
    return records.first { hindrance(to: $0, in: graph) == nil } ?? youngest
  }

  private static func age(of record: any ObjectRecord) -> (Timestamp, String) {
    let metadata = record.metadata
    return (metadata.creationTimestamp ?? Timestamp(millisecondsSince1970: 0), metadata.name)
  }

  /// Why an object must not be deleted, or not this way; `nil` where it may.
  static func hindrance(to record: any ObjectRecord, in graph: ClusterGraph) -> String? {
    switch record {
    case let node as Node: hindrance(toLosing: node, in: graph)
    case let pod as Pod:
      pod.metadata.controller.map {
        "\($0.kind.name) \($0.name) controls the Pod and starts another; delete it as a Pod."
      }
    case let attachment as VolumeAttachment: hindrance(toDetaching: attachment, in: graph)
    case let namespace as Namespace: hindrance(toEmptying: namespace, in: graph)
    default: nil
    }
  }

  private static func hindrance(toLosing node: Node, in graph: ClusterGraph) -> String? {
    let name = node.metadata.name
    guard let pods = graph.pods(on: node) else {
      return "Which Pods Node \(name) has is not known."
    }
    let drained = DrainedPods(pods)
    guard node.isUnschedulable, drained.evicted.isEmpty, drained.unmanaged.isEmpty else {
      return "Node \(name) has to be drained first."
    }
    return nil
  }

  private static func hindrance(
    toDetaching attachment: VolumeAttachment,
    in graph: ClusterGraph
  ) -> String? {
    guard attachment.isAttached else { return nil }
    let name = attachment.nodeName
    switch graph.presence(of: .object(ObjectKey(Node.kind, name: name))) {
    case .absent: return nil
    case .present(let node) where (node as? Node)?.ready?.status != .isTrue: return nil
    case .present: return "Node \(name) is ready, and may write to the volume."
    case .unknown(let reason): return "Whether Node \(name) is there is not known: \(reason)."
    case .notAnObject: return "The attachment names no Node."
    }
  }

  private static func hindrance(
    toEmptying namespace: Namespace,
    in graph: ClusterGraph
  ) -> String? {
    let name = namespace.metadata.name
    guard !NamespaceContent.isWellKnown(name) else {
      return "Namespace \(name) is one of Kubernetes' own."
    }
    for kind in NamespaceContent.kinds {
      guard let ignorance = graph.ignorance(of: kind, in: name) else { continue }
      return "What namespace \(name) has in it is not known (\(ignorance))."
    }
    guard let handle = graph.handle(of: .object(namespace.key)) else { return nil }
    return graph.hasReferrer(handle, over: .namespace, where: NamespaceContent.includes)
      ? "Namespace \(name) is not empty; delete what is in it first." : nil
  }
}

import ClusterGraph
import Inspection
import KubernetesObjects

/// An object that says what Pods are to be like: a workload, or a Pod itself.
struct PodTemplateSubject: InspectionSubject {
  static let kinds = [
    CronJob.kind, DaemonSet.kind, Deployment.kind, Job.kind, Pod.kind, StatefulSet.kind,
  ]
  static let scope = SubjectScope.kinds(kinds)
  static let isWithoutOwnFields = true

  private let object: any ObjectRecord

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record, record.typed(as: PartialRecord.self) == nil else { return nil }
    object = record
  }

  // What most checks do not get to is not made before they do.
  var record: any PodTemplateHolder {
    guard let record = object as? any PodTemplateHolder else {
      preconditionFailure("All of these kinds hold a template.")
    }
    return record
  }

  var metadata: ObjectMetadata { object.metadata }
  var template: PodTemplate { record.template }

  var id: VertexID { .object(record.key) }

  /// As people call it: `Deployment shop/cart`.
  var name: String { "\(record.kind.name) \(record.key.qualifiedName)" }

  /// Whether no container of it will start again.
  var isOver: Bool {
    if metadata.isTerminating { return true }
    return switch record {
    case let pod as Pod: pod.isFinished
    case let job as Job: job.isComplete || job.hasFailed
    default: false
    }
  }

  /// Whether it asks for no Pod at present.
  var isDormant: Bool {
    switch record {
    case let deployment as Deployment: deployment.replicas == 0
    case let set as StatefulSet: set.replicas == 0
    case let job as Job: job.isSuspended
    case let job as CronJob: job.isSuspended
    default: false
    }
  }

  /// Whether no controller has the same template, and so the same faults: what a Deployment asks
  /// for is not reported once more for each of its Pods.
  func speaksForItself(in cluster: ClusterView) -> Bool {
    guard let controller = metadata.controller else { return true }
    if Self.templateHolders.contains(controller.kind) { return false }
    guard controller.kind == ReplicaSet.kind else { return true }
    // A ReplicaSet's record has no template, so its Pods stand for it, unless a Deployment does.
    return !cluster.hasTarget(over: .owner) { owner in
      (owner as? ReplicaSet)?.metadata.controller?.kind == Deployment.kind
    }
  }

  private static let templateHolders: Set<ObjectKind> = [
    CronJob.kind, DaemonSet.kind, Job.kind, StatefulSet.kind,
  ]

  /// Where it names a vertex that it needs: `spec.template.spec.volumes`.
  func path(to target: VertexID, over relation: Relation) -> String {
    record.references.first {
      $0.relation == relation && $0.target == target && !$0.isOptional
    }?.path ?? "spec"
  }
}

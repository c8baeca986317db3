import Inspection
import KubernetesObjects

/// An object whose controller makes Pods for it.
struct PodMaker: InspectionSubject {
  static let scope = SubjectScope.kinds([
    DaemonSet.kind, Deployment.kind, Job.kind, ReplicaSet.kind, StatefulSet.kind,
  ])

  let record: any ObjectRecord

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    guard let record else { return nil }
    self.record = record
  }

  var metadata: ObjectMetadata { record.metadata }
  var id: VertexID { .object(record.key) }

  /// The condition with which a controller tells why there are no Pods; a Deployment repeats that
  /// of its ReplicaSet, which then stays silent.
  var failure: Condition? {
    let failure: Condition?
    switch record {
    case let deployment as Deployment: failure = deployment.conditions["ReplicaFailure"]
    case let set as ReplicaSet where set.metadata.controller?.kind != Deployment.kind:
      failure = set.conditions["ReplicaFailure"]
    default: failure = nil
    }
    return failure?.status == .isTrue ? failure : nil
  }

  /// Whether only Events tell of Pods that could not be made.
  var tellsByEvents: Bool { !(record is Deployment) && !(record is ReplicaSet) }

  /// Whether there are fewer Pods than there should be.
  var lacksPods: Bool {
    switch record {
    case let set as DaemonSet: set.currentPods < set.desiredPods
    case let deployment as Deployment: deployment.replicas > 0
    case let job as Job:
      !job.isSuspended && !job.isComplete && !job.hasFailed && job.activePods == 0
    case let set as ReplicaSet: set.currentReplicas < set.replicas
    case let set as StatefulSet: set.currentReplicas < set.replicas
    default: false
    }
  }
}

import Inspection
import KubernetesObjects

/// A workload, and how many of its Pods are available.
struct Availability: InspectionSubject {
  static let scope = SubjectScope.kinds([
    DaemonSet.kind, Deployment.kind, ReplicaSet.kind, StatefulSet.kind,
  ])

  let key: ObjectKey
  let metadata: ObjectMetadata
  let desired: Int
  let available: Int
  /// Whether some Pods are being replaced, so that few may be missing for long.
  let isChanging: Bool
  /// Since when it says itself that too few are available.
  let unavailableSince: Timestamp?
  /// The fields that hold the two numbers.
  let paths: (desired: String, available: String)

  var id: VertexID { .object(key) }

  init?(_ id: VertexID?, record: (any ObjectRecord)?) {
    switch record {
    case let deployment as Deployment: self.init(deployment)
    case let set as ReplicaSet: self.init(set)
    case let set as StatefulSet: self.init(set)
    case let set as DaemonSet: self.init(set)
    default: return nil
    }
  }

  private init(_ deployment: Deployment) {
    key = deployment.key
    metadata = deployment.metadata
    desired = deployment.replicas
    available = deployment.availableReplicas
    let condition = deployment.conditions["Available"]
    isChanging =
      condition?.status == .isTrue
      && (deployment.isPaused || deployment.updatedReplicas < desired
        || deployment.currentReplicas > deployment.updatedReplicas
        || deployment.observedGeneration < deployment.metadata.generation)
    unavailableSince = condition?.status == .isFalse ? condition?.lastTransitionTime : nil
    paths = ("spec.replicas", "status.availableReplicas")
  }

  private init?(_ set: ReplicaSet) {
    // A Deployment speaks for its ReplicaSets.
    guard set.metadata.controller == nil else { return nil }
    key = set.key
    metadata = set.metadata
    desired = set.replicas
    available = set.availableReplicas
    isChanging = false
    unavailableSince = nil
    paths = ("spec.replicas", "status.availableReplicas")
  }

  private init(_ set: StatefulSet) {
    key = set.key
    metadata = set.metadata
    desired = set.replicas
    // Servers before Kubernetes 1.22 count only those that are ready.
    available = set.availableReplicas == 0 ? set.readyReplicas : set.availableReplicas
    isChanging =
      set.currentRevision != set.updateRevision
      || set.observedGeneration < set.metadata.generation
    unavailableSince = nil
    paths = ("spec.replicas", "status.availableReplicas")
  }

  private init(_ set: DaemonSet) {
    key = set.key
    metadata = set.metadata
    desired = set.desiredPods
    available = set.availablePods
    isChanging =
      set.updatedPods < set.desiredPods || set.observedGeneration < set.metadata.generation
    unavailableSince = nil
    paths = ("status.desiredNumberScheduled", "status.numberAvailable")
  }
}

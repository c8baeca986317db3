package import Inspection

/// The built-in checks, each shape's in the order of their ids.
package enum Catalogue {
  package static let checks: [any Check] =
    conflict + dangling + drift + risk + stuck + unhealthy

  private static let conflict: [any Check] = [
    PodAddressConflict()
  ]

  private static let dangling: [any Check] = [
    LostClaim(),
    ClaimOfScaledDownSet(),
    UnusedClaim(),
    MissingConfigurationKey(),
    UnusedObjects.configMap,
    AbsentDriver(),
    RecordOfAbsentNode(),
    AbandonedDefinition(),
    UndefinedStoredVersion(),
    UnusedDefinition(),
    AbsentConversionWebhook(),
    FinishedJob(),
    FinishedPod(),
    LeaseOfAbsentNode(),
    AbsentOwner(),
    AbsentPodReference.claim,
    AbsentPodReference.configMap,
    PodOnAbsentNode(),
    AbsentPodReference.priorityClass,
    AbsentPodReference.pullSecret,
    AbsentPodReference.runtimeClass,
    AbsentPodReference.secret,
    AbsentPodReference.serviceAccount,
    UnusedObjects.priorityClass,
    LeftoverReplicaSet(),
    WorkloadScaledToZero(),
    UnusedObjects.secret,
    UnusedObjects.serviceAccount,
    AbsentSnapshot(),
    AbsentGoverningService(),
    AbsentStorageClass(),
    UnusedObjects.storageClass,
    UnmanagedPod(),
    NeedlessVolumeAttachment(),
    VolumeOfAbsentClaim(),
    VolumeOnAbsentNode(),
    ReleasedVolume(),
    UnclaimedVolume(),
  ]

  private static let drift: [any Check] = [
    PodOutsideNodeRange()
  ]

  private static let risk: [any Check] = [
    NearlyExhaustedQuota()
  ]

  private static let stuck: [any Check] = [
    StuckTerminating()
  ]

  private static let unhealthy: [any Check] = [
    NodeNotReady()
  ]

  package static func check(_ id: CheckID) -> (any Check)? { checks.first { $0.id == id } }
}

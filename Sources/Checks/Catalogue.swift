package import Inspection

/// The built-in checks, each shape's in the order of their ids.
package enum Catalogue {
  package static let checks: [any Check] =
    conflict + dangling + drift + risk + stuck + unhealthy

  private static let conflict: [any Check] = [
    PodAddressConflict()
  ]

  private static let dangling: [any Check] = [
    UnusedDefinition(),
    PodOnAbsentNode(),
    ReleasedVolume(),
  ]

  private static let drift: [any Check] = [
    PodOutsideNodeRange()
  ]

  private static let risk: [any Check] = [
    NearlyExhaustedQuota()
  ]

  private static let stuck: [any Check] = [
    StuckAutoscaler(),
    PendingCertificateRequest(),
    PendingClaim(),
    UnstartableContainer(),
    CordonedNode(),
    CrashLoopingContainer(),
    CreatingPod(),
    StuckCronJob(),
    SuspendedCronJob(),
    StuckDaemonRollout(),
    StuckDefinition(),
    BlockingBudget(),
    StuckGateway(),
    UnpullableImage(),
    AddresslessIngress(),
    StuckJob(),
    PendingLoadBalancer(),
    StuckNamespace(),
    ExhaustedQuota(),
    UnmetReadinessGate(),
    RefusedReplicas(),
    StuckRollout(),
    GatedPod(),
    StuckStatefulRollout(),
    StuckTerminating(),
    UnschedulablePod(),
    StuckAttachment(),
  ]

  private static let unhealthy: [any Check] = [
    NodeNotReady()
  ]

  package static func check(_ id: CheckID) -> (any Check)? { checks.first { $0.id == id } }
}

package import Inspection

/// The built-in checks, each shape's in the order of their ids.
package enum Catalogue {
  package static let checks: [any Check] =
    conflict + dangling + drift + risk + stuck + unhealthy

  private static let conflict: [any Check] = [
    AutoscalerConflict(),
    DefaultClassConflict(),
    DisruptionBudgetConflict(),
    ExternalAddressConflict(),
    GatewayRouteConflict(),
    HostPortConflict(),
    IngressRuleConflict(),
    LoadBalancerAddressConflict(),
    MachineIdentityConflict(),
    NodeAddressConflict(),
    PodAddressConflict(),
    PodRangeOverlap(),
    PodNodeAddressConflict(),
    PodServiceAddressConflict(),
    SelectorOverlap(),
    SingleWriterVolume(),
    VolumeClaimConflict(),
    VolumeHandleConflict(),
    MutatingWebhookOrder(),
  ]

  private static let dangling: [any Check] = [
    UnusedDefinition(),
    PodOnAbsentNode(),
    ReleasedVolume(),
  ]

  private static let drift: [any Check] = [
    ClaimBoundElsewhere(),
    MissingEndpoint(),
    StaleEndpoint(),
    UnobservedGeneration(),
    ImageOfTag(),
    PodOutsideSelector(),
    PodHostAddress(),
    OvercommittedNode(),
    PodOutsideNodeRange(),
    LeftoverTemplatePod(),
    KubeletVersionSkew(),
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

package import Inspection

/// The built-in checks, each shape's in the order of their ids.
package enum Catalogue {
  package static let checks: [any Check] =
    conflict + dangling + drift + risk + stuck + unhealthy

  private static let conflict: [any Check] = [
    PodAddressConflict()
  ]

  private static let dangling: [any Check] = [
    APIServiceWithoutService(),
    AutoscalerWithoutTarget(),
    UnusedClusterRole(),
    UnusedDefinition(),
    BudgetWithoutPod(),
    EndpointSliceOfNothing(),
    RouteWithoutBackend(),
    GatewayWithoutClass(),
    UnusedClass(),
    ReferenceWithoutGrant(),
    RouteWithoutGateway(),
    IngressWithoutBackend(),
    IngressWithoutClass(),
    IngressWithoutPort(),
    IngressWithoutCertificate(),
    EmptyNamespace(),
    PolicyWithoutPod(),
    PodOnAbsentNode(),
    UnusedRole(),
    BindingWithoutRole(),
    BindingWithoutSubject(),
    ServiceWithoutReadyPod(),
    ServiceWithoutPod(),
    ServicePortWithoutTarget(),
    ReleasedVolume(),
    WebhookWithoutEndpoint(),
  ]

  private static let drift: [any Check] = [
    PodOutsideNodeRange()
  ]

  private static let risk: [any Check] = [
    AddedCapabilities(),
    FullNode(),
    CertificateExpiry(),
    ClusterAdminBinding(),
    ConfigurationSize(),
    DefaultServiceAccount(),
    RemovedAPIVersion(),
    HostNamespace(),
    HostPath(),
    ExcessiveAutoscaling(),
    MovingImageTag(),
    ImageWithoutRegistry(),
    ExternalTrafficPolicy(),
    WorkloadWithoutBudget(),
    ContainerWithoutLimits(),
    NamespaceWithoutPolicy(),
    ContainerWithoutProbes(),
    ContainerWithoutRequests(),
    OpenNodePort(),
    WorkloadOnOneNode(),
    BoundlessPolicy(),
    PowerfulGrant(),
    PrivilegedContainer(),
    NearlyExhaustedQuota(),
    RootUser(),
    SingleEndpoint(),
    SingleReplica(),
    UntoleratedTaint(),
    NeedlessToken(),
    WildcardRole(),
    WritableRoot(),
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
    UnhealthyAPIServer(),
    UnavailableAPIService(),
    UnscalableTarget(),
    UnhealthyCustomObject(),
    UnreadableSchedule(),
    EventBurst(),
    SilentLeader(),
    LoadBalancerError(),
    MissingMetrics(),
    NodeCondition(),
    FlappingNode(),
    NodeNotReady(),
    PressuredNode(),
    SilentNode(),
    OutOfMemory(),
    FailedPod(),
    UnreadyPod(),
    RestartingPod(),
    FailedVolume(),
    UnavailableWorkload(),
  ]

  package static func check(_ id: CheckID) -> (any Check)? { checks.first { $0.id == id } }
}

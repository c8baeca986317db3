/// Brings one part of the world nearer to what its specs ask for, each time it looks.
protocol Controller: Sendable {
  /// It looks again when any object of these changed.
  var concerns: [ServedResource] { get }
  /// It also looks at least this often, for what only time changes; `nil`: never without a change.
  var interval: Duration? { get }
  func reconcile(_ world: World, pace: Double)
}

extension Controller {
  var interval: Duration? { nil }
}

/// All controllers, in the order in which they look.
enum Controllers {
  static let all: [any Controller] = [
    DefinitionController(),
    DeploymentController(),
    DisruptionController(),
    EndpointSliceController(),
    EventExpiry(),
    GarbageCollector(),
    Kubelet(),
    NamespaceController(),
    NodeHeartbeat(),
    NodeLifecycle(),
    QuotaController(),
    ReplicaSetController(),
    Scheduler(),
    VolumeBinder(),
  ]
}

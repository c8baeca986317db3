import KubernetesObjects
import ObjectBuilders

/// Workloads that give no reason for complaint, for fixtures to spoil.
enum RiskSamples {
  /// A template that asks for what it needs, and for nothing that it should not have.
  static func template(_ change: (inout PodTemplate) -> Void = { _ in }) -> PodTemplate {
    var container = Container()
    container.name = "main"
    container.image = "registry.example.com/shop/cart:1.2"
    container.requests = ResourceAmounts(["cpu": "100m", "memory": "64Mi"])
    container.limits = ResourceAmounts(["memory": "128Mi"])
    container.probes = [.liveness, .readiness]
    container.security.options = [.readOnlyRoot, .noEscalation, .nonRoot]
    var template = PodTemplate()
    template.containers = [container]
    template.serviceAccount = "cart"
    template.options = [.mountsNoToken]
    change(&template)
    return template
  }

  static func deployment(
    _ name: String = "cart",
    namespace: String = "shop",
    replicas: Int = 3,
    template: PodTemplate = template(),
    deleted: Timestamp? = nil
  ) -> Deployment {
    var deployment = Deployment(metadata: .sample(name, namespace: namespace, deleted: deleted))
    deployment.replicas = replicas
    deployment.template = template
    deployment.selector = LabelSelector(["app": name])
    return deployment
  }

  static func statefulSet(_ name: String, template: PodTemplate = template()) -> StatefulSet {
    var set = StatefulSet(metadata: .sample(name, namespace: "shop"))
    set.template = template
    set.selector = LabelSelector(["app": name])
    return set
  }

  static func daemonSet(_ name: String, template: PodTemplate = template()) -> DaemonSet {
    var set = DaemonSet(metadata: .sample(name, namespace: "shop"))
    set.template = template
    set.selector = LabelSelector(["app": name])
    return set
  }

  static func job(
    _ name: String,
    template: PodTemplate = template(),
    ofCronJob: Bool = false,
    condition: String? = nil
  ) -> Job {
    let owner = OwnerReference(kind: CronJob.kind, name: "nightly", uid: "uid-nightly")
    var job = Job(
      metadata: .sample(name, namespace: "shop", owners: ofCronJob ? [owner] : [])
    )
    job.template = template
    job.conditions = condition.map { [Condition(type: $0, status: .isTrue)] } ?? []
    return job
  }

  static func cronJob(_ name: String, template: PodTemplate = template()) -> CronJob {
    var job = CronJob(metadata: .sample(name, namespace: "shop"))
    job.template = template
    return job
  }

  /// A ready Pod of a workload.
  static func pod(
    _ name: String,
    of workload: String = "cart",
    namespace: String = "shop",
    node: String = "node-1",
    phase: Pod.Phase = .running,
    template: PodTemplate = template(),
    deleted: Timestamp? = nil
  ) -> Pod {
    var pod = Pod.sample(
      name,
      namespace: namespace,
      node: node,
      phase: phase,
      deleted: deleted,
      owner: workload
    )
    pod.metadata.labels = ["app": workload]
    pod.template = template
    pod.milestones = [.scheduled, .initialized, .containersReady, .ready]
    return pod
  }

  /// A Pod that nobody controls.
  static func barePod(
    _ name: String,
    template: PodTemplate = template(),
    phase: Pod.Phase = .running
  ) -> Pod {
    var pod = Pod.sample(name, phase: phase)
    pod.template = template
    return pod
  }

  static func service(
    _ name: String = "cart",
    namespace: String = "shop",
    type: Service.ServiceType = .clusterIP,
    nodePort: UInt16 = 0,
    keepsTrafficLocal: Bool = false,
    deleted: Timestamp? = nil
  ) -> Service {
    var service = Service(metadata: .sample(name, namespace: namespace, deleted: deleted))
    service.type = type
    service.selector = ["app": name]
    var port = Service.Port()
    port.number = 80
    port.nodePort = nodePort
    service.ports = [port]
    service.keepsTrafficLocal = keepsTrafficLocal
    return service
  }
}

extension ObjectMetadata {
  /// The same with labels.
  func labelled(_ labels: Labels) -> ObjectMetadata {
    var metadata = self
    metadata.labels = labels
    return metadata
  }
}

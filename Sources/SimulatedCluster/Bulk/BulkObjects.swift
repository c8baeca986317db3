import WireFormats

/// Makes the objects of a bulk world from their numbers.
struct BulkObjects: Sendable {
  let world: BulkWorld
  /// When everything was created.
  let created: String

  /// What changes in a Pod's life.
  struct PodState: Sendable, Equatable {
    /// Counts rollouts of its workload.
    var generation = 1
    var restarts = 0
    var isReady = true
    /// If that was after the world was built.
    var created: String?
  }

  // MARK: Nodes

  func node(_ number: Int, at time: String) -> TemplateObject {
    var values = values(.node, number, name: world.nodeName(number))
    values[.time] = time
    values[.zone] = zone(number)
    values[.hostAddress] = world.nodeAddress(number)
    values[.addressRange] = world.addressRange(ofNode: number)
    return TemplateObject(resource: .nodes, template: NodeTemplates.node, values: values)
  }

  func lease(_ node: Int, at time: String) -> TemplateObject {
    var values = values(
      .lease,
      node,
      namespace: "kube-node-lease",
      name: world.nodeName(node)
    )
    values[.time] = time
    values[.ownerUID] = BulkWorld.Mark.node.uid(node)
    return TemplateObject(resource: .leases, template: NodeTemplates.lease, values: values)
  }

  // MARK: Pods

  func pod(
    _ number: Int,
    _ state: PodState,
    _ template: ObjectTemplate,
    at time: String? = nil
  ) -> TemplateObject {
    let workload = world.workload(of: number)
    let node = world.node(of: number)
    var values = values(
      .pod,
      number,
      state.generation,
      namespace: world.namespace(of: workload),
      name: world.podName(number, state.generation)
    )
    values[.app] = world.appName(workload)
    values[.hash] = world.templateHash(workload, state.generation)
    values[.owner] = world.replicaSetName(workload, state.generation)
    values[.ownerUID] = BulkWorld.Mark.replicaSet.uid(workload, state.generation)
    values[.node] = world.nodeName(node)
    values[.zone] = zone(node)
    values[.hostAddress] = world.nodeAddress(node)
    values[.address] = world.podAddress(number, state.generation)
    values[.restarts] = String(state.restarts)
    if let created = state.created { values[.created] = created }
    values[.time] = time ?? created
    return TemplateObject(resource: .pods, template: template, values: values)
  }

  /// The slice of a workload's service, with those Pods that have an address.
  func endpointSlice(_ workload: Int, _ pods: [(number: Int, state: PodState)]) -> TemplateObject {
    let namespace = world.namespace(of: workload)
    var endpoints = "["
    for (number, state) in pods {
      if endpoints.count > 1 { endpoints += "," }
      let node = world.node(of: number)
      var values = TemplateValues()
      values[.namespace] = namespace
      values[.name] = world.podName(number, state.generation)
      values[.uid] = BulkWorld.Mark.pod.uid(number, state.generation)
      values[.address] = world.podAddress(number, state.generation)
      values[.node] = world.nodeName(node)
      values[.zone] = zone(node)
      values[.ready] = state.isReady ? "true" : "false"
      endpoints += String(
        decoding: WorkloadTemplates.endpoint.filled(with: values),
        as: UTF8.self
      )
    }
    let app = world.appName(workload)
    let name = "\(app)-\(BulkWorld.letters(5, BulkWorld.Mark.endpointSlice.number(workload)))"
    var values = values(.endpointSlice, workload, namespace: namespace, name: name)
    values[.app] = app
    values[.ownerUID] = BulkWorld.Mark.service.uid(workload)
    values[.endpoints] = endpoints + "]"
    return TemplateObject(
      resource: .endpointSlices,
      template: WorkloadTemplates.endpointSlice,
      values: values
    )
  }

  // MARK: Workloads

  /// A Deployment of whose Pods so many are of this generation, and so many ready.
  func deployment(_ workload: Int, _ generation: Int, updated: Int, ready: Int) -> TemplateObject {
    var values = ofWorkload(.deployment, workload, name: world.appName(workload))
    let count = world.pods(of: workload).count
    values[.generation] = String(generation)
    values[.owner] = world.replicaSetName(workload, generation)
    values[.updated] = String(updated)
    values[.replicas] = String(count)
    values[.count] = String(count)
    values[.ready] = String(ready)
    return TemplateObject(
      resource: .deployments,
      template: WorkloadTemplates.deployment,
      values: values
    )
  }

  func replicaSet(_ workload: Int, _ generation: Int, replicas: Int) -> TemplateObject {
    var values = ofWorkload(
      .replicaSet,
      workload,
      generation,
      name: world.replicaSetName(workload, generation)
    )
    values[.generation] = String(generation)
    values[.hash] = world.templateHash(workload, generation)
    values[.owner] = world.appName(workload)
    values[.ownerUID] = BulkWorld.Mark.deployment.uid(workload)
    values[.replicas] = String(replicas)
    values[.count] = String(replicas)
    values[.ready] = String(replicas)
    return TemplateObject(
      resource: .replicaSets,
      template: WorkloadTemplates.replicaSet,
      values: values
    )
  }

  func service(_ workload: Int) -> TemplateObject {
    var values = ofWorkload(.service, workload, name: world.appName(workload))
    values[.address] = world.serviceAddress(workload)
    return TemplateObject(resource: .services, template: WorkloadTemplates.service, values: values)
  }

  func configMap(_ workload: Int) -> TemplateObject {
    TemplateObject(
      resource: .configMaps,
      template: SmallTemplates.configMap,
      values: ofWorkload(.configMap, workload, name: world.appName(workload))
    )
  }

  func secret(_ workload: Int) -> TemplateObject {
    TemplateObject(
      resource: .secrets,
      template: SmallTemplates.secret,
      values: ofWorkload(.secret, workload, name: world.appName(workload))
    )
  }

  func disruptionBudget(_ workload: Int) -> TemplateObject {
    var values = ofWorkload(.disruptionBudget, workload, name: world.appName(workload))
    let count = world.pods(of: workload).count
    values[.replicas] = String(count)
    values[.count] = String(max(0, count - 1))
    return TemplateObject(
      resource: .podDisruptionBudgets,
      template: WorkloadTemplates.disruptionBudget,
      values: values
    )
  }

  func autoscaler(_ workload: Int) -> TemplateObject {
    var values = ofWorkload(.autoscaler, workload, name: world.appName(workload))
    values[.replicas] = String(world.pods(of: workload).count)
    return TemplateObject(
      resource: .horizontalPodAutoscalers,
      template: WorkloadTemplates.autoscaler,
      values: values
    )
  }

  // MARK: Others

  func serviceAccount(_ namespace: Int) -> TemplateObject {
    TemplateObject(
      resource: .serviceAccounts,
      template: SmallTemplates.serviceAccount,
      values: values(
        .serviceAccount,
        namespace,
        namespace: world.namespaceName(namespace),
        name: "default"
      )
    )
  }

  /// The ConfigMap that each namespace has for its Pods to trust the API server.
  func rootCertificates(_ namespace: Int) -> TemplateObject {
    TemplateObject(
      resource: .configMaps,
      template: SmallTemplates.rootCertificates,
      values: values(
        .rootCertificates,
        namespace,
        namespace: world.namespaceName(namespace),
        name: "kube-root-ca.crt"
      )
    )
  }

  /// A state of a workload to go back to, of which KPatrol reads no more than the metadata.
  func revision(_ workload: Int) -> TemplateObject {
    TemplateObject(
      resource: .controllerRevisions,
      template: SmallTemplates.revision,
      values: ofWorkload(.revision, workload, name: "\(world.appName(workload))-1")
    )
  }

  /// An Event about a Pod, with a number that was never used before.
  func event(
    _ number: Int,
    about pod: Int,
    _ state: PodState,
    _ reason: String,
    _ message: String,
    at time: String
  ) -> TemplateObject {
    let subject = world.podName(pod, state.generation)
    var values = values(
      .event,
      number,
      namespace: world.namespace(of: world.workload(of: pod)),
      name: "\(subject).\(String(BulkWorld.Mark.event.number(number), radix: 16))"
    )
    values[.subject] = subject
    values[.subjectUID] = BulkWorld.Mark.pod.uid(pod, state.generation)
    values[.node] = world.nodeName(world.node(of: pod))
    values[.reason] = reason
    values[.message] = message
    values[.time] = time
    values[.created] = time
    return TemplateObject(resource: .events, template: SmallTemplates.event, values: values)
  }

  func custom(_ number: Int, of kind: Int, _ resource: ServedResource) -> TemplateObject {
    var values = values(
      .custom,
      kind * BulkWorld.objectsPerCustomKind + number,
      namespace: world.namespaceName((kind + number) % world.namespaces),
      name: "\(resource.singular)-\(number)"
    )
    values[.number] = String(number)
    return TemplateObject(resource: resource, template: SmallTemplates.custom, values: values)
  }

  private func zone(_ node: Int) -> String { "z\(node % 3)" }

  private func ofWorkload(
    _ mark: BulkWorld.Mark,
    _ workload: Int,
    _ generation: Int = 0,
    name: String
  ) -> TemplateValues {
    var values = values(
      mark,
      workload,
      generation,
      namespace: world.namespace(of: workload),
      name: name
    )
    values[.app] = world.appName(workload)
    return values
  }

  private func values(
    _ mark: BulkWorld.Mark,
    _ index: Int,
    _ generation: Int = 0,
    namespace: String = "",
    name: String
  ) -> TemplateValues {
    var values = TemplateValues()
    values[.created] = created
    values[.namespace] = namespace
    values[.name] = name
    values[.uid] = mark.uid(index, generation)
    return values
  }
}

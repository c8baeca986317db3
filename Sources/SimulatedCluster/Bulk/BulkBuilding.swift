import WireFormats

extension BulkWorld {
  /// What a ``ScenarioID`` of the command line builds.
  static let scenario = Scenario(
    id: .bulk,
    build: { world, _ throws(APIFailure) in try BulkWorld().build(world) },
    hasControllers: false
  )

  /// Returns what can happen in it.
  @discardableResult
  func build(_ world: World, seed: UInt64 = 1) throws(APIFailure) -> Churn {
    let existing = Set(world.objects(.namespaces).map(\.name))
    let names =
      (0..<namespaces).map { namespaceName($0) }
      + ["default", "kube-node-lease", "kube-public", "kube-system"]
    try EmptyScenario.buildNamespaces(names.filter { !existing.contains($0) }, world)
    let time = world.timestamp
    let objects = BulkObjects(world: self, created: time)
    let store = world.registry.store
    store.load(.nodes, (0..<nodes).lazy.map { objects.node($0, at: time) })
    store.load(.leases, (0..<nodes).lazy.map { objects.lease($0, at: microseconds(time)) })
    store.load(.serviceAccounts, (0..<namespaces).lazy.map { objects.serviceAccount($0) })
    loadWorkloads(objects, store)
    store.load(
      .pods,
      (0..<pods).lazy.map { objects.pod($0, .init(), PodTemplates.running) }
    )
    store.load(
      .events,
      (0..<pods / 10).lazy.map { number in
        objects.event(
          number,
          about: number * 10,
          .init(),
          "Started",
          "Started container main",
          at: time
        )
      }
    )
    try buildCustomKinds(objects, world)
    return Churn(of: self, created: time, seed: seed)
  }

  private func loadWorkloads(_ objects: BulkObjects, _ store: Store) {
    let all = 0..<workloads
    store.load(
      .deployments,
      all.lazy.map { workload in
        let count = pods(of: workload).count
        return objects.deployment(workload, 1, updated: count, ready: count)
      }
    )
    // One that runs, and the one before it.
    store.load(
      .replicaSets,
      all.lazy.flatMap { workload in
        [
          objects.replicaSet(workload, 0, replicas: 0),
          objects.replicaSet(workload, 1, replicas: pods(of: workload).count),
        ]
      }
    )
    store.load(.controllerRevisions, all.lazy.map { objects.revision($0) })
    store.load(.services, all.lazy.map { objects.service($0) })
    store.load(
      .endpointSlices,
      all.lazy.map { workload in
        objects.endpointSlice(workload, pods(of: workload).map { ($0, .init()) })
      }
    )
    store.load(.configMaps, all.lazy.map { objects.configMap($0) })
    store.load(.configMaps, (0..<namespaces).lazy.map { objects.rootCertificates($0) })
    store.load(.secrets, all.lazy.filter { $0 % 2 == 0 }.map { objects.secret($0) })
    store.load(
      .podDisruptionBudgets,
      all.lazy.filter { $0 % 4 == 0 }.map { objects.disruptionBudget($0) }
    )
    store.load(
      .horizontalPodAutoscalers,
      all.lazy.filter { $0 % 10 == 0 }.map { objects.autoscaler($0) }
    )
  }

  private func buildCustomKinds(_ objects: BulkObjects, _ world: World) throws(APIFailure) {
    for kind in 0..<customKinds {
      let number = Self.padded(kind, 3)
      let definition = try world.put(
        SmallTemplates.definition("things\(number)", "Thing\(number)"),
        in: .customResourceDefinitions
      )
      guard let resource = CustomDefinitions.resources(of: definition).first else { continue }
      let customs = (0..<Self.objectsPerCustomKind).map { objects.custom($0, of: kind, resource) }
      world.registry.store.load(resource, customs)
    }
  }

  /// A lease is renewed with microseconds.
  private func microseconds(_ time: String) -> String { "\(time.dropLast()).000000Z" }

  /// Changes the status of one Pod, as a kubelet does whose container restarted.
  func restart(_ number: Int, _ world: World) {
    guard number < pods,
      let pod = world.object(.pods, namespace(of: workload(of: number)), podName(number, 1))
    else { return }
    world.change(pod) { value in
      var statuses = value[path: "status", "containerStatuses"]?.arrayValue ?? []
      guard !statuses.isEmpty else { return }
      let restarts = statuses[0]["restartCount"]?.integerValue ?? 0
      statuses[0]["restartCount"] = .integer(restarts + 1)
      value[path: "status", "containerStatuses"] = .array(statuses)
    }
  }
}

extension SimulatedCluster {
  /// Adds the objects of a bulk world to what is there; open watches of its kinds end, for they cannot follow.
  ///
  /// - Returns: what can happen in it, for ``apply(_:)``; nothing happens by itself.
  @discardableResult
  package func build(_ bulk: BulkWorld, seed: UInt64 = 1) throws(SimulationError) -> Churn {
    do {
      return try bulk.build(World(registry), seed: seed)
    } catch {
      throw .refused(error.message)
    }
  }

  /// Changes the status of some Pods of a bulk world, one version each.
  package func restartPods(_ numbers: some Sequence<Int>, of bulk: BulkWorld) {
    let world = World(registry)
    for number in numbers { bulk.restart(number, world) }
  }
}

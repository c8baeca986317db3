import WireFormats

/// A world of many healthy objects in the form of recorded ones, for benchmarks.
package struct BulkWorld: Sendable, Equatable {
  package var pods: Int
  package var nodes: Int
  package var namespaces: Int

  private static let podsPerReplicaSet = 10

  package init(pods: Int = 20_000, nodes: Int = 2_000, namespaces: Int = 50) {
    self.pods = pods
    self.nodes = max(1, nodes)
    self.namespaces = max(1, namespaces)
  }

  /// What a ``ScenarioID`` of the command line builds.
  static let scenario = Scenario(
    id: .bulk,
    build: { world throws(APIFailure) in try BulkWorld().build(world) },
    hasControllers: false
  )

  func build(_ world: World) throws(APIFailure) {
    let existing = Set(world.objects(.namespaces).map(\.name))
    let names = (0..<namespaces).map { namespace($0) } + ["default", "kube-system"]
    try EmptyScenario.buildNamespaces(names.filter { !existing.contains($0) }, world)
    for number in 0..<nodes { try world.put(node(number), in: .nodes) }
    let timestamp = world.timestamp
    for number in 0..<(pods + Self.podsPerReplicaSet - 1) / Self.podsPerReplicaSet {
      let first = number * Self.podsPerReplicaSet
      let count = min(Self.podsPerReplicaSet, pods - first)
      let (deployment, replicaSet) = try putOwners(number, count, world)
      for index in first..<first + count {
        try world.put(pod(index, of: replicaSet, deployment, timestamp), in: .pods)
      }
    }
  }

  /// Changes the status of one Pod, as a kubelet does whose container restarted.
  func restart(_ number: Int, _ world: World) {
    let workload = number / Self.podsPerReplicaSet
    guard number < pods,
      let pod = world.object(.pods, namespace(of: workload), podName(number))
    else { return }
    world.change(pod) { value in
      var status = value[path: "status", "containerStatuses"]?[0] ?? [:]
      status["restartCount"] = .integer((status["restartCount"]?.integerValue ?? 0) + 1)
      value[path: "status", "containerStatuses"] = .array([status])
    }
  }

  private func namespace(_ number: Int) -> String { "bulk-\(padded(number, 3))" }
  private func namespace(of workload: Int) -> String { namespace(workload % namespaces) }
  private func nodeName(_ number: Int) -> String { "node-\(padded(number, 4))" }
  private func podName(_ number: Int) -> String {
    let workload = number / Self.podsPerReplicaSet
    return "app-\(padded(workload, 5))-64fc7b9969-x\(padded(number, 6))"
  }

  private func padded(_ number: Int, _ width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }

  private func address(_ network: Int, _ number: Int) -> JSONValue {
    .string("\(network).\(number >> 16 & 255).\(number >> 8 & 255).\(number & 255)")
  }

  private func node(_ number: Int) -> JSONValue {
    var node = BulkTemplates.node
    let name = JSONValue.string(nodeName(number))
    node[path: "metadata", "name"] = name
    node[path: "metadata", "labels", "kubernetes.io/hostname"] = name
    node[path: "metadata", "labels", "topology.kubernetes.io/zone"] = .string("z\(number % 3)")
    node[path: "status", "addresses"] = [
      ["type": "InternalIP", "address": address(192, number)],
      ["type": "Hostname", "address": name],
    ]
    return node
  }

  private func putOwners(
    _ number: Int,
    _ replicas: Int,
    _ world: World
  ) throws(APIFailure) -> (deployment: String, replicaSet: StoredObject) {
    let name = "app-\(padded(number, 5))"
    let count = JSONValue.integer(Int64(replicas))
    let labels: JSONValue = ["app": .string(name), "pod-template-hash": "64fc7b9969"]
    let template: JSONValue = [
      "metadata": ["labels": labels],
      "spec": ["containers": BulkTemplates.pod[path: "spec", "containers"] ?? []],
    ]
    func workload(_ name: String, _ selector: JSONValue, _ status: JSONValue) -> JSONValue {
      [
        "metadata": [
          "name": .string(name), "namespace": .string(namespace(of: number)), "labels": labels,
        ],
        "spec": [
          "replicas": count, "selector": ["matchLabels": selector], "template": template,
        ],
        "status": status,
      ]
    }
    let deployment = try world.put(
      workload(
        name,
        ["app": .string(name)],
        [
          "observedGeneration": 1, "replicas": count, "updatedReplicas": count,
          "readyReplicas": count, "availableReplicas": count,
        ]
      ),
      in: .deployments
    )
    var replicaSet = workload(
      "\(name)-64fc7b9969",
      labels,
      [
        "observedGeneration": 1, "replicas": count, "fullyLabeledReplicas": count,
        "readyReplicas": count, "availableReplicas": count,
      ]
    )
    replicaSet[path: "metadata", "ownerReferences"] = [owner("apps/v1", "Deployment", deployment)]
    return (name, try world.put(replicaSet, in: .replicaSets))
  }

  private func pod(
    _ number: Int,
    of replicaSet: StoredObject,
    _ app: String,
    _ timestamp: String
  ) -> JSONValue {
    var pod = BulkTemplates.pod
    let node = number % nodes
    pod[path: "metadata", "name"] = .string(podName(number))
    pod[path: "metadata", "generateName"] = .string("\(replicaSet.name)-")
    pod[path: "metadata", "namespace"] = .string(replicaSet.namespace)
    pod[path: "metadata", "creationTimestamp"] = .string(timestamp)
    pod[path: "metadata", "labels", "app"] = .string(app)
    pod[path: "metadata", "ownerReferences"] = [owner("apps/v1", "ReplicaSet", replicaSet)]
    pod[path: "spec", "nodeName"] = .string(nodeName(node))
    pod[path: "status", "hostIP"] = address(192, node)
    pod[path: "status", "podIP"] = address(10, number)
    pod[path: "status", "podIPs"] = [["ip": address(10, number)]]
    var container = BulkTemplates.containerStatus
    let digits = String(UInt64(number) &* 0x9E37_79B9_7F4A_7C15, radix: 16)
    container["containerID"] = .string(
      "containerd://" + String(repeating: digits, count: 5).prefix(64)
    )
    pod[path: "status", "containerStatuses"] = .array([container])
    return pod
  }

  private func owner(_ apiVersion: String, _ kind: String, _ object: StoredObject) -> JSONValue {
    [
      "apiVersion": .string(apiVersion), "kind": .string(kind), "name": .string(object.name),
      "uid": .string(object.uid), "controller": true, "blockOwnerDeletion": true,
    ]
  }
}

extension SimulatedCluster {
  /// Adds the objects of a bulk world to what is there.
  package func build(_ bulk: BulkWorld) throws(SimulationError) {
    do {
      try bulk.build(World(registry))
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

import WireFormats

/// Keeps as many Pods alive as each ReplicaSet asks for.
struct ReplicaSetController: Controller {
  let concerns: [ServedResource] = [.replicaSets, .pods]

  func reconcile(_ world: World, pace: Double) {
    let owned = Dictionary(grouping: world.objects(.pods)) {
      OwnerReference.controllerUID(of: $0) ?? ""
    }
    for set in world.objects(.replicaSets) where !set.isTerminating {
      let pods = (owned[set.uid] ?? []).filter(PodReading.isActive)
      let desired = Int(set.value[path: "spec", "replicas"]?.integerValue ?? 1)
      for _ in 0..<max(0, desired - pods.count) { create(for: set, world) }
      for pod in leastNeeded(of: pods).prefix(max(0, pods.count - desired)) {
        world.delete(pod)
        world.tell("SuccessfulDelete", "Deleted pod: \(pod.name)", of: set, by: .replicaSets)
      }
      writeStatus(of: set, pods, world)
    }
  }

  private func create(for set: StoredObject, _ world: World) {
    let template = set.value[path: "spec", "template"] ?? [:]
    var metadata = template["metadata"] ?? [:]
    metadata["generateName"] = .string("\(set.name)-")
    metadata["ownerReferences"] = [OwnerReference.controller(set)]
    let pod = world.create(
      ["metadata": metadata, "spec": template["spec"] ?? [:]],
      in: .pods,
      namespace: set.namespace
    )
    guard let pod else { return }
    world.tell("SuccessfulCreate", "Created pod: \(pod.name)", of: set, by: .replicaSets)
  }

  /// Pods that are not ready go first, then the youngest.
  private func leastNeeded(of pods: [StoredObject]) -> [StoredObject] {
    pods.sorted { first, second in
      let isFirstReady = PodReading.isReady(first)
      guard isFirstReady == PodReading.isReady(second) else { return !isFirstReady }
      return first.version > second.version
    }
  }

  private func writeStatus(of set: StoredObject, _ pods: [StoredObject], _ world: World) {
    let ready = Int64(pods.count(where: PodReading.isReady))
    world.change(set) { value in
      value["status"] = [
        "replicas": .integer(Int64(pods.count)),
        "fullyLabeledReplicas": .integer(Int64(pods.count)),
        "readyReplicas": .integer(ready), "availableReplicas": .integer(ready),
        "observedGeneration": value[path: "metadata", "generation"] ?? 1,
      ]
    }
  }
}

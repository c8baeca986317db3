import WireFormats

/// Binds Pods that have no node to the ready, schedulable node with the fewest Pods.
struct Scheduler: Controller {
  let concerns: [ServedResource] = [.pods, .nodes]

  func reconcile(_ world: World, pace: Double) {
    let pods = world.objects(.pods)
    let waiting = pods.filter { PodReading.node(of: $0) == nil && PodReading.isActive($0) }
    guard !waiting.isEmpty else { return }
    var load: [String: Int] = [:]
    for pod in pods { load[PodReading.node(of: pod) ?? "", default: 0] += 1 }
    let nodes = world.objects(.nodes)
    for pod in waiting {
      let node = nodes.filter { accepts($0, pod) }
        .min { (load[$0.name] ?? 0, $0.name) < (load[$1.name] ?? 0, $1.name) }
      bind(pod, to: node, of: nodes.count, world)
      if let node { load[node.name, default: 0] += 1 }
    }
  }

  private func accepts(_ node: StoredObject, _ pod: StoredObject) -> Bool {
    guard !node.isTerminating, node.value[path: "spec", "unschedulable"] != true,
      Conditions.status(of: "Ready", in: node.value) == "True"
    else { return false }
    let wanted = pod.value[path: "spec", "nodeSelector"]?.objectValue ?? [:]
    guard wanted.allSatisfy({ node.labels[$0.key] == $0.value }) else { return false }
    let tolerations = pod.value[path: "spec", "tolerations"]?.arrayValue ?? []
    return (node.value[path: "spec", "taints"]?.arrayValue ?? []).allSatisfy { taint in
      taint["effect"] == "PreferNoSchedule"
        || tolerations.contains { $0["key"] == nil || $0["key"] == taint["key"] }
    }
  }

  private func bind(
    _ pod: StoredObject,
    to node: StoredObject?,
    of count: Int,
    _ world: World
  ) {
    world.change(pod) { value in
      guard let node else {
        Conditions.set(
          [
            "type": "PodScheduled", "status": "False", "reason": "Unschedulable",
            "message": .string("0/\(count) nodes are available."),
          ],
          in: &value,
          at: world.timestamp
        )
        return
      }
      value[path: "spec", "nodeName"] = .string(node.name)
      Conditions.set(
        ["type": "PodScheduled", "status": "True"],
        in: &value,
        at: world.timestamp
      )
    }
  }
}

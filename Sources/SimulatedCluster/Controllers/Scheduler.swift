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
    let all = world.objects(.nodes)
    let places = all.compactMap(Place.init)
    for pod in waiting {
      let wanted = pod.value[path: "spec", "nodeSelector"]?.objectValue ?? [:]
      let tolerations = pod.value[path: "spec", "tolerations"]?.arrayValue ?? []
      let place = places.lazy.filter { $0.accepts(wanted, tolerations) }
        .min { (load[$0.name] ?? 0, $0.name) < (load[$1.name] ?? 0, $1.name) }
      bind(pod, to: place?.node, of: all.count, world)
      if let place { load[place.name, default: 0] += 1 }
    }
  }

  /// A Node that takes Pods.
  private struct Place {
    let node: StoredObject
    let name: String
    private let labels: JSONValue
    private let taints: [JSONValue]

    init?(_ node: StoredObject) {
      guard !node.isTerminating, node.value[path: "spec", "unschedulable"] != true,
        Conditions.status(of: "Ready", in: node.value) == "True"
      else { return nil }
      self.node = node
      name = node.name
      labels = node.labels
      taints = (node.value[path: "spec", "taints"]?.arrayValue ?? [])
        .filter { $0["effect"] != "PreferNoSchedule" }
    }

    func accepts(_ wanted: [String: JSONValue], _ tolerations: [JSONValue]) -> Bool {
      wanted.allSatisfy { labels[$0.key] == $0.value }
        && taints.allSatisfy { taint in
          tolerations.contains { $0["key"] == nil || $0["key"] == taint["key"] }
        }
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
    guard let node else { return }
    world.tell(
      "Scheduled",
      "Successfully assigned \(pod.path) to \(node.name)",
      of: pod,
      by: .scheduler,
      action: "Binding"
    )
  }
}

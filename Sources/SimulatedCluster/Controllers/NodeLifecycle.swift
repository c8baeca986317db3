import Foundation
import WireFormats

/// Says of nodes whose kubelet is silent that their state is unknown, keeps Pods away, and later evicts theirs.
struct NodeLifecycle: Controller {
  let concerns: [ServedResource] = [.nodes]
  let interval: Duration? = .seconds(1)

  private static let taintKey: JSONValue = "node.kubernetes.io/unreachable"
  /// How long Pods tolerate it, unless they say otherwise.
  private static let toleranceSeconds = 300.0

  func reconcile(_ world: World, pace: Double) {
    let now = world.now
    for node in world.objects(.nodes) {
      let isDown = world.outages.isDown(node.name, at: now)
      let status = Conditions.status(of: "Ready", in: node.value)
      switch (isDown, status) {
      case (true, "Unknown"): evict(from: node, now, pace, world)
      case (true, _): markUnknown(node, world)
      case (false, "Unknown"): markReady(node, world)
      default: break
      }
    }
  }

  private func markUnknown(_ node: StoredObject, _ world: World) {
    let timestamp = world.timestamp
    world.change(node) { value in
      for condition in value[path: "status", "conditions"]?.arrayValue ?? [] {
        var condition = condition
        condition["status"] = "Unknown"
        condition["reason"] = "NodeStatusUnknown"
        condition["message"] = "Kubelet stopped posting node status."
        Conditions.set(condition, in: &value, at: timestamp)
      }
      let others = otherTaints(value)
      value[path: "spec", "taints"] = .array(
        others + [
          ["key": Self.taintKey, "effect": "NoSchedule", "timeAdded": .string(timestamp)],
          ["key": Self.taintKey, "effect": "NoExecute", "timeAdded": .string(timestamp)],
        ]
      )
    }
    tell("NodeNotReady", node, world)
    setPodsReady(false, on: node, world)
  }

  private func markReady(_ node: StoredObject, _ world: World) {
    world.change(node) { value in
      for condition in value[path: "status", "conditions"]?.arrayValue ?? [] {
        var condition = condition
        let isReady = condition["type"] == "Ready"
        condition["status"] = isReady ? "True" : "False"
        condition["reason"] = isReady ? "KubeletReady" : "KubeletIsFine"
        condition["message"] = isReady ? "kubelet is posting ready status" : "no problem"
        Conditions.set(condition, in: &value, at: world.timestamp)
      }
      let others = otherTaints(value)
      value[path: "spec", "taints"] = others.isEmpty ? nil : .array(others)
    }
    tell("NodeReady", node, world)
    setPodsReady(true, on: node, world)
  }

  private func tell(_ status: String, _ node: StoredObject, _ world: World) {
    world.tell(status, "Node \(node.name) status is now: \(status)", of: node, by: .nodes)
  }

  private func otherTaints(_ value: JSONValue) -> [JSONValue] {
    (value[path: "spec", "taints"]?.arrayValue ?? []).filter { $0["key"] != Self.taintKey }
  }

  private func setPodsReady(_ isReady: Bool, on node: StoredObject, _ world: World) {
    for pod in world.objects(.pods)
    where PodReading.node(of: pod) == node.name && PodReading.phase(pod) == "Running" {
      world.change(pod) { value in
        Conditions.set(
          ["type": "Ready", "status": isReady ? "True" : "False", "lastProbeTime": .null],
          in: &value,
          at: world.timestamp
        )
      }
    }
  }

  private func evict(from node: StoredObject, _ now: Date, _ pace: Double, _ world: World) {
    let since = node.value[path: "status", "conditions"]?.arrayValue?
      .first { $0["type"] == "Ready" }?["lastTransitionTime"]?.stringValue
    guard let since = SimulatedClock.date(since),
      now.timeIntervalSince(since) >= Self.toleranceSeconds / pace
    else { return }
    for pod in world.objects(.pods)
    where PodReading.node(of: pod) == node.name && !pod.isTerminating {
      world.delete(pod)
    }
  }
}

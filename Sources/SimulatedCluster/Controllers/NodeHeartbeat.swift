import WireFormats

/// What kubelets do when nothing happens: renew their lease and write their status again with new times.
struct NodeHeartbeat: Controller {
  let concerns: [ServedResource] = []
  let interval: Duration? = .seconds(5)

  func reconcile(_ world: World, pace: Double) {
    let now = world.now
    for node in world.objects(.nodes) where !world.outages.isDown(node.name, at: now) {
      if let lease = world.object(.leases, "kube-node-lease", node.name) {
        world.change(lease) {
          $0[path: "spec", "renewTime"] = .string(SimulatedClock.microTimestamp(now))
        }
      }
      world.change(node) { value in
        guard let conditions = value[path: "status", "conditions"]?.arrayValue else { return }
        value[path: "status", "conditions"] = .array(
          conditions.map { condition in
            var condition = condition
            condition["lastHeartbeatTime"] = .string(SimulatedClock.timestamp(now))
            return condition
          }
        )
      }
    }
  }
}

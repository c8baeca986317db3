import WireFormats

/// A shop of some three hundred objects in which everything is as it should be, and life goes on.
enum HealthyScenario {
  static let scenario = Scenario(
    id: .healthy,
    build: { world throws(APIFailure) in try ShopWorld.build(world) },
    life: life
  )

  /// A rollout and a change of scale now and then, of nothing that night-shift breaks.
  static let life: [Scenario.Habit] = [
    Scenario.Habit(every: .seconds(17)) { world, count in
      let deployments = [
        ("shop", "web"), ("inventory", "stock"), ("payments", "invoices"), ("shop", "search"),
      ]
      let (namespace, name) = deployments[count % deployments.count]
      guard let deployment = world.object(.deployments, namespace, name) else { return }
      let path = ["spec", "template", "metadata", "annotations"]
      world.change(deployment) { value in
        value[
          path: path[0],
          path[1],
          path[2],
          path[3],
          "kubectl.kubernetes.io/restartedAt"
        ] = .string(world.timestamp)
      }
    },
    Scenario.Habit(every: .seconds(23)) { world, count in
      guard let deployment = world.object(.deployments, "shop", "images") else { return }
      world.change(deployment) { $0[path: "spec", "replicas"] = count.isMultiple(of: 2) ? 4 : 6 }
    },
  ]
}

import WireFormats

/// Writes into each PodDisruptionBudget how many Pods may be evicted now.
struct DisruptionController: Controller {
  let concerns: [ServedResource] = [.podDisruptionBudgets, .pods]

  func reconcile(_ world: World, pace: Double) {
    for object in world.objects(.podDisruptionBudgets) {
      let budget = DisruptionBudget(object, in: world.registry)
      world.change(object) { value in
        value["status"] = [
          "observedGeneration": value[path: "metadata", "generation"] ?? 1,
          "currentHealthy": .integer(Int64(budget.healthy)),
          "desiredHealthy": .integer(Int64(budget.needed)),
          "expectedPods": .integer(Int64(budget.expected)),
          "disruptionsAllowed": .integer(Int64(budget.allowed)),
        ]
      }
    }
  }
}

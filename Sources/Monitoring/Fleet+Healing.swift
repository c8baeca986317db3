package import Healing

extension Fleet {
  /// What would be done to objects because a user asks for it, in their order.
  package func proposals(_ action: ObjectAction, for objects: [ClusterObject]) async -> [Proposal] {
    var proposals: [Proposal] = []
    for object in objects {
      let monitor = monitors.first { $0.name == object.cluster }
      proposals.append(
        await monitor?.proposal(action, for: object.key)
          ?? .unavailable("\(object.cluster) is not followed.")
      )
    }
    return proposals
  }

  /// Carries out a confirmed plan on its cluster.
  package func heal(_ plan: ConfirmedPlan) async {
    for monitor in monitors where monitor.name == plan.plan.cluster { await monitor.heal(plan) }
  }

  /// Stops a plan that is being carried out before its next step.
  package func abortHeal(_ id: HealPlan.ID) async {
    for monitor in monitors { await monitor.abortHeal(id) }
  }
}

import Healing
import Monitoring

extension Launch {
  /// Answers what is asked for to heal something.
  nonisolated static func heal(_ effect: Effect, with fleet: Fleet) async -> Message? {
    switch effect {
    case .heal(let plan): await fleet.heal(plan)
    case .healAll(let batch): await fleet.heal(batch)
    case .abortHeal(let id): await fleet.abortHeal(id)
    case .abortHeals(let ids): await fleet.abortHeals(ids)
    case .propose(let action, let objects):
      return .proposed(await fleet.proposals(action, for: objects))
    case .proposeRemedies(let findings):
      return .proposed(await fleet.proposals(for: findings))
    case .replan(let plans, let propagation):
      let proposals = await fleet.proposals(plans, deleting: propagation)
      return .replanned(proposals, of: plans.map(\.id))
    case .rehearse(let plan): return .rehearsed(await fleet.rehearse(plan), of: plan.id)
    case .loadHeals(let ids): return .heals(await fleet.heals(ids), of: ids)
    case .proposeQueued(let plans): return .proposed(await fleet.proposals(for: plans))
    case .loadQueue: return .queue(await fleet.queuedPlans())
    case .reject(let plans):
      guard let problem = await fleet.reject(plans) else { return .stale }
      return .notice("It is rejected until KPatrol ends: that cannot be written down. \(problem)")
    case .pauseHealing:
      return .notice(
        await fleet.toggleHealingPause()
          ? "Healing is paused: nothing is changed in any cluster." : "Healing goes on."
      )
    default: return nil
    }
    return .stale
  }
}

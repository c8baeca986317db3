import Healing

extension App {
  /// Asks whether what was worked out is to be done, or says why it cannot be.
  mutating func ask(about proposals: [Proposal]) -> [ScreenAction] {
    guard let first = proposals.first, proposals.count > 1 else {
      switch proposals.first {
      case .plan(let plan): return [.push(ConfirmScreen(plan))]
      case .refused(let plan, let reason): return [.push(ConfirmScreen(plan, refusal: reason))]
      case .unavailable(let reason): return [.perform(.tell(reason))]
      case nil: return []
      }
    }
    var plans: [HealPlan] = []
    var reasons: [String] = []
    for proposal in proposals {
      switch proposal {
      // Two findings may have one remedy.
      case .plan(let plan): if !plans.contains(where: { $0.covers(plan) }) { plans.append(plan) }
      case .refused(_, let reason), .unavailable(let reason): reasons.append(reason)
      }
    }
    var actions: [ScreenAction] = []
    if !plans.isEmpty { actions.append(.push(ConfirmScreen(HealBatch(plans)))) }
    if let reason = reasons.first {
      let text = "Nothing can be done about \(reasons.count) of \(proposals.count): \(reason)"
      actions.append(.perform(.tell(text)))
    }
    return plans.isEmpty && reasons.count == 1 ? ask(about: [first]) : actions
  }
}

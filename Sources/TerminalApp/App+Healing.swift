import Healing

extension App {
  /// Asks whether what was worked out is to be done, or says why it cannot be.
  mutating func ask(about proposals: [Proposal]) -> [ScreenAction] {
    guard let proposal = proposals.first, proposals.count == 1 else {
      return [.perform(.tell("Choose one object: several are not healed at once."))]
    }
    switch proposal {
    case .plan(let plan): return [.push(ConfirmScreen(plan))]
    case .refused(let plan, let reason): return [.push(ConfirmScreen(plan, refusal: reason))]
    case .unavailable(let reason): return [.perform(.tell(reason))]
    }
  }
}

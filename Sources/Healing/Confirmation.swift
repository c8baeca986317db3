/// What a user must do to have something carried out; the riskier, the more.
package enum Confirmation: Sendable, Equatable {
  /// Pressing one key.
  case key(Character)
  /// Typing a name.
  case typing(String)
  /// Typing the cluster's name, and a reason.
  case reason(String)

  /// What the user's answer must equal.
  package var expectedAnswer: String {
    switch self {
    case .key(let key): String(key)
    case .typing(let name), .reason(let name): name
    }
  }

  /// Whether an answer, and a reason where one is asked for, are what is wanted.
  func isMet(by answer: String, _ reason: String) -> Bool {
    guard answer == expectedAnswer else { return false }
    if case .reason = self { return !reason.allSatisfy(\.isWhitespace) }
    return true
  }
}

/// A plan that the user agreed to; ``Healer`` accepts nothing else.
package struct ConfirmedPlan: Sendable {
  package let plan: HealPlan
  /// Why the user wants it; empty where nothing asked for a reason.
  package let reason: String
  /// How it was agreed to.
  package let grade: HealIntent.Grade
  /// The policy that agreed to it; `nil` where a person did.
  package let policy: HealPolicy?
  /// Which of several it is that were agreed to together; `nil` where it was agreed to alone.
  package let place: BatchPlace?
  /// What the journal knows these by; `nil` before they are written down.
  package var batch: BatchIntent.ID?

  /// Fails unless `answer` and `reason` are what the plan asks for.
  package init?(_ plan: HealPlan, answer: String, reason: String = "") {
    guard plan.confirmation.isMet(by: answer, reason) else { return nil }
    self.init(agreedTo: plan, by: plan.confirmation, reason: reason)
  }

  /// What a policy agrees to without a person; fails where it must not.
  package init?(_ plan: HealPlan, by policy: HealPolicy) {
    guard policy.isAutomatic, plan.mayBeAutomatic, plan.remedy == policy.remedy else { return nil }
    self.plan = plan
    reason = "Policy \(policy.name)."
    grade = .policy
    self.policy = policy
    place = nil
  }

  fileprivate init(
    agreedTo plan: HealPlan,
    by confirmation: Confirmation,
    reason: String,
    at place: BatchPlace? = nil
  ) {
    self.plan = plan
    self.place = place
    self.reason = reason
    policy = nil
    grade =
      switch confirmation {
      case .key: .key
      case .typing: .typedName
      case .reason: .typedReason
      }
  }
}

/// Plans that the user agreed to together.
package struct ConfirmedBatch: Sendable {
  package let plans: [ConfirmedPlan]
  package let stopsAtFailure: Bool

  /// Fails unless `answer` and `reason` are what the batch asks for.
  package init?(_ batch: HealBatch, answer: String, reason: String = "") {
    guard batch.confirmation.isMet(by: answer, reason) else { return nil }
    let count = batch.plans.count
    plans = batch.plans.enumerated().map { index, plan in
      ConfirmedPlan(
        agreedTo: plan,
        by: batch.confirmation,
        reason: reason,
        at: count > 1 ? BatchPlace(number: index + 1, count: count) : nil
      )
    }
    stopsAtFailure = batch.stopsAtFailure
  }
}

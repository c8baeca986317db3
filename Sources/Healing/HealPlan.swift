package import Inspection
import KubernetesObjects

/// What a remedy would do, worked out before anything is done.
package struct HealPlan: Sendable, Equatable {
  /// How much of what runs now is disturbed.
  package enum Disruption: String, Sendable {
    case none = "nothing that runs is disturbed"
    case onePod = "one Pod ends; its controller starts another"
    case evictions = "Pods end here and start elsewhere, as their disruption budgets allow"
    case rolling = "Pods are replaced, as their workload's strategy says"
    case outage = "what it does for others ends"
    case dataLoss = "data may be lost"
    case cleanUpSkipped = "clean-up that the finalizer stands for is skipped"
  }

  package let finding: FindingID
  package let cluster: String
  package let remedy: RemedyID
  package let title: String
  /// Why it helps.
  package let reason: String
  package let steps: [HealStep]
  package let disruption: Disruption
  package let blastRadius: BlastRadius
  /// How to take it back, or that it cannot be.
  package let undo: String
  package let confirmation: Confirmation
  /// The one command that does by hand what many steps do, for this cluster's context.
  package var command: String?
  /// How long the finding may stay after the plan before the plan counts as having not helped.
  package var proofLimit = Duration.seconds(60)
}

extension HealPlan {
  /// How a deletion is taken back.
  static func undoByManifest(of key: ObjectKey) -> String {
    "Only from its manifest, which KPatrol does not keep: first "
      + "kubectl get \(HealStep.argument(for: key)) -o yaml > FILE"
  }
}

/// What a user must do to have a plan carried out; the riskier, the more.
package enum Confirmation: Sendable, Equatable {
  /// Pressing one key.
  case key(Character)
  /// Typing a name.
  case typing(String)

  /// What the user's answer must equal.
  package var expectedAnswer: String {
    switch self {
    case .key(let key): String(key)
    case .typing(let name): name
    }
  }
}

/// A plan that the user agreed to; ``Healer`` accepts nothing else.
package struct ConfirmedPlan: Sendable {
  package let plan: HealPlan

  /// Fails unless `answer` is what the plan asks for.
  package init?(_ plan: HealPlan, answer: String) {
    guard answer == plan.confirmation.expectedAnswer else { return nil }
    self.plan = plan
  }
}

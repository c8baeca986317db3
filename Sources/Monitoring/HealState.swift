package import Healing
package import KubernetesObjects

/// How far a confirmed plan has come.
package enum HealState: Sendable, Equatable {
  case running(HealPlan)
  /// The server accepted every step; the watch stream has not yet shown that it helped.
  case waitingForProof(HealPlan, since: Timestamp)
  /// The finding is gone.
  case healed(HealPlan, after: Duration)
  /// What the plan wanted is there, and the finding stays: more has to be done about it.
  case done(HealPlan, after: Duration)
  /// The finding is still there after ``proofLimit``.
  case didNotHelp(HealPlan)
  case failed(HealPlan, stepsDone: Int, String)
  case refused(HealPlan, String)

  /// How long a finding may stay after a plan before the plan counts as having not helped.
  package static let proofLimit = Duration.seconds(60)

  package var plan: HealPlan {
    switch self {
    case .running(let plan), .waitingForProof(let plan, _), .healed(let plan, _),
      .done(let plan, _), .didNotHelp(let plan), .failed(let plan, _, _), .refused(let plan, _):
      plan
    }
  }

  /// Whether the plan may still change the cluster or be proved.
  package var isUnderWay: Bool {
    switch self {
    case .running, .waitingForProof: true
    case .healed, .done, .didNotHelp, .failed, .refused: false
    }
  }

  /// Whether steps of the plan may still be sent.
  package var isRunning: Bool {
    if case .running = self { true } else { false }
  }

  /// When a plan without effect counts as having not helped.
  var deadline: Timestamp? {
    guard case .waitingForProof(_, let since) = self else { return nil }
    return since + Self.proofLimit
  }

  /// The state as one sentence.
  package var sentence: String {
    switch self {
    case .running(let plan): "\(plan.title): running"
    case .waitingForProof(let plan, _): "\(plan.title): done, waiting for the cluster to show it"
    case .healed(let plan, let duration):
      "\(plan.title): healed, the finding was gone after \(duration.milliseconds / 1000) s"
    case .done(let plan, let duration):
      "\(plan.title): done, the cluster showed it after \(duration.milliseconds / 1000) s. "
        + "The finding stays until its cause is mended."
    case .didNotHelp(let plan):
      "\(plan.title): did not help, the finding is still there after "
        + "\(Self.proofLimit.milliseconds / 1000) s. Look at its evidence again."
    case .failed(let plan, let done, let reason):
      "\(plan.title): failed after \(done) of \(plan.steps.count) steps. \(reason)"
    case .refused(let plan, let reason): "\(plan.title): refused. \(reason)"
    }
  }
}

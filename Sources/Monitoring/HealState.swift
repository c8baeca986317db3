package import Healing
package import KubernetesObjects

/// How far a confirmed plan has come.
package enum HealState: Sendable, Equatable {
  case running(HealPlan, HealProgress)
  /// The server accepted every step; the watch stream has not yet shown that it helped.
  case waitingForProof(HealPlan, since: Timestamp)
  /// The finding is gone.
  case healed(HealPlan, after: Duration)
  /// What the plan wanted is there, and the finding stays: more has to be done about it.
  case done(HealPlan, after: Duration)
  /// The finding is still there after the plan's ``HealPlan/proofLimit``.
  case didNotHelp(HealPlan)
  /// The user stopped it after this many steps.
  case aborted(HealPlan, stepsDone: Int)
  case failed(HealPlan, stepsDone: Int, String)
  case refused(HealPlan, String)
  /// What it was made for is no longer so, and nothing was done; with the plan that would be made now.
  case outdated(HealPlan, newer: Proposal?)
  /// The finding was gone, and is there again.
  case cameBack(HealPlan)
  /// It is over, and what became of it cannot be written down.
  case unwritten(HealPlan, String)

  package var plan: HealPlan {
    switch self {
    case .running(let plan, _), .waitingForProof(let plan, _), .healed(let plan, _),
      .done(let plan, _), .didNotHelp(let plan), .aborted(let plan, _), .failed(let plan, _, _),
      .refused(let plan, _), .cameBack(let plan), .unwritten(let plan, _),
      .outdated(let plan, _):
      plan
    }
  }

  /// Whether the plan may still change the cluster or be proved.
  package var isUnderWay: Bool {
    switch self {
    case .running, .waitingForProof: true
    case .healed, .done, .didNotHelp, .aborted, .failed, .refused, .cameBack, .unwritten, .outdated:
      false
    }
  }

  /// Whether steps of the plan may still be sent.
  package var isRunning: Bool {
    if case .running = self { true } else { false }
  }

  /// How many steps were carried out.
  package var stepsDone: Int {
    switch self {
    case .running(_, let progress): progress.stepsDone
    case .aborted(_, let done), .failed(_, let done, _): done
    case .refused, .outdated: 0
    case .waitingForProof, .healed, .done, .didNotHelp, .cameBack, .unwritten: plan.steps.count
    }
  }

  /// Whether nothing more of others is to be done after it, where the first failure stops all.
  var hasFailed: Bool {
    switch self {
    case .failed, .refused, .outdated, .unwritten, .aborted: true
    case .running, .waitingForProof, .healed, .done, .didNotHelp, .cameBack: false
    }
  }

  /// When a plan without effect counts as having not helped.
  var deadline: Timestamp? {
    guard case .waitingForProof(let plan, let since) = self else { return nil }
    return since + plan.proofLimit
  }

  /// The state as one sentence.
  package var sentence: String {
    switch self {
    case .running(let plan, let progress):
      "\(plan.title): step \(min(progress.stepsDone + 1, plan.steps.count)) of "
        + "\(plan.steps.count)\(progress.wait.isEmpty ? "" : ". \(progress.wait)")"
    case .waitingForProof(let plan, _): "\(plan.title): done, waiting for the cluster to show it"
    case .healed(let plan, let duration):
      "\(plan.title): healed, the finding was gone after \(duration.milliseconds / 1000) s"
    case .done(let plan, let duration):
      "\(plan.title): done, the cluster showed it after \(duration.milliseconds / 1000) s"
        + (plan.finding == nil ? "" : ". The finding stays until its cause is mended.")
    case .didNotHelp(let plan) where plan.finding == nil:
      "\(plan.title): done, and the cluster does not show it after "
        + "\(plan.proofLimit.milliseconds / 1000) s. Finalizers may hold it."
    case .didNotHelp(let plan):
      "\(plan.title): did not help, the finding is still there after "
        + "\(plan.proofLimit.milliseconds / 1000) s. Look at its evidence again."
    case .aborted(let plan, let done):
      "\(plan.title): aborted after \(done) of \(plan.steps.count) steps, which stay done. "
        + "Undo: \(plan.undo)"
    case .failed(let plan, let done, let reason):
      "\(plan.title): failed after \(done) of \(plan.steps.count) steps. \(reason)"
    case .refused(let plan, let reason): "\(plan.title): refused. \(reason)"
    case .outdated(let plan, nil):
      "\(plan.title): nothing was done, for the finding is gone"
    case .outdated(let plan, .unavailable(let reason)):
      "\(plan.title): nothing was done, for it changed meanwhile. \(reason)"
    case .outdated(let plan, _):
      "\(plan.title): nothing was done, for it changed meanwhile. Review the new plan."
    case .cameBack(let plan):
      "\(plan.title): did not last, the finding was gone and is there again. Look for its cause."
    case .unwritten(_, let sentence): sentence
    }
  }
}

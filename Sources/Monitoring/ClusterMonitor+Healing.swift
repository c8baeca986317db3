package import Healing
import Inspection
import KubernetesClient
import KubernetesObjects

extension ClusterMonitor {
  /// Carries out a confirmed plan; ``heal(of:)`` tells how far it is.
  package func heal(_ confirmed: ConfirmedPlan) async {
    let plan = confirmed.plan
    guard heals[plan.finding]?.isUnderWay != true else { return }
    heals[plan.finding] = .running(plan)
    didChange()
    let healer = Healer(api: source, context: name, guardrails: options.guardrails)
    let outcome = await healer.execute(confirmed, resources: resources)
    switch outcome {
    case .accepted:
      heals[plan.finding] = .waitingForProof(plan, since: clock.now())
      inspectDirty()
      judgeHeals()
    case .refused(let reason): heals[plan.finding] = .refused(plan, reason)
    case .failed(let done, let reason):
      heals[plan.finding] = .failed(plan, stepsDone: done, reason)
    }
    armAlarm()
    didChange()
  }

  /// Looks whether plans have shown their effect, or have had time enough to.
  func judgeHeals() {
    let now = clock.now()
    for (id, heal) in heals {
      guard case .waitingForProof(let plan, let since) = heal else { continue }
      if inspector.finding(id) == nil {
        heals[id] = .healed(plan, after: since.elapsed(to: now))
      } else if Remedies.remedy(plan.remedy)?.isProved(plan, in: graph) == true {
        heals[id] = .done(plan, after: since.elapsed(to: now))
      } else if let deadline = heal.deadline, deadline <= now {
        heals[id] = .didNotHelp(plan)
      } else {
        continue
      }
      didChange()
    }
  }

  /// Forgets what was done about findings that came back: it says nothing about them.
  func forgetHeals(of raised: [Finding]) {
    for finding in raised where heals[finding.id]?.isUnderWay == false { heals[finding.id] = nil }
  }
}

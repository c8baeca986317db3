package import Healing
package import Inspection
import KubernetesClient
import KubernetesObjects

extension ClusterMonitor {
  /// Carries out a confirmed plan; ``heal(of:)`` tells how far it is.
  package func heal(_ confirmed: ConfirmedPlan) async {
    let plan = confirmed.plan
    guard heals[plan.finding]?.isUnderWay != true else { return }
    heals[plan.finding] = .running(plan, HealProgress())
    didChange()
    let healer = Healer(
      api: source,
      elsewhere: BesideCluster(
        monitor: self,
        finding: plan.finding,
        releaseAddress: releaseAddress
      ),
      context: name,
      guardrails: options.guardrails
    )
    let execution = Task { [resources] in
      await healer.execute(confirmed, resources: resources) { await self.note($0, of: plan) }
    }
    executions[plan.finding] = execution
    let outcome = await execution.value
    executions[plan.finding] = nil
    switch outcome {
    case .accepted:
      heals[plan.finding] = .waitingForProof(plan, since: clock.now())
      inspectDirty()
      judgeHeals()
    case .refused(let reason): heals[plan.finding] = .refused(plan, reason)
    case .aborted(let done): heals[plan.finding] = .aborted(plan, stepsDone: done)
    case .failed(let done, let reason):
      heals[plan.finding] = .failed(plan, stepsDone: done, reason)
    }
    armAlarm()
    didChange()
  }

  /// Stops the plan that is being carried out about a finding before its next step.
  package func abortHeal(of id: FindingID) { executions[id]?.cancel() }

  private func note(_ progress: HealProgress, of plan: HealPlan) {
    guard heals[plan.finding]?.isRunning == true else { return }
    heals[plan.finding] = .running(plan, progress)
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

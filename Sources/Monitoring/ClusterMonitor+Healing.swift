package import Healing
package import Inspection
import KubernetesClient
import KubernetesObjects
import Rules

extension ClusterMonitor {
  /// What is being done, or was last done, about a finding.
  package func heal(of id: FindingID) -> HealState? { heals[.finding(id)] }

  /// What is being done, or was last done, by a plan of this cause.
  package func heal(_ id: HealPlan.ID) -> HealState? { heals[id] }

  /// What is being done, or was last done, about each finding.
  var healsOfFindings: [FindingID: HealState] {
    var states: [FindingID: HealState] = [:]
    for heal in heals.values {
      if let finding = heal.plan.finding { states[finding] = heal }
    }
    return states
  }

  /// A remedy by its id: one of KPatrol's own, or of the packs that are in force here.
  func remedy(_ id: RemedyID) -> (any Remedy)? { Remedies.remedy(id) ?? rules.set.remedy(id) }

  /// Carries out a confirmed plan; ``heal(_:)`` tells how far it is.
  package func heal(_ confirmed: ConfirmedPlan) async {
    let plan = confirmed.plan
    guard heals[plan.id]?.isUnderWay != true else { return }
    catchUp()
    if let state = obsolescence(of: plan) {
      heals[plan.id] = state
      didChange()
      return
    }
    heals[plan.id] = .running(plan, HealProgress())
    didChange()
    let execution = Task { [resources, healer = healer(for: plan)] in
      await healer.execute(confirmed, resources: resources) { await self.note($0, of: plan) }
    }
    executions[plan.id] = execution
    let outcome = await execution.value
    executions[plan.id] = nil
    await readPast()
    switch outcome {
    case .accepted:
      heals[plan.id] = .waitingForProof(plan, since: clock.now())
      inspectDirty()
      judgeHeals()
    case .refused(let reason): heals[plan.id] = .refused(plan, reason)
    case .aborted(let done): heals[plan.id] = .aborted(plan, stepsDone: done)
    case .failed(let done, let reason):
      heals[plan.id] = .failed(plan, stepsDone: done, reason)
    }
    armAlarm()
    didChange()
  }

  /// Has the server check a plan without doing it.
  package func rehearse(_ plan: HealPlan) async -> Rehearsal {
    await healer(for: plan).rehearse(plan, resources: resources)
  }

  private func healer(for plan: HealPlan) -> Healer {
    Healer(
      api: source,
      elsewhere: BesideCluster(
        monitor: self,
        finding: plan.finding,
        releaseAddress: releaseAddress
      ),
      server: source.server,
      judge: { await self.freshVerdicts(of: $0, $1) },
      journal: options.journal,
      secrets: options.secrets,
      now: clock.now
    )
  }

  /// That the plan is not what would be proposed now, and does what nobody was shown; `nil` where it
  /// is not so.
  private func obsolescence(of plan: HealPlan) -> HealState? {
    guard let id = plan.finding else { return nil }
    guard let finding = digest[id] ?? inspector.finding(id),
      let remedy = remedy(plan.remedy)
    else { return .outdated(plan, newer: nil) }
    let newer = remedy.plan(for: finding, in: graph)
    if case .plan(let newer) = newer, plan.covers(newer) { return nil }
    return .outdated(plan, newer: judged(newer))
  }

  /// Forgets what became of a plan, for another of its cause is to be carried out.
  func forgetHeal(_ id: HealPlan.ID) {
    if heals[id]?.isUnderWay == false { heals[id] = nil }
  }

  /// Stops a plan that is being carried out before its next step.
  package func abortHeal(_ id: HealPlan.ID) { executions[id]?.cancel() }

  private func note(_ progress: HealProgress, of plan: HealPlan) {
    guard heals[plan.id]?.isRunning == true else { return }
    intents[plan.id] = progress.intent
    heals[plan.id] = .running(plan, progress)
    didChange()
  }

  /// Looks whether plans have shown their effect, or have had time enough to.
  func judgeHeals() {
    let now = clock.now()
    for heal in heals.values {
      guard case .waitingForProof(let plan, let since) = heal else { continue }
      let wait = since.elapsed(to: now)
      if let finding = plan.finding, !stands(finding) {
        overrule([finding])
        conclude(.healed(plan, after: wait), .healed)
      } else if isProved(plan) {
        conclude(.done(plan, after: wait), .done)
      } else if let deadline = heal.deadline, deadline <= now {
        conclude(.didNotHelp(plan), .didNotHelp)
      }
    }
  }

  private func isProved(_ plan: HealPlan) -> Bool {
    guard plan.finding != nil else { return plan.isShown(in: graph) }
    return remedy(plan.remedy)?.isProved(plan, in: graph) == true
  }

  private func conclude(_ state: HealState, _ proof: HealProof) {
    heals[state.plan.id] = state
    write(proof, of: state.plan.id)
    didChange()
  }

  /// Writes down what was shown of a plan.
  private func write(_ proof: HealProof, of id: HealPlan.ID) {
    guard let intent = intents[id] else { return }
    let time = clock.now()
    Task { [options] in
      do throws(JournalFailure) {
        try await options.journal.prove(intent, proof, at: time)
      } catch {
        note(unwritten: error.reason, of: id)
      }
    }
  }

  /// Says beside what became of a plan that it cannot be written down.
  private func note(unwritten reason: String, of id: HealPlan.ID) {
    guard let state = heals[id] else { return }
    heals[id] = .unwritten(state.plan, "\(state.sentence). It cannot be written down: \(reason)")
    didChange()
  }

  /// Says of findings that came back that what was done about them did not last, and forgets the rest:
  /// it says nothing about them.
  func forgetHeals(of raised: [Finding]) {
    for finding in raised {
      let id = HealPlan.ID.finding(finding.id)
      guard let heal = heals[id], !heal.isUnderWay else { continue }
      if case .healed(let plan, _) = heal {
        conclude(.cameBack(plan), .cameBack)
      } else {
        heals[id] = nil
      }
      intents[id] = nil
    }
  }
}

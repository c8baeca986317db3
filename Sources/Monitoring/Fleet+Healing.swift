package import Healing
package import Inspection
package import KubernetesClient

extension Fleet {
  /// What would be done to objects because a user asks for it, in their order.
  package func proposals(_ action: ObjectAction, for objects: [ClusterObject]) async -> [Proposal] {
    var proposals: [Proposal] = []
    var counts: [String: Int] = [:]
    for object in objects {
      let proposal =
        await monitor(of: object.cluster)?
        .proposal(action, for: object.key, plansBefore: counts[object.cluster, default: 0])
        ?? .unavailable("\(object.cluster) is not followed.")
      if case .plan = proposal { counts[object.cluster, default: 0] += 1 }
      proposals.append(proposal)
    }
    return proposals
  }

  /// The same plans, where they are deletions that leave a choice, with another one; in their order.
  package func proposals(
    _ plans: [HealPlan],
    deleting propagation: DeleteOptions.Propagation
  ) async -> [Proposal] {
    var proposals: [Proposal] = []
    var counts: [String: Int] = [:]
    for plan in plans {
      let before = counts[plan.cluster, default: 0]
      counts[plan.cluster] = before + 1
      guard plan.propagation != nil, let monitor = monitor(of: plan.cluster) else {
        proposals.append(.plan(plan))
        continue
      }
      proposals.append(
        await monitor.proposal(plan, deleting: propagation, plansBefore: before)
      )
    }
    return proposals
  }

  /// What the first remedy that can help would do about each finding, in their order.
  package func proposals(for findings: [Finding]) async -> [Proposal] {
    await proposals(for: findings.map { ($0, nil) })
  }

  /// What would be done now instead of plans that were queued, in their order.
  package func proposals(for plans: [QueuedPlan]) async -> [Proposal] {
    await proposals(for: plans.map { ($0.finding, $0.plan.remedy) })
  }

  /// What would be done now about what was confirmed with others and not begun, in their order.
  package func proposals(for members: [BatchIntent.Member]) async -> [Proposal] {
    var proposals: [Proposal] = []
    var counts: [String: Int] = [:]
    for member in members {
      let before = counts[member.cluster, default: 0]
      let proposal: Proposal
      switch (member.wish, monitor(of: member.cluster)) {
      case (.other(let advice), _): proposal = .unavailable("\(member.title): \(advice)")
      case (_, nil): proposal = .unavailable("\(member.cluster) is not followed.")
      case (.finding(let id, let remedy), let monitor?):
        proposal = await monitor.proposal(forFinding: id, by: remedy, plansBefore: before)
      case (.request(let action, let object), let monitor?):
        if let action = ObjectAction(action) {
          proposal = await monitor.proposal(action, for: object, plansBefore: before)
        } else {
          proposal = .unavailable("\(member.title) is not known to this KPatrol.")
        }
      }
      if case .plan = proposal { counts[member.cluster, default: 0] += 1 }
      proposals.append(proposal)
    }
    return proposals
  }

  private func proposals(
    for wanted: [(finding: Finding, remedy: RemedyID?)]
  ) async -> [Proposal] {
    var proposals: [Proposal] = []
    var counts: [String: Int] = [:]
    for (finding, remedy) in wanted {
      let cluster = finding.cluster
      let before = counts[cluster, default: 0]
      let proposal =
        await monitor(of: cluster)?
        .proposal(forFinding: finding.id, by: remedy, plansBefore: before)
        ?? .unavailable("\(cluster) is not followed.")
      if case .plan = proposal { counts[cluster, default: 0] += 1 }
      proposals.append(proposal)
    }
    return proposals
  }

  private func monitor(of cluster: String) -> ClusterMonitor? {
    monitors.first { $0.name == cluster }
  }

  /// The context by which kubectl reaches a cluster.
  package func context(of cluster: String) async -> String {
    await monitor(of: cluster)?.context ?? cluster
  }

  /// Has the server check a plan without doing it; `nil` where its cluster is not followed.
  package func rehearse(_ plan: HealPlan) async -> Rehearsal? {
    await monitor(of: plan.cluster)?.rehearse(plan)
  }

  /// Carries out a confirmed plan on its cluster.
  package func heal(_ plan: ConfirmedPlan) async {
    await monitor(of: plan.plan.cluster)?.heal(plan)
  }

  /// Carries out plans that were confirmed together, one after the other.
  package func heal(_ batch: ConfirmedBatch) async {
    for confirmed in batch.plans {
      skippedPlans[confirmed.plan.id] = nil
      await monitor(of: confirmed.plan.cluster)?.forgetHeal(confirmed.plan.id)
    }
    var reason: String?
    var written: BatchIntent.ID?
    do throws(JournalFailure) {
      if batch.plans.count > 1 {
        written = try await journal.begin(BatchIntent(batch, at: clock.now()))
      }
    } catch {
      reason = "It cannot be written down, so nothing is done. \(error.reason)"
    }
    for (index, var confirmed) in batch.plans.enumerated() {
      confirmed.batch = written
      let id = confirmed.plan.id
      if abortedPlans.remove(id) != nil { reason = reason ?? "It was aborted." }
      guard reason == nil else {
        skippedPlans[id] = reason
        continue
      }
      if index > 0 { try? await clock.sleep(HealBatch.interval) }
      await heal(confirmed)
      let state = await monitor(of: confirmed.plan.cluster)?.heal(id)
      if batch.stopsAtFailure, state?.hasFailed == true {
        reason = "The plan before it, \(confirmed.plan.title), failed."
      }
    }
    for plan in batch.plans { abortedPlans.remove(plan.plan.id) }
    // Where that fails, the next start tells what was done of it.
    if let written { try? await journal.end(written, reason ?? "", at: clock.now()) }
  }

  /// Stops plans that are being carried out before their next step, and begins none that wait for their
  /// turn.
  package func abortHeals(_ ids: [HealPlan.ID]) async {
    for id in ids {
      var isBegun = false
      for monitor in monitors where await monitor.heal(id)?.isUnderWay == true {
        isBegun = true
        await monitor.abortHeal(id)
      }
      if !isBegun { abortedPlans.insert(id) }
    }
  }

  /// Stops a plan that is being carried out before its next step.
  package func abortHeal(_ id: HealPlan.ID) async {
    for monitor in monitors { await monitor.abortHeal(id) }
  }

  /// What became of plans so far.
  package func heals(_ ids: [HealPlan.ID]) async -> HealReport {
    var report = HealReport()
    for id in ids {
      report.skipped[id] = skippedPlans[id]
      for monitor in monitors {
        if let state = await monitor.heal(id) { report.states[id] = state }
      }
    }
    return report
  }

  /// The plans that wait for a person in all clusters, the longest waiting first.
  package func queuedPlans() async -> [QueuedPlan] {
    var plans: [QueuedPlan] = []
    for monitor in monitors {
      // Somebody may have rejected some elsewhere.
      await monitor.refreshPast()
      plans += await monitor.queuedPlans()
    }
    return plans.sorted { ($0.since, $0.id) < ($1.since, $1.id) }
  }

  /// Takes plans out of the queue that a person does not want; answers why that cannot be written down,
  /// so that it holds only until the program ends.
  package func reject(_ plans: [QueuedPlan]) async -> String? {
    var problem: String?
    for (cluster, plans) in Dictionary(grouping: plans, by: \.finding.cluster) {
      let reason = await monitor(of: cluster)?.reject(plans)
      problem = problem ?? reason
    }
    return problem
  }

  /// Has nothing healed in any cluster from now on, or goes on; tells whether it is paused then.
  package func toggleHealingPause() async -> Bool {
    isHealingPaused.toggle()
    for monitor in monitors { await monitor.pauseHealing(isHealingPaused) }
    return isHealingPaused
  }
}

import ClusterGraph
package import Healing
import Inspection
import KubernetesClient
package import KubernetesObjects

/// What may be done, by the guardrails and by the server's word.
extension ClusterMonitor {
  /// What would be done to an object because a user asks for it, once it is known whether the user may.
  package func proposal(
    _ action: ObjectAction,
    for object: ObjectKey,
    plansBefore: Int = 0
  ) async -> Proposal {
    if let obstacle = obstacleToPlans() { return .unavailable(obstacle) }
    catchUp()
    return await permitted(
      action.plan(for: object, of: name, in: graph, at: clock.now()),
      plansBefore: plansBefore
    )
  }

  /// A plan of a deletion with another choice of what becomes of what the object owns.
  func proposal(
    _ plan: HealPlan,
    deleting propagation: DeleteOptions.Propagation,
    plansBefore: Int
  ) async -> Proposal {
    if let obstacle = obstacleToPlans() { return .unavailable(obstacle) }
    catchUp()
    return await permitted(
      plan.deleting(propagation, in: graph),
      plansBefore: plansBefore
    )
  }

  /// What a remedy, or the first that can help, would do about a finding; `plansBefore` are confirmed with
  /// it.
  func proposal(
    forFinding id: FindingID,
    by wanted: RemedyID? = nil,
    plansBefore: Int
  ) async -> Proposal {
    if let obstacle = obstacleToPlans() { return .unavailable(obstacle) }
    catchUp()
    guard let finding = digest[id] ?? inspector.finding(id) else {
      return .unavailable("The finding is gone.")
    }
    if heal(of: id)?.isUnderWay == true { return .unavailable("A plan about it is under way.") }
    var first: Proposal?
    for remedy in finding.remedies.compactMap(remedy) {
      guard wanted == nil || remedy.id == wanted else { continue }
      let judged = await permitted(remedy.plan(for: finding, in: graph), plansBefore: plansBefore)
      if case .plan = judged { return judged }
      first = first ?? judged
    }
    return first ?? .unavailable("No remedy is known for it.")
  }

  /// What a remedy proposes for a finding, as far as it is known what the user may.
  func proposal(_ remedy: any Remedy, for finding: Finding) -> Proposal {
    let proposal = remedy.plan(for: finding, in: graph)
    if case .plan(let plan) = proposal {
      refreshPast()
      let isKnown = permissions.isKnown(plan.permissions(resources), at: clock.now())
      if !isKnown { Task { await askPermissions(for: plan) } }
    }
    return judged(proposal)
  }

  /// A proposal with what is said of it, once it is known whether the user may.
  func permitted(_ proposal: Proposal, plansBefore: Int = 0) async -> Proposal {
    if case .plan(let plan) = proposal {
      await askPermissions(for: plan)
      await readPast()
    }
    return judged(proposal, plansBefore: plansBefore)
  }

  /// A proposal with what the guardrails and the server say of it; `plansBefore` are confirmed with it.
  func judged(_ proposal: Proposal, plansBefore: Int = 0) -> Proposal {
    guard case .plan(let bare) = proposal else { return proposal }
    let plan = bare.keepingSecrets(by: options.secrets).reached(by: context)
    let verdicts = verdicts(of: plan, plansBefore: plansBefore)
    let judged = Guardrails.judged(.plan(plan), verdicts)
    guard case .plan(let plan) = judged,
      let reason = permissions.refusal(of: plan.permissions(resources))
    else { return judged }
    return .refused(plan, reason)
  }

  /// What the guardrails say by what the journal says just then.
  func freshVerdicts(of plan: HealPlan, _ written: HealIntent.ID?) async -> [GuardrailVerdict] {
    await readPast()
    return verdicts(of: plan, written)
  }

  /// What the guardrails say, by what is known to have been begun before the plan was written down.
  func verdicts(
    of plan: HealPlan,
    _ written: HealIntent.ID? = nil,
    plansBefore: Int = 0
  ) -> [GuardrailVerdict] {
    var situation = HealSituation(at: clock.now())
    situation.isPaused = isHealingPaused
    situation.take(past.heals, before: written)
    situation.unknownPast = past.problem
    situation.plansBefore = plansBefore
    for stream in streams.values {
      if let reason = stream.complaint ?? (stream.isReadable ? stream.doubt : nil) {
        situation.staleKinds[stream.resource.kind] = reason
      }
    }
    return options.guardrails.verdicts(of: plan, on: name, situation, in: graph)
  }

  /// Has nothing healed from now on, and stops what is being carried out before its next step; or goes on.
  package func pauseHealing(_ isPaused: Bool) {
    isHealingPaused = isPaused
    if isPaused { for execution in executions.values { execution.cancel() } }
    didChange()
  }
}

// MARK: - Permissions

extension ClusterMonitor {
  /// Asks the server what it was not asked lately.
  func askPermissions(for plan: HealPlan) async {
    let now = clock.now()
    // What a plan would never get to is not worth a question.
    guard options.guardrails.readOnlyRule(of: name) == nil else { return }
    var changed = false
    for question in plan.permissions(resources) where permissions.begin(question, at: now) {
      let answer = try? await source.review(question)
      permissions.end(question, answer)
      changed = changed || answer?.isAllowed == false
    }
    if changed { didChange() }
  }
}

/// What the user may do, as the server said lately.
struct Permissions {
  private var answers: [AccessQuestion: (time: Timestamp, answer: AccessAnswer?)] = [:]
  /// How long an answer is believed.
  private static let lifetime = Duration.seconds(60)

  /// Whether each was asked lately, or is being asked.
  func isKnown(_ questions: [AccessQuestion], at now: Timestamp) -> Bool {
    questions.allSatisfy { question in
      answers[question].map { $0.time + Self.lifetime > now } ?? false
    }
  }

  /// Notes that a question is asked now; `false` where it was lately.
  mutating func begin(_ question: AccessQuestion, at now: Timestamp) -> Bool {
    guard !isKnown([question], at: now) else { return false }
    answers[question] = (now, answers[question]?.answer)
    return true
  }

  /// Notes an answer; `nil` where the server gave none.
  mutating func end(_ question: AccessQuestion, _ answer: AccessAnswer?) {
    answers[question]?.answer = answer
  }

  /// Which of what is asked the user may not do; `nil` where nothing is known to be so.
  func refusal(of questions: [AccessQuestion]) -> String? {
    for question in questions {
      guard let answer = answers[question]?.answer, !answer.isAllowed else { continue }
      let resource =
        question.resource.plural
        + (question.subresource.isEmpty ? "" : "/\(question.subresource)")
      let place = question.namespace.isEmpty ? "" : " in namespace \(question.namespace)"
      let reason = answer.reason.isEmpty ? "" : " (\(answer.reason))"
      return "You may not \(question.verb) \(resource)\(place)\(reason)."
    }
    return nil
  }
}

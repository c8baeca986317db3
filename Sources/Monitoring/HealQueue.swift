package import Healing
import Inspection
import KubernetesObjects

/// The plans that policies propose, and the findings that will have one.
struct HealQueue {
  /// A finding that a policy is meant for, and when its plan is made.
  struct Candidate {
    let policy: HealPolicy
    var due: Timestamp
    /// For how long it waits where its plan cannot be made.
    var patience = HealQueue.shortestPatience
  }

  private(set) var candidates: [FindingID: Candidate] = [:]
  var plans: [FindingID: QueuedPlan] = [:]
  /// What a person does not want, for as long as the findings stand.
  private(set) var rejected: Set<FindingID> = []
  /// The same as the journal has it: before this program began, or in another.
  private var rejectedElsewhere: Set<FindingID> = []
  /// When each policy made plans lately.
  private var made: [String: [Timestamp]] = [:]

  /// How long after a plan could not be made it is tried again: soon at first, for what hinders it is most
  /// often a stream that comes back or an event that is on its way; twice as long each time.
  private static let shortestPatience = Duration.seconds(2)
  private static let longestPatience = Duration.seconds(60)

  /// When the next plan is made; `nil` where none is to be.
  var nextDeadline: Timestamp? { candidates.values.map(\.due).min() }

  /// Takes in a finding as it is now; `nil` where it is over.
  mutating func take(_ finding: Finding?, _ id: FindingID, _ policies: [HealPolicy]) {
    guard let finding else {
      candidates[id] = nil
      plans[id] = nil
      rejected.remove(id)
      return
    }
    guard let policy = policies.first(where: { $0.isMeant(finding) }) else {
      candidates[id] = nil
      plans[id] = nil
      return
    }
    guard candidates[id] == nil, plans[id] == nil, !rejected.contains(id),
      !rejectedElsewhere.contains(id)
    else { return }
    candidates[id] = Candidate(policy: policy, due: finding.since + policy.after)
  }

  /// The candidates whose time has come.
  func due(at now: Timestamp) -> [(id: FindingID, policy: HealPolicy)] {
    candidates.filter { $0.value.due <= now }.map { ($0.key, $0.value.policy) }
      .sorted { $0.id < $1.id }
  }

  /// Notes that a plan cannot be made now.
  mutating func postpone(_ id: FindingID, at now: Timestamp) {
    guard var candidate = candidates[id] else { return }
    candidate.due = now + candidate.patience
    candidate.patience = min(candidate.patience * 2, Self.longestPatience)
    candidates[id] = candidate
  }

  /// Notes that a plan was made and not carried out, so that another is not made soon.
  mutating func rest(_ id: FindingID, at now: Timestamp) {
    candidates[id]?.due = now + Self.longestPatience
  }

  /// Whether a policy may make another plan within the hour, by what it made here, and what the journal says
  /// that it began before or elsewhere.
  func mayMake(_ policy: HealPolicy, at now: Timestamp, _ past: [PastHeal]) -> Bool {
    let here = (made[policy.name] ?? []).count { $0 + .seconds(3600) > now }
    let begun = past.count { $0.policy == policy.name && $0.begun + .seconds(3600) > now }
    return max(here, begun) < policy.perHour
  }

  /// Notes that a policy's plan was made, and nothing more is to be made of the finding.
  mutating func end(_ id: FindingID, by policy: HealPolicy, at now: Timestamp) {
    candidates[id] = nil
    made[policy.name] = (made[policy.name] ?? []).filter { $0 + .seconds(3600) > now } + [now]
  }

  mutating func reject(_ id: FindingID) {
    plans[id] = nil
    candidates[id] = nil
    rejected.insert(id)
  }

  /// Takes in what the journal says is rejected; the findings of which it no longer does.
  mutating func take(rejectedElsewhere ids: Set<FindingID>) -> [FindingID] {
    defer { rejectedElsewhere = ids }
    for id in ids {
      plans[id] = nil
      candidates[id] = nil
    }
    return rejectedElsewhere.subtracting(ids).sorted()
  }
}

extension ClusterMonitor {
  /// Takes findings into the queue, or out of it.
  func queue(_ ids: [FindingID]) {
    guard !options.policies.isEmpty else { return }
    for id in ids { queue.take(digest[id] ?? inspector.finding(id), id, options.policies) }
    makeQueuedPlans()
  }

  /// Makes the plans whose time has come; carries out those that need nobody.
  func makeQueuedPlans() {
    let now = clock.now()
    // What was done, and not wanted, before this program began counts as well.
    guard past.readAt != nil else { return }
    for (id, policy) in queue.due(at: now) {
      guard let finding = digest[id] ?? inspector.finding(id), finding.acknowledgement == nil,
        heals[.finding(id)]?.isUnderWay != true, queue.mayMake(policy, at: now, past.heals),
        let remedy = remedy(policy.remedy),
        case .plan(let plan) = proposal(remedy, for: finding)
      else {
        queue.postpone(id, at: now)
        continue
      }
      queue.end(id, by: policy, at: now)
      if let confirmed = ConfirmedPlan(plan, by: policy) {
        Task {
          await heal(confirmed)
          // What came in its way may be over later.
          guard case .refused = heals[plan.id], let standing = digest[id] ?? inspector.finding(id)
          else { return }
          queue.take(standing, id, options.policies)
          queue.rest(id, at: clock.now())
          armAlarm()
        }
      } else {
        queue.plans[id] = QueuedPlan(plan, for: finding, by: policy.name, since: now)
      }
      didChange()
    }
    armAlarm()
  }

  /// The plans that wait for a person, the longest waiting first.
  package func queuedPlans() -> [QueuedPlan] {
    queue.plans.values.filter { heals[.finding($0.id)]?.isUnderWay != true }
      .sorted { ($0.since, $0.id) < ($1.since, $1.id) }
  }

  /// Takes plans out of the queue that a person does not want; answers why that cannot be written down.
  func reject(_ plans: [QueuedPlan]) async -> String? {
    for plan in plans { queue.reject(plan.id) }
    didChange()
    do throws(JournalFailure) {
      try await options.journal.reject(plans, at: clock.now())
      return nil
    } catch {
      return error.reason
    }
  }
}

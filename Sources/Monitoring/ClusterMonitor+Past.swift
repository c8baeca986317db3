import Healing
import Inspection
import KubernetesObjects

/// What the journal says of what was done before, here and by other programs.
struct HealingPast {
  private(set) var heals: [PastHeal] = []
  /// Why the journal cannot be read; `nil` where it can.
  private(set) var problem: String?
  /// When it was read last; `nil` before it was.
  private(set) var readAt: Timestamp?

  /// For how long what is read is believed where a plan is only shown.
  private static let lifetime = Duration.seconds(2)

  mutating func take(_ heals: [PastHeal], at time: Timestamp) {
    (self.heals, problem, readAt) = (heals, nil, time)
  }

  mutating func fail(_ reason: String, at time: Timestamp) {
    (problem, readAt) = (reason, time)
  }

  func isFresh(at now: Timestamp) -> Bool {
    readAt.map { $0 + Self.lifetime > now } ?? false
  }
}

extension ClusterMonitor {
  private var healedCluster: HealedCluster { HealedCluster(name: name, server: source.server) }

  /// Reads in the journal what was done lately, and what people do not want done.
  func readPast() async {
    let limits = options.guardrails.limits
    let reach = max(.seconds(3600), limits.coolDown)
    let before = (past.heals, past.problem)
    do throws(JournalFailure) {
      let now = clock.now()
      let heals = try await options.journal.heals(of: healedCluster, since: now - reach)
      past.take(heals, at: now)
      if !options.policies.isEmpty {
        let rejections = try await options.journal.rejections()
        queue(queue.take(rejectedElsewhere: rejections))
      }
    } catch {
      past.fail(error.reason, at: clock.now())
    }
    if before != (past.heals, past.problem) { didChange() }
  }

  /// Reads it soon where what is known of it is not of now.
  func refreshPast() {
    guard !isReadingPast, !past.isFresh(at: clock.now()) else { return }
    isReadingPast = true
    Task {
      await readPast()
      isReadingPast = false
    }
  }

  /// Reads the past once, so that policies may begin.
  func beginWithPast() async {
    await readPast()
    makeQueuedPlans()
  }
}

import CloudEvents
import ClusterGraph
import Inspection
import KubernetesObjects
package import Logging
package import Monitoring
package import UserConfiguration

/// Tells an Alertmanager or a webhook what becomes of findings.
package actor Notifier: AgentService {
  private enum Memory {
    case alerts(AlertBoard)
    case news(NewsDigest)

    var ids: Set<FindingID> {
      switch self {
      case .alerts(let board): board.ids
      case .news(let digest): digest.ids
      }
    }
  }

  /// Something in its configuration that cannot be.
  package struct Mistake: Error { package let reason: String }

  /// How often it is looked whether something is to be told again.
  private static let pace = Duration.seconds(1)
  private static let backoff = DeliveryBackoff()

  private let settings: NotificationSettings
  private let filter: FindingsFilter
  private let ledger: FindingLedger
  private let sender: NotificationSender
  private let clock: WallClock
  private let logger: Logger
  private var memory: Memory
  private var known: FindingVersion?
  private var failures = 0
  private var nextTry: Timestamp?
  private var sent = 0
  private var failed = 0
  private var refused = 0

  package init(
    _ settings: NotificationSettings,
    _ ledger: FindingLedger,
    _ sender: NotificationSender,
    clock: WallClock = .system,
    logger: Logger
  ) throws(Mistake) {
    self.settings = settings
    self.ledger = ledger
    self.sender = sender
    self.clock = clock
    self.logger = logger
    do {
      filter = FindingsFilter(
        try FilterExpression(parsing: settings.filter, columns: FindingsFilter.columns)
      )
    } catch {
      throw Mistake(reason: "\(error)")
    }
    memory =
      switch settings.receiver {
      case .alertmanager: .alerts(AlertBoard(repeatingEvery: settings.repeatEvery))
      case .webhook: .news(NewsDigest())
      }
  }

  package func run() async {
    // What there is now is no news to anybody.
    await takeChanges()
    let news = await ledger.news(atLeastEvery: Self.pace)
    for await _ in news {
      await takeChanges()
      await tell()
      if Task.isCancelled { return }
    }
  }

  package func metricFamilies() async -> [MetricFamily] {
    var family = MetricFamily(
      "kpatrol_notifications",
      .counter,
      "Requests to those who are notified, by receiver and outcome."
    )
    for (outcome, count) in [("sent", sent), ("failed", failed), ("refused", refused)] {
      family.add(Double(count), ("receiver", settings.name), ("outcome", outcome))
    }
    return [family]
  }

  // MARK: What is known

  private func takeChanges() async {
    if let known, let changes = try? await ledger.changes(since: known) {
      for change in changes {
        guard let id = (change.new ?? change.old)?.finding.id else { continue }
        if change.isMoved, case .alerts(var board) = memory {
          board.leave(id)
          memory = .alerts(board)
        } else {
          note(id, change.new, change.version, isNews: change.isNews)
        }
      }
      self.known = changes.last?.version ?? known
      return
    }
    let isFirst = known == nil
    let (entries, version) = await ledger.findings(filter)
    for entry in entries {
      note(entry.known.finding.id, entry.known, entry.version, isNews: !isFirst)
    }
    // What went among changes that are not kept any more.
    let there = Set(entries.map(\.known.finding.id))
    for id in memory.ids.subtracting(there) { note(id, nil, version, isNews: true) }
    known = version
  }

  private func note(
    _ id: FindingID,
    _ finding: KnownFinding?,
    _ version: FindingVersion,
    isNews: Bool
  ) {
    let isWanted = finding.map { $0.finding.muting == nil && $0.matches(filter) } ?? false
    let wanted = isWanted ? finding : nil
    switch memory {
    case .alerts(var board):
      board.note(id, wanted, at: clock.now())
      memory = .alerts(board)
    case .news(var digest):
      digest.note(id, wanted, version, isNews: isNews, at: clock.now())
      memory = .news(digest)
    }
  }

  // MARK: What is told

  private func tell() async {
    while !Task.isCancelled, nextTry.map({ $0 <= clock.now() }) ?? true {
      let isDone =
        switch memory {
        case .alerts(let board): await tell(board)
        case .news(let digest): await tell(digest)
        }
      if isDone { return }
    }
  }

  /// Tells one batch; answers whether there is nothing more to be told now.
  private func tell(_ board: AlertBoard) async -> Bool {
    var board = board
    let now = clock.now()
    let due = board.due(at: now)
    memory = .alerts(board)
    guard let due else { return true }
    do throws(NotificationSender.Failure) {
      try await sender.post(due.body)
      noteSent()
    } catch {
      guard noteFailed(error) else { return true }
    }
    board.noteTold(due.keys, at: now)
    memory = .alerts(board)
    return false
  }

  private func tell(_ digest: NewsDigest) async -> Bool {
    guard let message = digest.message(from: settings.name, at: clock.now()) else { return true }
    do throws(NotificationSender.Failure) {
      try await sender.post(message)
      noteSent()
    } catch {
      guard noteFailed(error) else { return true }
    }
    var digest = digest
    digest.noteTold()
    memory = .news(digest)
    return false
  }

  private func noteSent() {
    sent += 1
    if failures > 0 {
      logger.info("it is told again", metadata: ["receiver": "\(settings.name)"])
    }
    failures = 0
    nextTry = nil
  }

  /// Takes in that it was not taken; answers whether to go on without it.
  private func noteFailed(_ failure: NotificationSender.Failure) -> Bool {
    let metadata: Logger.Metadata = [
      "receiver": "\(settings.name)", "reason": "\(failure.reason)",
    ]
    guard !failure.isFinal else {
      refused += 1
      logger.error("it does not take what it was told", metadata: metadata)
      return true
    }
    failed += 1
    failures += 1
    if failures == 1 { logger.warning("it cannot be told", metadata: metadata) }
    nextTry =
      clock.now()
      + Self.backoff.wait(
        afterFailures: failures,
        atLeast: failure.retryAfter,
        chance: Double.random(in: 0...1)
      )
    return false
  }
}

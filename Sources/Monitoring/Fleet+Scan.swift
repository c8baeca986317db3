import Inventories
import KubernetesObjects
import RemoteChecks

extension Fleet {
  /// How the first sync of a cluster ended.
  package enum SyncOutcome: Sendable, Equatable {
    case synced
    case failed(String)
  }

  /// Waits until every cluster is synced, or cannot be within the time that it is given.
  ///
  /// A cluster that never answered is given up after `connectLimit`; ``run()`` must be running.
  package func sync(
    within limit: Duration,
    connectLimit: Duration,
    clock: WallClock = .system,
    progress: @Sendable ([ClusterStatus]) -> Void
  ) async -> [String: SyncOutcome] {
    let start = clock.now()
    while true {
      let statuses = await statuses()
      progress(statuses)
      let elapsed = start.elapsed(to: clock.now())
      var outcomes: [String: SyncOutcome] = [:]
      for status in statuses {
        outcomes[status.name] = status.syncOutcome(
          after: elapsed,
          limit: limit,
          connectLimit: connectLimit
        )
      }
      if outcomes.count == statuses.count { return outcomes }
      guard (try? await clock.sleep(.milliseconds(20))) != nil else { return outcomes }
    }
  }

  /// How often ``watch(for:clock:progress:)`` looks.
  package static let lookInterval = Duration.milliseconds(500)

  /// Goes on watching for so long; what the lists brought counts from the beginning of it.
  ///
  /// `progress` is told what is seen by then, and how much time is left.
  package func watch(
    for length: Duration,
    clock: WallClock = .system,
    progress: @Sendable ([ReportedFinding], Duration) -> Void
  ) async throws {
    guard length > .zero else { return }
    var seen = await report()
    let start = clock.now()
    while true {
      let left = length - start.elapsed(to: clock.now())
      progress(seen, max(left, .zero))
      guard left > .zero else { return }
      try await clock.sleep(min(left, Self.lookInterval))
      seen = await report()
    }
  }
}

extension ClusterStatus {
  /// How the sync ended; `nil` while it may still succeed.
  fileprivate func syncOutcome(
    after elapsed: Duration,
    limit: Duration,
    connectLimit: Duration
  ) -> Fleet.SyncOutcome? {
    switch connection {
    case .watching:
      let unseen = notInspected.filter { $0.onlyNamespaces.isEmpty }
      guard kindsTotal > unseen.count else {
        return .failed(unseen.first?.reason ?? "the server serves nothing to watch")
      }
      // An inventory that cannot be read leaves its checks uninspected, and the cluster inspected.
      let areSettled = inventories.allSatisfy(\.isSettled) && remoteChecks.allSatisfy(\.isSettled)
      let isSettled = areSettled || elapsed > limit
      return isSettled ? .synced : nil
    case .signedOut(let reason), .unusable(let reason): return .failed(reason)
    case .disconnected(let reason):
      return elapsed > connectLimit ? .failed(reason) : nil
    case .connecting, .syncing:
      return elapsed > limit ? .failed(unlisted(within: limit)) : nil
    }
  }

  /// What was not listed in time.
  private func unlisted(within limit: Duration) -> String {
    let kinds = notInspected.map { "\($0.kind): \($0.reason)" }
    let more = kinds.count > 3 ? ["and \(kinds.count - 3) more"] : []
    let list = (kinds.prefix(3) + more).joined(separator: "; ")
    return "not listed in \(limit.milliseconds / 1000) s" + (list.isEmpty ? "" : " (\(list))")
  }
}

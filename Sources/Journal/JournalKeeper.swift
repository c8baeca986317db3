package import KubernetesObjects

/// A journal, and what sees to it that it is written and does not grow without end.
package struct JournalKeeper: Sendable {
  package let store: JournalStore
  /// What monitors tell when findings come and go.
  package let history = FindingsHistory()
  private let retention: JournalRetention

  package init(_ store: JournalStore, _ retention: JournalRetention) {
    self.store = store
    self.retention = retention
  }

  /// Writes what happens to findings until the task is cancelled, and then what is left; what cannot be
  /// done is said.
  package func run(
    now: @escaping @Sendable () -> Timestamp,
    sleep: @escaping @Sendable (Duration) async throws -> Void,
    say: @escaping @Sendable (String) -> Void
  ) async {
    if let problem = await store.problem() {
      say("Nothing is healed, for it cannot be journaled. \(problem)")
    }
    await withDiscardingTaskGroup { group in
      group.addTask { await history.run(into: store, say: say) }
      group.addTask { await store.keep(within: retention, now: now, sleep: sleep) }
    }
  }
}

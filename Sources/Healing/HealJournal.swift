package import Inspection
package import KubernetesObjects

/// Where is written down what is done, before and after; where it cannot be, nothing is done.
package protocol HealJournal: Sendable {
  /// Writes down a plan of which nothing was sent yet; refused where its policy has begun all that it may.
  func begin(_ intent: HealIntent) async throws(JournalFailure) -> HealIntent.ID

  /// Writes down a call that is made next; once for a step, however often it is tried.
  func willSend(_ call: HealCall, of heal: HealIntent.ID) async throws(JournalFailure)

  /// Writes down what came of it; a later answer to the same step, which was tried again, replaces it.
  func didSend(_ answer: HealAnswer, of heal: HealIntent.ID) async throws(JournalFailure)

  /// Writes down how the plan ended; nothing more of it is sent.
  func end(
    _ heal: HealIntent.ID,
    _ outcome: Healer.Outcome,
    at time: Timestamp
  ) async throws(JournalFailure)

  /// Writes down what the watch stream showed of it; a later proof stands beside an earlier one.
  func prove(
    _ heal: HealIntent.ID,
    _ proof: HealProof,
    at time: Timestamp
  ) async throws(JournalFailure)
}

/// A journal that tells what was done before, by whichever program, for guardrails count it.
package protocol HealMemory: HealJournal {
  /// What was begun in a cluster since a time, whichever program did it, oldest first.
  func heals(
    of cluster: HealedCluster,
    since time: Timestamp
  ) async throws(JournalFailure) -> [PastHeal]

  /// Writes down plans that were confirmed together, before anything is sent of the first.
  func begin(_ batch: BatchIntent) async throws(JournalFailure) -> BatchIntent.ID

  /// Writes down that nothing more of them is begun; `reason` says why some were not.
  func end(
    _ batch: BatchIntent.ID,
    _ reason: String,
    at time: Timestamp
  ) async throws(JournalFailure)

  /// Writes down that a person does not want what a policy proposes about findings.
  func reject(_ plans: [QueuedPlan], at time: Timestamp) async throws(JournalFailure)

  /// The findings of which plans were rejected, and that were not over since.
  func rejections() async throws(JournalFailure) -> Set<FindingID>
}

/// Why nothing can be written down, as a sentence that says what to do.
package struct JournalFailure: Error, Equatable {
  package let reason: String
  /// Whether it can be written, and must not be.
  package let isRefusal: Bool

  package init(_ reason: String, isRefusal: Bool = false) {
    (self.reason, self.isRefusal) = (reason, isRefusal)
  }
}

/// A journal that keeps nothing, for tests, and for snapshots, in which nothing is changed.
package struct NoJournal: HealMemory {
  package init() {}

  package func begin(_ intent: HealIntent) async throws(JournalFailure) -> HealIntent.ID {
    HealIntent.ID(0)
  }

  package func willSend(_ call: HealCall, of heal: HealIntent.ID) async throws(JournalFailure) {}

  package func didSend(_ answer: HealAnswer, of heal: HealIntent.ID) async throws(JournalFailure) {}

  package func end(
    _ heal: HealIntent.ID,
    _ outcome: Healer.Outcome,
    at time: Timestamp
  ) async throws(JournalFailure) {}

  package func prove(
    _ heal: HealIntent.ID,
    _ proof: HealProof,
    at time: Timestamp
  ) async throws(JournalFailure) {}

  package func heals(
    of cluster: HealedCluster,
    since time: Timestamp
  ) async throws(JournalFailure) -> [PastHeal] { [] }

  package func begin(_ batch: BatchIntent) async throws(JournalFailure) -> BatchIntent.ID {
    BatchIntent.ID(0)
  }

  package func end(
    _ batch: BatchIntent.ID,
    _ reason: String,
    at time: Timestamp
  ) async throws(JournalFailure) {}

  package func reject(_ plans: [QueuedPlan], at time: Timestamp) async throws(JournalFailure) {}

  package func rejections() async throws(JournalFailure) -> Set<FindingID> { [] }
}

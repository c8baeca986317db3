package import Healing
package import Inspection
package import KubernetesObjects
import LocalState
import Synchronization

/// A journal that has others told of heals, too, once they are written down.
///
/// That they cannot be told hinders no heal.
package final class TellingJournal: HealMemory {
  private let journal: any HealMemory
  private let delivery: EventDelivery
  private let author = UserName.atHost
  /// The heals of this program.
  private let intents = Mutex<[HealIntent.ID: HealIntent]>([:])

  package init(_ journal: any HealMemory, _ delivery: EventDelivery) {
    (self.journal, self.delivery) = (journal, delivery)
  }

  private func tell(
    _ kind: HealEvent.Kind,
    of id: HealIntent.ID,
    _ outcome: String = "",
    at time: Timestamp
  ) async {
    guard let intent = intents.withLock({ $0[id] }) else { return }
    let heal = HealEvent(kind: kind, intent: intent, id: id, author: author, outcome: outcome)
    await delivery.write([.event(heal.cloudEvent(at: time), about: heal.about, at: time)])
  }

  package func begin(_ intent: HealIntent) async throws(JournalFailure) -> HealIntent.ID {
    let id = try await journal.begin(intent)
    intents.withLock { $0[id] = intent }
    await tell(.planned, of: id, at: intent.time)
    return id
  }

  package func willSend(_ call: HealCall, of heal: HealIntent.ID) async throws(JournalFailure) {
    try await journal.willSend(call, of: heal)
  }

  package func didSend(_ answer: HealAnswer, of heal: HealIntent.ID) async throws(JournalFailure) {
    try await journal.didSend(answer, of: heal)
  }

  package func end(
    _ heal: HealIntent.ID,
    _ outcome: Healer.Outcome,
    at time: Timestamp
  ) async throws(JournalFailure) {
    try await journal.end(heal, outcome, at: time)
    switch outcome {
    case .accepted: await tell(.executed, of: heal, "accepted", at: time)
    case .refused(let reason): await tell(.failed, of: heal, "refused: \(reason)", at: time)
    case .aborted(let done): await tell(.failed, of: heal, "aborted after \(done) steps", at: time)
    case .failed(let done, let reason):
      await tell(.failed, of: heal, "failed after \(done) steps: \(reason)", at: time)
    }
  }

  package func prove(
    _ heal: HealIntent.ID,
    _ proof: HealProof,
    at time: Timestamp
  ) async throws(JournalFailure) {
    try await journal.prove(heal, proof, at: time)
    switch proof {
    case .healed, .done: await tell(.proved, of: heal, proof.rawValue, at: time)
    case .didNotHelp, .cameBack: await tell(.failed, of: heal, proof.rawValue, at: time)
    }
  }

  package func heals(
    of cluster: HealedCluster,
    since time: Timestamp
  ) async throws(JournalFailure) -> [PastHeal] {
    try await journal.heals(of: cluster, since: time)
  }

  package func begin(_ batch: BatchIntent) async throws(JournalFailure) -> BatchIntent.ID {
    try await journal.begin(batch)
  }

  package func end(
    _ batch: BatchIntent.ID,
    _ reason: String,
    at time: Timestamp
  ) async throws(JournalFailure) {
    try await journal.end(batch, reason, at: time)
  }

  package func reject(_ plans: [QueuedPlan], at time: Timestamp) async throws(JournalFailure) {
    try await journal.reject(plans, at: time)
  }

  package func rejections() async throws(JournalFailure) -> Set<FindingID> {
    try await journal.rejections()
  }
}

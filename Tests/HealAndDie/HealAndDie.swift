import Foundation
import Glibc
import HTTP
import Healing
import Inspection
import Journal
import KubernetesClient
import KubernetesObjects
import Monitoring
import Synchronization
import WireFormats

/// Carries out a plan of two steps, and is killed at one of the points that it passes.
///
/// What is tested is the same healer and the same journal that KPatrol has; only what stands between
/// them, the cluster and the file counts, and kills.
@main
struct HealAndDie {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard 6...7 ~= arguments.count, let point = Int(arguments[5]) else {
      fatalError("HealAndDie SERVER TOKEN AUTHORITY FOLDER POINT [BATCH]")
    }
    let eventLoop = EventLoop()
    var tls = TLSSettings()
    tls.certificateAuthority = Array(try Data(contentsOf: URL(filePath: arguments[3])))
    let client = KubernetesClient(
      ClusterConnection(
        contextName: "sim",
        server: arguments[1],
        tls: tls,
        credential: .token(arguments[2])
      ),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
    let death = Death(at: point)
    let journal = DyingJournal(journal: JournalStore(folder: arguments[4]), death: death)
    if arguments.count == 7 {
      try await healBatch(of: client, journal)
      return eventLoop.shutdown()
    }
    let healer = Healer(
      api: DyingAPI(api: client, death: death),
      server: arguments[1],
      judge: { _, _ in [] },
      journal: journal,
      now: { Timestamp(millisecondsSince1970: Int64(Date.now.timeIntervalSince1970 * 1000)) }
    )
    let plan = try await plan(asking: client)
    guard let confirmed = ConfirmedPlan(plan, answer: "y") else { fatalError("not confirmed") }
    let outcome = await healer.execute(confirmed, resources: [ConfigMap.kind: configMaps])
    eventLoop.shutdown()
    print("\(outcome), \(death.passed) points")
  }

  /// Deletes three objects as a batch, in the way in which KPatrol does.
  private static func healBatch(
    of client: KubernetesClient,
    _ journal: DyingJournal
  ) async throws {
    let fleet = Fleet([client], options: MonitorOptions(checks: [], journal: journal))
    let patrol = Task { await fleet.run() }
    let outcomes = await fleet.sync(
      within: .seconds(120),
      connectLimit: .seconds(60),
      progress: { _ in }
    )
    guard outcomes["sim"] == .synced else { fatalError("not synced: \(outcomes)") }
    let objects = ["first", "second", "third"].map { name in
      ClusterObject(
        cluster: "sim",
        key: ObjectKey(ConfigMap.kind, namespace: "shop", name: name)
      )
    }
    let plans = await fleet.proposals(.delete(), for: objects).compactMap { proposal in
      if case .plan(let plan) = proposal { plan } else { nil }
    }
    let batch = HealBatch(plans)
    let answer = batch.confirmation.expectedAnswer
    guard plans.count == 3, let confirmed = ConfirmedBatch(batch, answer: answer) else {
      fatalError("not confirmed")
    }
    await fleet.heal(confirmed)
    patrol.cancel()
    await patrol.value
  }

  private static let configMaps = APIResource(
    kind: ConfigMap.kind,
    version: "v1",
    plural: "configmaps",
    isNamespaced: true,
    verbs: ["get", "list", "watch", "create", "delete", "patch"]
  )

  /// Deletes one object, then patches another.
  private static func plan(asking client: KubernetesClient) async throws -> HealPlan {
    let first = ObjectKey(ConfigMap.kind, namespace: "shop", name: "first")
    let second = ObjectKey(ConfigMap.kind, namespace: "shop", name: "second")
    var uids: [String] = []
    for key in [first, second] {
      let uid = try await client.object(key, of: configMaps)[path: "metadata", "uid"]
      uids.append(uid?.stringValue ?? "")
    }
    let patch: JSONValue = [
      "metadata": ["uid": .string(uids[1])], "data": ["key": "new"],
    ]
    return HealPlan(
      cause: .request("test", cluster: "sim", object: first),
      subject: .object(first),
      cluster: "sim",
      remedy: "test",
      title: "Delete one, change the other",
      reason: "It is a test.",
      steps: [
        .delete(first, uid: ObjectUID(uids[0])), .patch(second, .merge(patch), kubectl: "patch"),
      ],
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "By the journal.",
      confirmation: .key("y")
    )
  }
}

/// Ends the program as `kill -9` does, when it has passed so many points.
private final class Death: Sendable {
  private let point: Int
  private let count = Mutex(0)

  init(at point: Int) { self.point = point }

  var passed: Int { count.withLock { $0 } }

  func pass() {
    let passed = count.withLock { count in
      defer { count += 1 }
      return count
    }
    if passed == point { kill(getpid(), SIGKILL) }
  }
}

private struct DyingJournal: HealMemory {
  let journal: JournalStore
  let death: Death

  func begin(_ intent: HealIntent) async throws(JournalFailure) -> HealIntent.ID {
    death.pass()
    let id = try await journal.begin(intent)
    death.pass()
    return id
  }

  func willSend(_ call: HealCall, of heal: HealIntent.ID) async throws(JournalFailure) {
    death.pass()
    try await journal.willSend(call, of: heal)
    death.pass()
  }

  func didSend(_ answer: HealAnswer, of heal: HealIntent.ID) async throws(JournalFailure) {
    death.pass()
    try await journal.didSend(answer, of: heal)
    death.pass()
  }

  func end(
    _ heal: HealIntent.ID,
    _ outcome: Healer.Outcome,
    at time: Timestamp
  ) async throws(JournalFailure) {
    death.pass()
    try await journal.end(heal, outcome, at: time)
    death.pass()
  }

  func prove(
    _ heal: HealIntent.ID,
    _ proof: HealProof,
    at time: Timestamp
  ) async throws(JournalFailure) { try await journal.prove(heal, proof, at: time) }

  func heals(
    of cluster: HealedCluster,
    since time: Timestamp
  ) async throws(JournalFailure) -> [PastHeal] {
    try await journal.heals(of: cluster, since: time)
  }

  func begin(_ batch: BatchIntent) async throws(JournalFailure) -> BatchIntent.ID {
    death.pass()
    let id = try await journal.begin(batch)
    death.pass()
    return id
  }

  func end(
    _ batch: BatchIntent.ID,
    _ reason: String,
    at time: Timestamp
  ) async throws(JournalFailure) {
    death.pass()
    try await journal.end(batch, reason, at: time)
    death.pass()
  }

  func reject(_ plans: [QueuedPlan], at time: Timestamp) async throws(JournalFailure) {
    try await journal.reject(plans, at: time)
  }

  func rejections() async throws(JournalFailure) -> Set<FindingID> {
    try await journal.rejections()
  }
}

private struct DyingAPI: ChangingAPI {
  let api: any ChangingAPI
  let death: Death

  func object(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue { try await api.object(key, of: resource) }

  func send(_ change: ChangeRequest) async throws(KubernetesError) -> JSONValue {
    death.pass()
    let answer = try await api.send(change)
    death.pass()
    return answer
  }

  func review(_ question: AccessQuestion) async throws(KubernetesError) -> AccessAnswer {
    try await api.review(question)
  }

  func userName() async throws(KubernetesError) -> String { try await api.userName() }
}

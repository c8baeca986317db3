import ClusterGraph
import GRDB
import Inspection
import KubernetesClient
import KubernetesObjects
import TestServers
import Testing
import WireFormats

@testable import Healing
@testable import Journal

@Suite struct HealJournalTests {
  @Test func healsAreCountedByHowTheyEnded() async throws {
    let journal = journal
    for outcome in [Healer.Outcome.accepted, .accepted, .refused("no")] {
      let id = try await journal.begin(intent())
      try await journal.end(id, outcome, at: noon + .seconds(2))
    }
    _ = try await journal.begin(intent())
    let counts = try await journal.healCounts(since: noon)
    #expect(
      counts == [
        HealCount(remedy: "delete-pod", outcome: "accepted", count: 2),
        HealCount(remedy: "delete-pod", outcome: "refused", count: 1),
      ]
    )
    #expect(try await journal.healCounts(since: noon + .seconds(3)) == [])
  }

  private let folder = try? TemporaryFolder()
  private let noon = Sample.noon

  private var journal: JournalStore { JournalStore(folder: (folder?.path ?? "") + "/kpatrol") }

  private static let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
  private static let backup: JSONValue = [
    "kind": "Pod", "metadata": ["name": "cart-1", "namespace": "shop", "uid": "u"],
  ]

  private func intent(
    _ cause: HealPlan.Cause = .finding(Sample.finding().id),
    verdicts: [GuardrailVerdict] = []
  ) throws -> HealIntent {
    let plan = HealPlan(
      cause: cause,
      subject: .object(Self.pod),
      cluster: "test",
      remedy: "delete-pod",
      title: "Delete Pod shop/cart-1",
      reason: "Its controller starts another.",
      steps: [.delete(Self.pod, uid: "u")],
      disruption: .onePod,
      blastRadius: BlastRadius([]),
      undo: "Cannot be undone.",
      confirmation: .typing("cart-1")
    ).judged(verdicts)
    let answer = plan.confirmation.expectedAnswer
    return HealIntent(
      try #require(ConfirmedPlan(plan, answer: answer, reason: "it is 3 a.m.")),
      server: "https://example.com",
      kubernetesUser: "jane",
      at: noon
    )
  }

  private func call(_ backup: JSONValue?) -> HealCall {
    HealCall(
      step: 0,
      time: noon + .seconds(1),
      target: Self.pod,
      method: "DELETE",
      path: "/api/v1/namespaces/shop/pods/cart-1",
      contentType: "application/json",
      body: ["preconditions": ["uid": "u"]],
      backup: backup
    )
  }

  private func answer(_ result: HealAnswer.Result) -> HealAnswer {
    HealAnswer(step: 0, time: noon + .seconds(2), result: result)
  }

  @Test func allOfAHealIsThereForAnotherProgram() async throws {
    let journal = journal
    let id = try await journal.begin(
      intent(verdicts: [.broken(.protectedNamespaces, "shop is one.")])
    )
    try await journal.willSend(call(Self.backup), of: id)
    try await journal.didSend(answer(.accepted(uid: "u", resourceVersion: "7")), of: id)
    try await journal.end(id, .accepted, at: noon + .seconds(3))
    try await journal.prove(id, .healed, at: noon + .seconds(9))
    try await journal.prove(id, .cameBack, at: noon + .seconds(99))
    let heal = try #require(try await self.journal.heal(id))
    #expect(heal.begun == noon && heal.ended == noon + .seconds(3) && heal.cluster == "test")
    #expect(heal.finding == Sample.finding().id.description && heal.undoes == nil)
    #expect(heal.kubernetesUser == "jane" && heal.author.contains("@"))
    #expect(heal.grade == "typed cluster and reason" && heal.reason == "it is 3 a.m.")
    #expect(
      heal.verdicts == [
        .init(rule: "Protected namespaces", isBroken: true, reason: "shop is one.")
      ]
    )
    #expect(heal.steps.map(\.summary) == ["Delete Pod shop/cart-1"])
    #expect(heal.steps.map(\.target) == [Self.pod])
    let call = try #require(heal.calls.first)
    #expect(call.backup == Self.backup && call.body == ["preconditions": ["uid": "u"]])
    #expect(call.answer == .accepted(uid: "u", resourceVersion: "7"))
    #expect(heal.proofs.map(\.text) == ["healed", "came back"])
    #expect(heal.outcomeInWords == "came back" && heal.outcome == .accepted)
  }

  /// What a policy begins without a person; it may begin two within the hour.
  private func intentOfPolicy(_ number: Int, at time: Timestamp) throws -> HealIntent {
    var policy = HealPolicy("idle Nodes", remedy: "uncordon-node")
    policy.isAutomatic = true
    policy.perHour = 2
    let node = ObjectKey(Node.kind, name: "node-\(number)")
    let plan = HealPlan(
      cause: .finding(Sample.finding(number).id),
      subject: .object(node),
      cluster: "test",
      remedy: "uncordon-node",
      title: "Uncordon it",
      reason: "It is idle.",
      steps: [.patch(node, .merge(["metadata": ["uid": "u"]]), kubectl: "uncordon")],
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "By the journal.",
      confirmation: .key("y")
    ).judged([.passed(.storm, "None.")])
    return HealIntent(
      try #require(ConfirmedPlan(plan, by: policy)),
      server: "https://example.com",
      kubernetesUser: nil,
      at: time
    )
  }

  @Test func programsTogetherBeginNoMoreThanAPolicyMay() async throws {
    // Each has its own connection to the file, and begins without having seen what others do.
    let intents = try (1...6).map { try intentOfPolicy($0, at: noon) }
    let journals = intents.map { _ in journal }
    let begun = await withTaskGroup(of: JournalFailure?.self) { group in
      for (journal, intent) in zip(journals, intents) {
        group.addTask {
          do throws(JournalFailure) {
            _ = try await journal.begin(intent)
            return nil
          } catch {
            return error
          }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(begun.count { $0 == nil } == 2)
    for failure in begun.compactMap(\.self) {
      #expect(failure.isRefusal)
      #expect(failure.reason.hasPrefix("Policy idle Nodes has begun 2 plans in test within"))
    }
    #expect(try await journal.entries(JournalQuery(kinds: [.heal])).count == 2)
    // What a person begins is not the policy's, and an hour later it may again.
    _ = try await journal.begin(intent())
    _ = try await journal.begin(intentOfPolicy(7, at: noon + .seconds(3601)))
  }

  @Test func whatWasConfirmedTogetherIsReadAsItWasWritten() async throws {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
    let wishes: [BatchIntent.Wish] = [
      .finding(Sample.finding().id, "delete-pod"), .request(.delete(.orphan), pod),
      .request(.scale(to: 3), pod), .request(.plain("restart"), pod), .other("Do it by hand."),
    ]
    let members = wishes.enumerated().map { index, wish in
      BatchIntent.Member(cluster: "test", title: "Plan \(index)\u{1b}[2J", wish: wish)
    }
    let journal = journal
    let id = try await journal.begin(BatchIntent(members, at: noon))
    let batch = try #require(try await self.journal.batch(id))
    #expect(batch.members.map(\.intent) == members && batch.open == members)
    #expect(batch.progress == "0 of 5 done, 5 not begun" && batch.cluster == "test")
    #expect(batch.outcomeInWords == "under way: 0 of 5 done, 5 not begun")
    #expect(try await journal.interruptedBatches().isEmpty, "Its program runs.")
    try await journal.end(id, "The first failed.", at: noon + .seconds(1))
    let ended = try #require(try await journal.batch(id))
    #expect(ended.outcomeInWords == "0 of 5 done, 5 not begun")
    #expect(ended.reason == "The first failed." && ended.ended == noon + .seconds(1))
    let entries = try await journal.entries(JournalQuery(cluster: "test", kinds: [.batch]))
    #expect(entries.map(\.id) == ["batch-1"])
    #expect(try await journal.entries(JournalQuery(cluster: "x", kinds: [.batch])).isEmpty)
  }

  @Test func howAHealEndedIsToldInWords() async throws {
    let journal = journal
    let ends: [(Healer.Outcome, String)] = [
      (.accepted, "accepted, not proved"), (.refused("No."), "refused: No."),
      (.aborted(stepsDone: 1), "aborted after 1 steps"),
      (.failed(stepsDone: 0, "Gone."), "failed after 0 steps: Gone."),
    ]
    for (outcome, words) in ends {
      let id = try await journal.begin(intent())
      #expect(try await journal.heal(id)?.outcomeInWords == "under way")
      try await journal.end(id, outcome, at: noon)
      // Whatever comes later is about another end.
      try await journal.end(id, .refused("late"), at: noon)
      #expect(try await journal.heal(id)?.outcomeInWords == words)
    }
    #expect(try await journal.interruptedHeals().isEmpty)
  }

  @Test func anUndoAndWhatItTakesBackNameEachOther() async throws {
    let journal = journal
    let first = try await journal.begin(intent())
    try await journal.end(first, .accepted, at: noon)
    let undo = try await journal.begin(intent(.undo(first, cluster: "test")))
    try await journal.end(undo, .accepted, at: noon)
    #expect(try await journal.heal(first)?.undoneBy == [undo])
    #expect(try await journal.heal(undo)?.undoes == first)
    let outcomes = try await journal.entries(JournalQuery(kinds: [.heal])).map(\.outcome)
    #expect(
      outcomes == ["accepted, not proved", "accepted, not proved; undone by \(undo)"]
    )
  }

  @Test func whatCannotBeWrittenIsRefusedWithWhatToDo() async throws {
    let path = try #require(folder).write("kpatrol/journal.sqlite", "no database\n")
    let failure = await #expect(throws: JournalFailure.self) {
      _ = try await journal.begin(intent())
    }
    #expect(
      failure?.reason
        == "\(path) is damaged (file is not a database). Move it away; a new one is begun then."
    )
    try await HealerRefusal.check(journal)
  }

  @Test func aFullDiskRefusesToHealAndIsToldWithWhatToDo() async throws {
    let journal = journal
    let file = try await journal.database()
    // SQLite itself says then that the disk is full.
    try await file.maintain { database in
      let count = try Int.fetchOne(database, sql: "PRAGMA page_count") ?? 0
      try database.execute(sql: "PRAGMA max_page_count = \(count)")
    }
    let failure = await #expect(throws: JournalFailure.self) {
      for _ in 0..<1000 { _ = try await journal.begin(intent()) }
    }
    #expect(
      failure?.reason
        == "\(file.path): the disk is full. Free some space, then try again."
    )
    #expect(await journal.problem() == nil, "What is there can be read on.")
  }

  @Test func aHealIsExportedWithoutWhatSteersATerminal() async throws {
    let journal = journal
    let id = try await journal.begin(intent())
    try await journal.willSend(call(Self.backup), of: id)
    try await journal.add(
      FindingsHistory.Batch(changes: [.raised(Sample.finding(), at: noon)])
    )
    try await journal.add([
      FindingNote(
        .muted(until: noon),
        Sample.finding().id,
        author: "ann",
        time: noon,
        reason: "\u{9b}x\u{202e}"
      )
    ])
    let lines = Shared<[String]>([])
    try await journal.export { line in lines.change { $0.append(line) } }
    #expect(lines.value.count == 3)
    for line in lines.value {
      #expect(line.dropLast().unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value < 0x7f })
    }
    let values = try lines.value.map { try JSONValue(parsing: Array($0.utf8)) }
    #expect(values.map { $0["type"] } == ["finding", "note", "heal"])
    #expect(values[1]["reason"] == "\u{9b}x\u{202e}")
    #expect(values[2]["steps"]?[0]?["backup"] == Self.backup)
    #expect(values[2]["id"] == .integer(id.number) && values[2]["outcome"] == nil)
  }
}

/// What becomes of a plan where the journal cannot be written.
private enum HealerRefusal {
  static func check(_ journal: JournalStore) async throws {
    let api = CountingAPI()
    let healer = Healer(
      api: api,
      server: "https://example.com",
      judge: { _, _ in [] },
      journal: journal,
      now: { Sample.noon }
    )
    let plan = HealPlan(
      cause: .finding(Sample.finding().id),
      subject: .object(ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")),
      cluster: "test",
      remedy: "delete-pod",
      title: "Delete",
      reason: "",
      steps: [.delete(ObjectKey(Pod.kind, namespace: "shop", name: "cart-1"), uid: "u")],
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "",
      confirmation: .key("y")
    )
    let confirmed = try #require(ConfirmedPlan(plan, answer: "y"))
    let outcome = await healer.execute(confirmed, resources: [:])
    guard case .refused(let reason) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(reason.contains("is damaged"))
    #expect(api.changes.value == 0)
  }
}

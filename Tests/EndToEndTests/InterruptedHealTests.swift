import Healing
import Journal
import KubernetesObjects
import Monitoring
import SimulatedCluster
import TestServers
import Testing

/// A program that is killed in the middle of a heal.
@Suite(.fewAtOnce) struct InterruptedHealTests {
  @Test(
    "Killed at any point, nothing is lost and nothing done twice",
    arguments: 0...HealingProgram.points
  )
  func killed(point: Int) async throws {
    let program = try await HealingProgram.start()
    let wasKilled = try await program.heal(dyingAt: point)
    #expect(wasKilled == (point < HealingProgram.points))

    // The next start.
    let journal = JournalStore(folder: program.journalFolder)
    let changes = program.changes
    let interrupted = try await journal.interruptedHeals()
    guard let record = try await journal.heal(HealIntent.ID(1)) else {
      #expect(point == 0, "What is not written down was not begun.")
      #expect(changes.isEmpty)
      return await program.cluster.stop()
    }
    let isOver = point >= HealingProgram.points - 1
    #expect(interrupted.map(\.id) == (isOver ? [] : [record.id]))
    #expect(record.outcome == (isOver ? .accepted : nil))

    // Whatever was changed was written down before, with how it was.
    #expect(changes == Array(["DELETE", "PATCH"].prefix(changes.count)))
    #expect(record.calls.count >= changes.count)
    for (call, old) in zip(record.calls, program.before) { #expect(call.backup == old) }

    // What a call without an answer came to is told as it is.
    for (index, call) in record.undone.calls.enumerated() {
      let arrived = index < changes.count
      guard call.isAccepted == nil else {
        #expect(arrived)
        continue
      }
      let sentence = call.arrival(program.object(call.target.name))
      #expect(sentence.hasSuffix("did not arrive.") == !arrived, "\(sentence)")
    }

    try await journal.noteInterruption(of: record.id, "told", at: record.begun)
    #expect(try await journal.interruptedHeals().isEmpty, "It is told once.")
    #expect(program.changes == changes, "Nothing is done again.")
    await program.cluster.stop()
  }

  @Test(
    "Killed in the middle of a batch, what was done is known, and what was not begun is not",
    arguments: HealingProgram.endOfFirstPlan...HealingProgram.endOfFirstPlan
      + HealingProgram.pointsOfPlan
  )
  func killedInABatch(point: Int) async throws {
    let program = try await HealingProgram.start()
    #expect(try await program.heal(dyingAt: point, asBatch: true))
    let changes = program.changes
    let journal = JournalStore(folder: program.journalFolder)
    let first = try #require(try await journal.heal(HealIntent.ID(1)))
    #expect(first.outcome == .accepted && first.place == BatchPlace(number: 1, count: 3))
    #expect(program.object("first") == nil && program.object("third") != nil)
    #expect(try await journal.heal(HealIntent.ID(3)) == nil)

    let second = try await journal.heal(HealIntent.ID(2))
    #expect(changes.count <= (second?.calls.isEmpty == false ? 2 : 1))
    #expect((program.object("second") == nil) == (changes.count == 2))
    let interrupted = try await journal.interruptedHeals()
    // Whatever was begun and not ended is told, with what is behind it.
    #expect(interrupted.map(\.id) == (second.map { $0.outcome == nil ? [$0.id] : [] } ?? []))
    for heal in interrupted {
      let after = " It was 2 of 3 confirmed together: those after it were not begun."
      #expect(heal.afterInterruption == after)
    }
    // The batch was written down before its first plan, and tells the rest.
    let batch = try #require(try await journal.interruptedBatches().first)
    #expect(first.batch == batch.id && batch.members.map(\.heal) == [first.id, second?.id, nil])
    let isDone = second?.outcome == .accepted
    #expect(
      batch.progress
        == (second == nil
          ? "1 of 3 done, 2 not begun"
          : isDone ? "2 of 3 done, 1 not begun" : "1 of 3 done, 1 begun and not done, 1 not begun")
    )
    #expect(
      batch.open.map(\.title) == batch.members.suffix(second == nil ? 2 : 1).map(\.intent.title)
    )
    #expect(batch.open.last?.title == "Delete ConfigMap shop/third")
    await program.cluster.stop()
  }

  @Test(
    "Killed before the first plan of a batch, nothing was done, and all of it is offered anew",
    arguments: 0...HealingProgram.pointsBeforePlans
  )
  func killedBeforeABatch(point: Int) async throws {
    let program = try await HealingProgram.start()
    #expect(try await program.heal(dyingAt: point, asBatch: true))
    let journal = JournalStore(folder: program.journalFolder)
    #expect(program.changes.isEmpty)
    #expect(try await journal.heal(HealIntent.ID(1)) == nil)
    let batches = try await journal.interruptedBatches()
    #expect(batches.map(\.progress) == (point == 0 ? [] : ["0 of 3 done, 3 not begun"]))
    await program.cluster.stop()
  }

  @Test func whatWasNotBegunIsPlannedAnewAndNeverBlind() async throws {
    let program = try await HealingProgram.start()
    #expect(try await program.heal(dyingAt: HealingProgram.endOfFirstPlan, asBatch: true))
    let journal = JournalStore(folder: program.journalFolder)
    let batch = try #require(try await journal.interruptedBatches().first)
    try #require(batch.open.count == 2)
    // Meanwhile one of them is deleted by somebody else.
    _ = program.cluster.remove("configmaps", namespace: "shop", name: "second")
    let sent = program.changes
    try await program.withFleet(journal) { fleet in
      let proposals = await fleet.proposals(for: batch.open)
      #expect(proposals.first == .unavailable("ConfigMap shop/second is gone already."))
      guard case .plan(let plan)? = proposals.last else {
        Issue.record("\(proposals)")
        return
      }
      #expect(plan.title == "Delete ConfigMap shop/third")
      #expect(program.changes == sent, "Nothing is done before it is confirmed.")
      await fleet.heal(
        try #require(ConfirmedPlan(plan, answer: plan.confirmation.expectedAnswer))
      )
      #expect(program.object("third") == nil)
    }
    try await journal.end(batch.id, "It was told.", at: batch.begun)
    #expect(try await journal.interruptedBatches().isEmpty, "It is told once.")
    await program.cluster.stop()
  }
}

import Healing
import Inspection
import SimulatedCluster
import TestServers
import Testing

@testable import Monitoring

/// Each remedy, from its plan to the watch stream's word.
@Suite(.fewAtOnce, .timeLimit(.minutes(20))) struct RemedyExecutionTests {
  @Test func everyRemedyHasACase() {
    #expect(RemedyCase.all.map(\.remedy) == Remedies.all.map(\.id))
  }

  private func plan(
    _ fault: RemedyCase,
    for finding: Finding,
    in world: FaultyWorld
  ) async throws -> HealPlan {
    let proposal = await world.proposal(of: fault, for: finding)
    guard case .plan(let plan) = proposal else {
      Issue.record("\(fault.remedy) has no plan: \(proposal)")
      throw CancellationError()
    }
    return plan
  }

  private func confirm(_ plan: HealPlan) throws -> ConfirmedPlan {
    let answer = plan.confirmation.expectedAnswer
    return try #require(ConfirmedPlan(plan, answer: answer, reason: "It is a test."))
  }

  @Test("It plans, and its finding is resolved", arguments: RemedyCase.all)
  func heals(_ fault: RemedyCase) async throws {
    try await FaultyWorld.with(fault) { world, finding in
      let plan = try await plan(fault, for: finding, in: world)
      #expect(plan.title == fault.title)
      #expect(!plan.reason.isEmpty && !plan.undo.isEmpty)
      #expect(world.changes.isEmpty, "Whoever plans changes nothing.")
      let rehearsal = await world.monitor.rehearse(plan)
      #expect(rehearsal.refusal == nil && world.changes.isEmpty)

      await world.monitor.heal(try confirm(plan))
      #expect(world.changes.count == fault.calls)
      try await fault.controllers(world)
      let isShown = await eventually {
        await world.monitor.heal(plan.id)?.isUnderWay == false
      }
      #expect(isShown)
      switch (await world.monitor.heal(plan.id), fault.end) {
      case (.healed, .healed):
        #expect(await !world.monitor.findings().contains { $0.id == finding.id })
      case (.done, .done): break
      case (let state, _): Issue.record("\(state?.sentence ?? "forgotten")")
      }
      #expect(world.changes.count == fault.calls, "Nothing is done twice.")
    }
  }

  @Test("What changed in between is left alone", arguments: RemedyCase.all)
  func changedMeanwhile(_ fault: RemedyCase) async throws {
    try await FaultyWorld.with(fault) { world, finding in
      let plan = try await plan(fault, for: finding, in: world)
      if let meanwhile = fault.meanwhile {
        try await meanwhile(world)
      } else {
        try await world.replaceTarget(of: try #require(plan.steps.first))
      }
      await world.monitor.heal(try confirm(plan))
      switch await world.monitor.heal(plan.id) {
      case .outdated, .failed(_, stepsDone: 0, _): break
      case .waitingForProof, .didNotHelp: #expect(fault.isDoneByItself)
      case let state: Issue.record("\(state?.sentence ?? "nothing")")
      }
      #expect(world.changes.isEmpty)
    }
  }

  @Test("Without permission nothing is done, and it is said why", arguments: RemedyCase.all)
  func mayNot(_ fault: RemedyCase) async throws {
    let user = fault.permission == .inventory ? nil : FaultyWorld.reader
    try await FaultyWorld.with(fault, as: user) { world, finding in
      switch (fault.permission, await world.proposal(of: fault, for: finding)) {
      case (.server, .refused(let plan, let reason)):
        #expect(reason.hasPrefix("You may not "))
        // Whoever does it nevertheless is refused by the server.
        await world.monitor.heal(try confirm(plan))
        guard case .failed(_, stepsDone: 0, let reason) = await world.monitor.heal(plan.id) else {
          Issue.record("\(await world.monitor.heal(plan.id)?.sentence ?? "nothing")")
          return
        }
        #expect(reason.contains("reader"), "\(reason)")
        #expect(world.changes.isEmpty)
      case (.inventory, .plan(let plan)):
        world.cluster.inject(
          .status(403),
          on: RequestMatcher(verbs: ["patch"], path: "/netbox")
        )
        await world.monitor.heal(try confirm(plan))
        guard case .failed(_, stepsDone: 0, let reason) = await world.monitor.heal(plan.id) else {
          Issue.record("\(await world.monitor.heal(plan.id)?.sentence ?? "nothing")")
          return
        }
        #expect(reason.contains("403"), "\(reason)")
        #expect(world.changes.isEmpty)
      case (.nobody, .plan(let plan)):
        // Whoever may look may have the picture compared.
        #expect(await plan.permissions(world.monitor.resources).isEmpty)
        await world.monitor.heal(try confirm(plan))
        let isHealed = await eventually {
          if case .healed = await world.monitor.heal(plan.id) { true } else { false }
        }
        #expect(isHealed && world.changes.isEmpty)
      case (_, let proposal): Issue.record("\(proposal)")
      }
    }
  }
}

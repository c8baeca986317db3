import CloudEvents
import Foundation
import HTTP
import Healing
import Inspection
import Journal
import KubernetesObjects
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import EventDelivery

/// Heals are told of once they are written down.
@Suite struct HealEventTests {
  private static let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")

  private static func intent() throws -> HealIntent {
    let plan = HealPlan(
      cause: .finding(Sample.finding().id),
      subject: .object(pod),
      cluster: "prod",
      remedy: "delete-pod",
      title: "Delete Pod shop/cart-1",
      reason: "Its controller starts another.",
      steps: [.delete(pod, uid: "u")],
      disruption: .onePod,
      blastRadius: BlastRadius([]),
      undo: "Cannot be undone.",
      confirmation: .typing("cart-1")
    ).judged([])
    let answer = plan.confirmation.expectedAnswer
    return HealIntent(
      try #require(ConfirmedPlan(plan, answer: answer)),
      server: "https://example.com",
      kubernetesUser: "jane",
      at: Sample.noon
    )
  }

  /// What is in the outbox once a journal was told something.
  private func events(
    _ body: (TellingJournal) async throws -> Void
  ) async throws -> [CloudEvent] {
    let folder = try TemporaryFolder()
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let environment = ["K_SINK": "http://127.0.0.1:1"]
    let delivery = EventDelivery(
      try #require(try EventSink(EventSettings(), environment: environment)),
      folder: folder.path,
      eventLoop: eventLoop,
      userAgent: "kpatrol/test",
      environment: [:],
      say: { _ in }
    )
    try await body(TellingJournal(JournalStore.inMemory, delivery))
    return try await Outbox(folder: folder.path).next(worker: 0, of: 1, limit: 100).map(\.event)
  }

  @Test func aHealIsPlannedExecutedAndProved() async throws {
    let events = try await events { journal in
      let id = try await journal.begin(try Self.intent())
      try await journal.end(id, .accepted, at: Sample.noon + .seconds(1))
      try await journal.prove(id, .healed, at: Sample.noon + .seconds(9))
    }
    #expect(
      events.map(\.type) == [
        "io.kpatrol.heal.planned", "io.kpatrol.heal.executed", "io.kpatrol.heal.proved",
      ]
    )
    let first = try #require(events.first)
    #expect(first.subject == "Pod/shop/cart-1" && first.source == "/kpatrol/clusters/prod")
    #expect(first.extensions["finding"] == Sample.finding().id.description)
    #expect(first.json["data"]?["title"] == "Delete Pod shop/cart-1")
    #expect(events.last?.json["data"]?["outcome"] == "healed")
    #expect(Set(events.map(\.id)).count == 3)
    #expect(Set(events.compactMap { $0.extensions["partitionkey"] }).count == 1)
  }

  @Test(
    "What came to nothing failed",
    arguments: [
      (Healer.Outcome.refused("no"), "refused: no"),
      (.aborted(stepsDone: 1), "aborted after 1 steps"),
      (.failed(stepsDone: 0, "gone"), "failed after 0 steps: gone"),
    ]
  )
  func failed(outcome: Healer.Outcome, words: String) async throws {
    let events = try await events { journal in
      let id = try await journal.begin(try Self.intent())
      try await journal.end(id, outcome, at: Sample.noon)
    }
    #expect(events.last?.type == "io.kpatrol.heal.failed")
    #expect(events.last?.json["data"]?["outcome"] == .string(words))
  }

  @Test func whatDidNotHelpFailedInTheEnd() async throws {
    let events = try await events { journal in
      let id = try await journal.begin(try Self.intent())
      try await journal.end(id, .accepted, at: Sample.noon)
      try await journal.prove(id, .didNotHelp, at: Sample.noon)
    }
    #expect(events.map { $0.type.split(separator: ".").last } == ["planned", "executed", "failed"])
  }
}

import HTTP
import Inspection
import KubernetesObjects
import Logging
import Monitoring
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import Agent

/// Receivers that are told of findings over HTTP, and that fail.
@Suite(.fewAtOnce) struct NotifierServingTests {
  private func withNotifier(
    of receiver: (String) -> NotificationSettings.Receiver,
    filter: String = "",
    keeping changes: Int = FindingLedger.keptChanges,
    answering handler: @escaping ScriptedServer.Handler,
    _ body: (FindingLedger, ScriptedServer, Notifier) async throws -> Void
  ) async throws {
    let server = try ScriptedServer(handler)
    defer { server.stop() }
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    var settings = NotificationSettings(name: "chat", receiver: receiver(server.url))
    settings.filter = filter
    let ledger = FindingLedger(instance: "a", keeping: changes)
    let notifier = try Notifier(
      settings,
      ledger,
      NotificationSender(settings, on: eventLoop, userAgent: "kpatrol/test", environment: [:]),
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
    let running = Task { await notifier.run() }
    let isListening = await eventually { await ledger.followerCount == 1 }
    #expect(isListening)
    try await body(ledger, server, notifier)
    running.cancel()
    await running.value
  }

  private func bodies(_ server: ScriptedServer) throws -> [JSONValue] {
    try server.requests.map { try JSONValue(parsing: $0.body) }
  }

  @Test func anAlertmanagerHearsOfWhatHoldsAndOfItsEnd() async throws {
    try await withNotifier(
      of: { .alertmanager(url: $0 + "/am/") },
      filter: "severity:critical",
      answering: { _ in [.answer("")] }
    ) { ledger, server, _ in
      let critical = KnownFinding.sample(1, severity: .critical)
      await ledger.take(FindingsNews(changed: [critical, .sample(2)]), inspected: [])
      let isTold = await eventually { !server.requests.isEmpty }
      #expect(isTold)
      await ledger.take(FindingsNews(gone: [critical, .sample(2)]))
      let isOver = try await eventually { try bodies(server).count == 2 }
      #expect(isOver)
      #expect(server.requests.allSatisfy { $0.path == "/am/api/v2/alerts" })
      let alerts = try bodies(server).map { $0.arrayValue ?? [] }
      // Not those that the filter leaves out.
      #expect(alerts.map(\.count) == [1, 1])
      let (first, second) = (alerts[0].first, alerts[1].first)
      #expect(first?["labels"] == second?["labels"])
      #expect((first?["endsAt"]?.stringValue ?? "") > (second?["endsAt"]?.stringValue ?? ""))
    }
  }

  @Test func whatEndedAmongForgottenChangesIsOver() async throws {
    try await withNotifier(
      of: { .alertmanager(url: $0) },
      keeping: 1,
      answering: { _ in [.answer("")] }
    ) { ledger, server, _ in
      await ledger.take(FindingsNews(changed: [.sample(1)]))
      let isTold = await eventually { !server.requests.isEmpty }
      #expect(isTold)
      await ledger.take(FindingsNews(changed: [.sample(2), .sample(3)], gone: [.sample(1)]))
      let areAllTold = try await eventually {
        try bodies(server).flatMap { $0.arrayValue ?? [] }.count == 4
      }
      #expect(areAllTold)
      let told = try bodies(server).flatMap { $0.arrayValue ?? [] }
        .filter { $0["labels"]?["name"] == "pod-1" }.compactMap { $0["endsAt"]?.stringValue }
      #expect(told.count == 2 && told[0] > told[1])
    }
  }

  @Test func aWebhookThatFailsIsToldAgain() async throws {
    let count = Shared(0)
    try await withNotifier(
      of: { .webhook(url: $0) },
      answering: { _ in
        count.change { $0 += 1 }
        return [.answer("", status: count.value == 1 ? 503 : 200)]
      }
    ) { ledger, server, notifier in
      // What was there before is no news.
      await ledger.take(FindingsNews(changed: [.sample(1)]), inspected: [])
      await ledger.take(FindingsNews(changed: [.sample(2)]))
      let isTold = await eventually { server.requests.count == 2 }
      #expect(isTold)
      let told = try bodies(server)
      #expect(told.first == told.last)
      #expect(told.last?["raised"]?.arrayValue?.first?[path: "subject", "name"] == "pod-2")
      let areCounted = await eventually {
        let samples = await notifier.metricFamilies().flatMap(\.samples)
        return samples.map(\.value) == [1, 1, 0]
      }
      let values = await notifier.metricFamilies().flatMap(\.samples).map(\.value)
      #expect(areCounted, "\(values)")
    }
  }

  @Test func whatIsRefusedForGoodIsNotRepeated() async throws {
    try await withNotifier(
      of: { .webhook(url: $0) },
      answering: { _ in [.answer("", status: 422)] }
    ) { ledger, server, notifier in
      await ledger.take(FindingsNews(changed: [.sample(1)]))
      let isCounted = await eventually {
        await notifier.metricFamilies().flatMap(\.samples).map(\.value) == [0, 0, 1]
      }
      #expect(isCounted)
      #expect(server.requests.count == 1)
    }
  }

  @Test func aFilterThatCannotBeIsTold() throws {
    var settings = NotificationSettings(name: "chat", receiver: .webhook(url: "http://a"))
    settings.filter = "severty:critical"
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let sender = NotificationSender(settings, on: eventLoop, userAgent: "", environment: [:])
    let error = try #require(throws: Notifier.Mistake.self) {
      try Notifier(
        settings,
        FindingLedger(instance: "a"),
        sender,
        logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
      )
    }
    #expect(error.reason.contains("severty"))
  }
}

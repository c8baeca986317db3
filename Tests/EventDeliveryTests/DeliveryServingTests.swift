import CloudEvents
import Foundation
import HTTP
import Inspection
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import EventDelivery

/// Sinks that obey Knative's contract of the data plane, and sinks that break each line of it.
@Suite(.fewAtOnce) struct DeliveryServingTests {
  /// A sink that answers each event's attempts in turn as a test says, and takes it then.
  private final class Sink: Sendable {
    let taken = Shared<[String]>([])
    let attempts = Shared<[String: [ContinuousClock.Instant]]>([:])
    let requests = Shared<[ScriptedServer.Request]>([])
    let server: ScriptedServer

    init(_ failures: [[ScriptedServer.Action]] = []) throws {
      let (taken, attempts, requests) = (taken, attempts, requests)
      server = try ScriptedServer { request in
        requests.change { $0.append(request) }
        let id = request.headers["ce-id"] ?? "batch"
        let attempt = attempts.change { attempts in
          attempts[id, default: []].append(.now)
          return attempts[id]?.count ?? 1
        }
        guard attempt > failures.count else { return failures[attempt - 1] }
        taken.change { $0.append(request.headers["ce-subject"] ?? "batch") }
        return [.answer("", status: 202)]
      }
    }

    deinit { server.stop() }
  }

  private func withDelivery(
    to url: String,
    folder: String? = nil,
    takeReply: @escaping EventDelivery.ReplyTaker = { _ in },
    change: (inout EventSettings) -> Void = { _ in },
    _ body: (EventDelivery) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    var settings = EventSettings()
    settings.sink = url
    settings.timeout = .milliseconds(500)
    change(&settings)
    let sink = try #require(try EventSink(settings, environment: [:]))
    let delivery = EventDelivery(
      sink,
      folder: folder,
      eventLoop: eventLoop,
      userAgent: "kpatrol/test",
      environment: [:],
      backoff: DeliveryBackoff(first: .milliseconds(20), longest: .milliseconds(100)),
      say: { _ in },
      takeReply: takeReply
    )
    let running = Task { await delivery.run(following: nil) }
    try await body(delivery)
    running.cancel()
    await running.value
  }

  @Test func eachEventIsARequestThatWantsAReply() async throws {
    let sink = try Sink()
    try await withDelivery(to: sink.server.url) { delivery in
      await delivery.write([Sample.there(1), Sample.there(2)])
      await expectSoon { sink.taken.value.count == 2 }
      let isEmpty = await eventually { await delivery.status().waiting.events == 0 }
      #expect(isEmpty)
      let sent = await delivery.status().sink.sent
      #expect(sent == ["io.kpatrol.finding.raised": 2])
    }
    let request = try #require(sink.requests.value.first)
    #expect(request.headers["prefer"] == "reply" && request.method == "POST")
    #expect(request.headers["ce-specversion"] == "1.0")
    #expect(request.headers["content-type"] == "application/json")
  }

  @Test(
    "What the contract has sent again is sent until it is taken, and nothing of it overtakes",
    arguments: [404, 408, 409, 429, 500, 502, 503, 301, 307, 401, 403, 405, -1, 0]
  )
  func retries(status: Int) async throws {
    let failure: [ScriptedServer.Action] =
      switch status {
      case -1: [.cut]
      // No answer in time.
      case 0: [.hold]
      default: [.answer("", status: status, headers: ["Location": "http://127.0.0.1:1/"])]
      }
    let sink = try Sink([failure])
    try await withDelivery(to: sink.server.url) { delivery in
      await delivery.write([Sample.there(1), Sample.over(1)])
      let isTurnedAway = [301, 307, 401, 403, 405].contains(status)
      if isTurnedAway {
        // It is tried again in half a minute: until then it waits, and is not lost.
        await expectSoon { await delivery.status().sink.failingSince != nil }
        let waiting = await delivery.status().waiting.events
        #expect(waiting == 2 && sink.taken.value.isEmpty)
      } else {
        await expectSoon { sink.taken.value.count == 2 }
        #expect(sink.attempts.value.values.allSatisfy { $0.count == 2 })
        let order = sink.requests.value.map { $0.headers["ce-type"]?.hasSuffix("raised") }
        #expect(order == [true, true, false, false])
      }
    }
  }

  @Test(
    "What is refused is counted, and holds up nothing",
    arguments: [400, 410, 413, 415, 422]
  )
  func refusals(status: Int) async throws {
    let server = try ScriptedServer { request in
      let isBad = request.headers["ce-subject"] == "Pod/shop/pod-1"
      return [.answer("", status: isBad ? status : 202)]
    }
    try await withDelivery(to: server.url) { delivery in
      await delivery.write([Sample.there(1), Sample.there(2)])
      await expectSoon { await delivery.status().waiting.events == 0 }
      let status = await delivery.status().sink
      #expect(status.refused == ["io.kpatrol.finding.raised": 1])
      #expect(status.sent == ["io.kpatrol.finding.raised": 1])
    }
    #expect(server.requests.count == 2)
    server.stop()
  }

  @Test func aSinkThatIsOverloadedSaysHowLongItIsSpared() async throws {
    let sink = try Sink([[.answer("", status: 429, headers: ["Retry-After": "1"])]])
    try await withDelivery(to: sink.server.url) { delivery in
      await delivery.write([Sample.there(1)])
      await expectSoon { sink.taken.value.count == 1 }
    }
    let times = try #require(sink.attempts.value.values.first)
    #expect(times[1] - times[0] >= .milliseconds(950))
  }

  @Test func ofABatchThatIsRefusedTheOthersAreSentByThemselves() async throws {
    let bodies = Shared<[Int]>([])
    let server = try ScriptedServer { request in
      let events = (try? JSONValue(parsing: request.body).arrayValue) ?? []
      bodies.change { $0.append(events.count) }
      let isBad = events.contains { $0["subject"] == "Pod/shop/pod-2" }
      return [.answer("", status: isBad ? 400 : 202)]
    }
    try await withDelivery(
      to: server.url,
      change: { settings in
        settings.mode = .batch
        settings.concurrency = 1
      }
    ) { delivery in
      await delivery.write((1...3).map { Sample.there($0) })
      await expectSoon { await delivery.status().waiting.events == 0 }
      let status = await delivery.status().sink
      #expect(status.refused.values.reduce(0, +) == 1 && status.sent.values.reduce(0, +) == 2)
    }
    #expect(bodies.value == [3, 1, 1, 1])
    server.stop()
  }

  @Test func aReplyIsTakenWithTwoHundredAlone() async throws {
    let replies = Shared<[String]>([])
    let reply = EventMessage(
      [CloudEvent(id: "r", source: "/checks/x", type: "io.kpatrol.finding", data: .json([:]))],
      as: .structured
    )
    let server = try ScriptedServer { request in
      let isOne = request.headers["ce-subject"] == "Pod/shop/pod-1"
      let headers = ["Content-Type": reply.headers["Content-Type"] ?? ""]
      return [.answer(reply.body, status: isOne ? 200 : 202, headers: headers)]
    }
    let take: EventDelivery.ReplyTaker = { read in
      replies.change { $0 += read.events.map(\.id) }
    }
    try await withDelivery(to: server.url, takeReply: take) { delivery in
      await delivery.write([Sample.there(1), Sample.there(2)])
      await expectSoon { await delivery.status().waiting.events == 0 }
    }
    #expect(replies.value == ["r"])
    server.stop()
  }

  @Test func aSlowSinkIsAskedBySoManyAtOnceAndNoMore() async throws {
    let (open, most) = (Shared(0), Shared(0))
    let server = try ScriptedServer { _ in
      let count = open.change { open in
        open += 1
        return open
      }
      most.change { $0 = max($0, count) }
      usleep(50_000)
      open.change { $0 -= 1 }
      return [.answer("", status: 202)]
    }
    try await withDelivery(
      to: server.url,
      change: { settings in
        settings.concurrency = 3
      }
    ) { delivery in
      await delivery.write((1...30).map { Sample.there($0) })
      await expectSoon { await delivery.status().waiting.events == 0 }
    }
    #expect(most.value == 3)
    server.stop()
  }

  @Test func whatCouldNotBeSentIsSentByTheNextProgram() async throws {
    let folder = try TemporaryFolder()
    let dead = try Sink(Array(repeating: [.cut], count: 1_000))
    try await withDelivery(to: dead.server.url, folder: folder.path) { delivery in
      await delivery.write([Sample.there(1), Sample.over(1)])
      await expectSoon { await delivery.status().sink.failingSince != nil }
    }
    let sink = try Sink()
    try await withDelivery(to: sink.server.url, folder: folder.path) { delivery in
      await expectSoon { await delivery.status().waiting.events == 0 }
    }
    let types = sink.requests.value.compactMap { $0.headers["ce-type"] }
    #expect(types == ["io.kpatrol.finding.raised", "io.kpatrol.finding.resolved"])
  }

  @Test func ofTwoProgramsOneSends() async throws {
    let folder = try TemporaryFolder()
    let sink = try Sink()
    try await withDelivery(to: sink.server.url, folder: folder.path) { first in
      try await withDelivery(to: sink.server.url, folder: folder.path) { second in
        for number in 1...20 {
          await first.write([Sample.there(number)])
          await second.write([Sample.there(number), Sample.over(number)])
        }
        await expectSoon { await first.status().waiting.events == 0 }
        // Which of them began first is open.
        let sent = [await first.status().sink.sent, await second.status().sink.sent]
        #expect(sent.map { $0.values.reduce(0, +) }.sorted() == [0, 40])
      }
    }
    #expect(sink.requests.value.count == 40)
  }

  @Test func whatIsWrittenBeforeTheEndIsSentBeforeIt() async throws {
    let sink = try Sink()
    try await withDelivery(to: sink.server.url) { delivery in
      await delivery.write((1...50).map { Sample.there($0) })
    }
    #expect(sink.taken.value.count == 50)
  }

  @Test("Python's cloudevents reads them", arguments: RemoteCheckSettings.Mode.allCases)
  func python(mode: RemoteCheckSettings.Mode) async throws {
    try PythonServer.setUp()
    let server = try await PythonServer(PythonServer.sink)
    try await withDelivery(
      to: server.url,
      change: { settings in
        settings.mode = mode
        settings.timeout = .seconds(20)
      }
    ) { delivery in
      await delivery.write([Sample.there(1, "Pod „shop/pod-1“ 100%\u{1b}"), Sample.over(1)])
      await expectSoon { await delivery.status().waiting.events == 0 }
      let status = await delivery.status().sink
      #expect(status.refused.isEmpty)
    }
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    let answer = try await HTTPClient(eventLoop: eventLoop)
      .response(to: HTTPRequest(.get, server.url))
    let events = try JSONValue(parsing: answer.body).arrayValue ?? []
    #expect(
      events.map { $0["attributes"]?["type"] } == [
        "io.kpatrol.finding.raised", "io.kpatrol.finding.resolved",
      ]
    )
    let first = try #require(events.first)
    #expect(first["attributes"]?["subject"] == "Pod/shop/pod-1")
    #expect(first["attributes"]?["severity"] == "warning")
    #expect(first["attributes"]?["traceparent"]?.stringValue?.hasPrefix("00-") == true)
    #expect(first["data"]?["message"] == "Pod „shop/pod-1“ 100%\u{1b}")
    server.die()
  }
}

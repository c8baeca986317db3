import CloudEvents
import HTTP
import TestServers
import Testing
import WireFormats

/// What is made of answers, by Knative's contract of the data plane.
@Suite struct DeliveryTests {
  @Test(
    "Each status has its meaning",
    arguments: [
      (200, DeliveryVerdict.delivered(mayReply: true)), (201, .delivered(mayReply: false)),
      (202, .delivered(mayReply: false)), (204, .delivered(mayReply: false)), (301, .turnedAway),
      (307, .turnedAway), (400, .refused), (401, .turnedAway), (403, .turnedAway),
      (404, .retry(after: nil)), (405, .turnedAway), (408, .retry(after: nil)),
      (409, .retry(after: nil)), (410, .refused), (413, .refused), (415, .refused),
      (422, .refused), (429, .retry(after: nil)), (500, .retry(after: nil)),
      (503, .retry(after: nil)), (599, .retry(after: nil)), (999, .retry(after: nil)),
    ]
  )
  func statuses(status: Int, verdict: DeliveryVerdict) {
    #expect(DeliveryVerdict(status: status) == verdict)
  }

  @Test func aRecipientSaysHowLongToWaitWithinReason() {
    let wait = { (text: String) in DeliveryVerdict(status: 429, retryAfter: text) }
    #expect(wait("7") == .retry(after: .seconds(7)))
    #expect(wait("99999999") == .retry(after: .seconds(3600)))
    #expect(wait("-1") == .retry(after: nil) && wait("soon") == .retry(after: nil))
  }

  @Test func aRecipientMaySayUntilWhenToWait() {
    let wait = { (text: String) in
      // Half a second before the tenth.
      DeliveryVerdict(status: 503, retryAfter: text, now: 784_111_776.5)
    }
    #expect(wait("Sun, 06 Nov 1994 08:49:47 GMT") == .retry(after: .seconds(11)))
    #expect(wait("Sun, 06 Nov 1994 08:00:00 GMT") == .retry(after: .zero), "That is past.")
    #expect(wait("Mon, 06 Nov 1995 08:49:47 GMT") == .retry(after: .seconds(3600)))
    #expect(wait("06.11.1994") == .retry(after: nil))
  }

  @Test func waitsDoubleUpToALimitAndChanceTakesHalfAtMost() {
    let backoff = DeliveryBackoff(first: .seconds(1), longest: .seconds(8))
    let waits = (1...6).map { backoff.wait(afterFailures: $0, atLeast: nil, chance: 0) }
    #expect(waits == [1, 2, 4, 8, 8, 8].map { Duration.seconds($0) })
    #expect(backoff.wait(afterFailures: 100, atLeast: nil, chance: 1) == .seconds(4))
    #expect(backoff.wait(afterFailures: 1, atLeast: .seconds(60), chance: 1) == .seconds(60))
  }

  // MARK: - Over HTTP

  private static let event = CloudEvent(
    id: "1",
    source: "/test",
    type: "io.kpatrol.test",
    data: .json(["a": 1])
  )

  private static func outcome(
    _ options: EventSender.Options = EventSender.Options(),
    authorization: String? = nil,
    _ handler: @escaping ScriptedServer.Handler
  ) async throws -> (outcome: EventSender.Outcome, request: ScriptedServer.Request?) {
    let server = try ScriptedServer(handler)
    let eventLoop = EventLoop()
    let sender = EventSender(
      HTTPClient(eventLoop: eventLoop),
      url: "\(server.url)/check",
      options: options,
      userAgent: "kpatrol/test"
    )
    let outcome = await sender.send([event], authorization: authorization)
    server.stop()
    eventLoop.shutdown()
    return (outcome, server.requests.first)
  }

  private static func reply(_ events: [CloudEvent], status: Int = 200) -> ScriptedServer.Handler {
    let message = EventMessage(events, as: .batch)
    let headers = ["Content-Type": message.headers["Content-Type"] ?? ""]
    return { _ in [.answer(message.body, status: status, headers: headers)] }
  }

  @Test func anAnswerMayHoldEventsIfTheyAreAskedFor() async throws {
    var options = EventSender.Options()
    options.wantsReply = true
    let (outcome, request) = try await Self.outcome(
      options,
      authorization: "Bearer x",
      Self.reply([Self.event])
    )
    guard case .delivered(let read) = outcome else { return #expect(Bool(false), "\(outcome)") }
    #expect(read.events == [Self.event])
    let headers = try #require(request?.headers)
    #expect(headers["prefer"] == "reply" && headers["authorization"] == "Bearer x")
    #expect(request?.method == "POST" && request?.target == "/check")
    options.wantsReply = false
    let silent = try await Self.outcome(options, Self.reply([Self.event]))
    #expect(silent.outcome == .delivered(ReadEvents()))
    #expect(silent.request?.headers["prefer"] == nil)
  }

  @Test func whatIsAcceptedWithoutHavingBeenHandledHoldsNoEvents() async throws {
    var options = EventSender.Options()
    options.wantsReply = true
    let (outcome, _) = try await Self.outcome(options, Self.reply([Self.event], status: 202))
    #expect(outcome == .delivered(ReadEvents()))
  }

  @Test func nobodyIsFollowedElsewhere() async throws {
    let (outcome, _) = try await Self.outcome { _ in
      [.answer("", status: 307, headers: ["Location": "http://127.0.0.1:1/other"])]
    }
    #expect(outcome == .turnedAway(reason: "it answered with status 307"))
  }

  @Test func aRecipientThatIsOverloadedSaysWhenToComeBack() async throws {
    let (outcome, _) = try await Self.outcome { _ in
      [.answer("", status: 429, headers: ["Retry-After": "9"])]
    }
    #expect(outcome == .failed(reason: "it answered with status 429", retryAfter: .seconds(9)))
  }

  @Test func anAnswerWithoutEndIsRefused() async throws {
    var options = EventSender.Options()
    (options.wantsReply, options.largestReply) = (true, 1000)
    let (outcome, _) = try await Self.outcome(options) { _ in
      [.answer([UInt8](repeating: 0x20, count: 2000))]
    }
    #expect(outcome == .refused(reason: "its answer is longer than 1000 bytes"))
  }

  @Test("What breaks or hangs is tried again", arguments: [true, false])
  func failures(isSilent: Bool) async throws {
    var options = EventSender.Options()
    options.timeout = .milliseconds(300)
    let (outcome, _) = try await Self.outcome(options) { _ in [isSilent ? .hold : .cut] }
    guard case .failed(_, nil) = outcome else { return #expect(Bool(false), "\(outcome)") }
  }
}

import HTTP
import Inspection
import Synchronization
import TestServers
import Testing
import UserConfiguration

@testable import AgentClient

/// What becomes of connections that break, stall or lie, byte by byte.
@Suite(.fewAtOnce) struct AgentFollowerServingTests {
  /// All that was delivered.
  private final class Heard: Sendable {
    private struct State {
      var rows: Set<String> = []
      var gone: Set<String> = []
      var connection = AgentConnection.connecting
      var losses: [String] = []
    }

    private let state = Mutex(State())

    var rows: Set<String> { state.withLock(\.rows) }
    /// What was not there for a moment, or for longer.
    var gone: Set<String> { state.withLock(\.gone) }
    var connection: AgentConnection { state.withLock(\.connection) }
    var losses: [String] { state.withLock(\.losses) }

    func take(_ news: AgentNews) {
      state.withLock { state in
        if let connection = news.connection {
          state.connection = connection
          if case .lost(let reason) = connection { state.losses.append(reason) }
        }
        for (id, told) in news.findings["prod"] ?? [:] {
          if case .there = told {
            state.rows.insert(id.description)
          } else {
            state.rows.remove(id.description)
            state.gone.insert(id.description)
          }
        }
      }
    }
  }

  private func follow(
    _ server: ScriptedServer,
    through relay: FreezingRelay? = nil,
    token: InventorySource.Token? = nil,
    silenceLimit: Duration = AgentFollower.longestSilence,
    _ body: (Heard) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    let url = relay.map { "http://127.0.0.1:\($0.port)" } ?? server.url
    var settings = AgentSettings(url: try AgentURL(url))
    settings.token = token
    let follower = AgentFollower(
      settings,
      eventLoop: eventLoop,
      userAgent: "kpatrol/test",
      environment: [:],
      silenceLimit: silenceLimit
    )
    let heard = Heard()
    let following = Task {
      await follower.run(sleep: { _ in try await Task.sleep(for: .milliseconds(20)) }) {
        heard.take($0)
      }
    }
    try await body(heard)
    following.cancel()
    await following.value
    server.stop()
    eventLoop.shutdown()
  }

  private static func id(_ number: Int) -> String { "000000000000000\(number)" }

  @Test func itResumesWhereItWasAndBeginsAnewWhereThatIsTooOld() async throws {
    let all =
      AgentFeedTests.clusters() + AgentFeedTests.added(1) + AgentFeedTests.added(2)
      + AgentFeedTests.end("a-9")
    let count = Mutex(0)
    let server = try ScriptedServer { request in
      let number = count.withLock { count in
        count += 1
        return count
      }
      switch number {
      case 1:
        let half = AgentFeedTests.added(3, version: "a-10").prefix(50)
        return [.streamHead(), .chunk(all), .chunk(String(half)), .cut]
      case 2: return [.answer("{}", status: 410)]
      default:
        let anew =
          AgentFeedTests.clusters() + AgentFeedTests.added(2) + AgentFeedTests.added(4)
          + AgentFeedTests.end("b-3")
        // Byte by byte, as over a bad line.
        return [.streamHead()] + anew.map { .chunk(String($0)) } + [.hold]
      }
    }
    try await follow(server, token: .text("secret-token-of-the-reader")) { heard in
      let isThere = await eventually { heard.rows == [Self.id(2), Self.id(4)] }
      #expect(isThere)
      #expect(await eventually { heard.connection == .following })
      #expect(heard.losses.count == 1, "An agent that begins anew is no loss.")
    }
    let targets = server.requests.map(\.target)
    #expect(targets.count == 3)
    #expect(targets.map { $0.contains("resourceVersion=a-9") } == [false, true, false])
    #expect(
      server.requests.allSatisfy {
        $0.headers["authorization"] == "Bearer secret-token-of-the-reader"
      }
    )
  }

  @Test func whoGoesOnSayingThatAllIsTooOldIsWaitedFor() async throws {
    let server = try ScriptedServer { _ in [.answer("{}", status: 410)] }
    try await follow(server) { heard in
      #expect(await eventually { heard.losses.count > 2 })
    }
  }

  /// An agent with two findings, that goes on telling that nothing has changed.
  private static func answerOfAgent(
    to request: ScriptedServer.Request
  ) -> [ScriptedServer.Action] {
    let isKnown = request.target.contains("resourceVersion=a-9")
    let all = AgentFeedTests.added(1) + AgentFeedTests.added(2) + AgentFeedTests.end("a-9")
    return [
      .streamHead(), .chunk(AgentFeedTests.clusters() + (isKnown ? "" : all)),
      .chunks(AgentFeedTests.clusters(), every: .milliseconds(20)),
    ]
  }

  /// Longer than anybody is held up between two chunks, even where much else is done.
  private static let silenceLimit = Duration.seconds(2)

  @Test func whereAConnectionDiesWithoutAWordTheAgentIsSaidToBeAwayAndFollowedAnew() async throws {
    let server = try ScriptedServer { Self.answerOfAgent(to: $0) }
    let relay = try FreezingRelay(to: server.port)
    defer { relay.stop() }
    let rows: Set = [Self.id(1), Self.id(2)]
    try await follow(server, through: relay, silenceLimit: Self.silenceLimit) { heard in
      await expectSoon { heard.rows == rows && heard.connection == .following }
      let connections = relay.acceptedCount
      relay.freeze()
      await expectSoon { heard.losses.last?.contains("nothing came for 2 s") == true }
      await expectSoon { heard.connection == .following }
      #expect(relay.acceptedCount > connections)
      #expect(heard.rows == rows && heard.gone == [])
    }
    let last = try #require(server.requests.last)
    #expect(last.target.contains("resourceVersion=a-9"), "What is known is not told again.")
  }

  @Test(
    "An agent that takes the request and says nothing is not waited for",
    arguments: [[.hold], [.streamHead(), .hold]] as [[ScriptedServer.Action]]
  )
  func silentFromTheStart(answer: [ScriptedServer.Action]) async throws {
    let isFirst = Shared(true)
    let server = try ScriptedServer { request in
      let isSilent = isFirst.change { isFirst in
        defer { isFirst = false }
        return isFirst
      }
      return isSilent ? answer : Self.answerOfAgent(to: request)
    }
    try await follow(server, silenceLimit: Self.silenceLimit) { heard in
      await expectSoon { heard.losses.count == 1 }
      await expectSoon { heard.connection == .following && heard.rows.count == 2 }
    }
  }

  @Test(
    "Why it is not followed is said, and never with a token",
    arguments: [
      (401, "does not accept the token"), (404, "is no agent"), (503, "answered with status 503"),
    ]
  )
  func refusal(status: Int, sentence: String) async throws {
    let server = try ScriptedServer { _ in [.answer("no", status: status)] }
    try await follow(server, token: .text("secret-token-of-the-reader")) { heard in
      let isSaid = await eventually { heard.losses.first?.contains(sentence) == true }
      #expect(isSaid)
      #expect(heard.losses.allSatisfy { !$0.contains("secret-token") })
    }
  }

  @Test func nonsenseWithoutAnEndIsCutOff() async throws {
    let server = try ScriptedServer { _ in
      [.streamHead()] + (0..<80).map { _ in .chunk(String(repeating: "x", count: 64 << 10)) }
        + [.hold]
    }
    try await follow(server) { heard in
      let isSaid = await eventually {
        heard.losses.first?.contains("more than 4194304 bytes at once") == true
      }
      #expect(isSaid)
    }
  }
}

/// Which agents may be asked at all.
@Suite struct AgentURLTests {
  @Test(arguments: [
    "https://agent.example.com:8481", "http://127.0.0.1:8481", "http://localhost:1",
    "http://[::1]:8481/base/", "HTTPS://a",
  ])
  func asked(text: String) throws {
    let url = try AgentURL(text)
    #expect(!url.text.hasSuffix("/") && !url.place.contains("/"))
  }

  @Test(arguments: [
    "http://agent.example.com", "http://10.0.0.1:8481", "http://127.0.0.1.example.com",
    "http://127.example.com", "ftp://127.0.0.1", "agent:8481", "https://", "https://u:p@a",
    "https://a?x=1", "https://a b", "https://:80",
  ])
  func notAsked(text: String) {
    #expect(throws: AgentURL.Mistake.self) { _ = try AgentURL(text) }
  }
}

import KubernetesClient
import KubernetesObjects
import Synchronization
import Testing

@testable import Agent

/// What is remembered of an API server's reviews, and for how long.
@Suite struct ReviewedAccessTests {
  /// A server of reviews that can be told what to say.
  private final class Server: ReviewedAccess.Reviewer {
    struct State {
      var users: [String: String] = [:]
      var allowed: Set<String> = []
      var isDown = false
      var questions = 0
    }

    let state = Mutex(State())

    func user(
      ofToken token: String,
      for audience: String?
    ) async throws(KubernetesError) -> ReviewedUser? {
      let name = try answer { $0.users[audience.map { "\(token) for \($0)" } ?? token] }
      return name.map { ReviewedUser(name: $0, uid: "1", groups: [], extra: [:]) }
    }

    func may(
      _ user: ReviewedUser,
      _ verb: String,
      path: String
    ) async throws(KubernetesError) -> AccessAnswer {
      AccessAnswer(isAllowed: try answer { $0.allowed.contains("\(user.name) \(verb) \(path)") })
    }

    private func answer<Value>(
      _ body: (inout sending State) -> sending Value
    ) throws(KubernetesError) -> Value {
      let (isDown, value) = state.withLock { state in
        state.questions += 1
        return (state.isDown, body(&state))
      }
      guard !isDown else { throw .unauthorized(server: "down") }
      return value
    }
  }

  private final class Time: Sendable {
    private let now = Mutex(Timestamp(millisecondsSince1970: 0))

    func read() -> Timestamp { now.withLock { $0 } }

    func pass(_ duration: Duration) { now.withLock { $0 = $0 + duration } }
  }

  private let server = Server()
  private let time = Time()

  private func question(_ token: String, _ path: String = "/metrics") -> RequestQuestion {
    RequestQuestion(authorization: "Bearer \(token)", verb: "get", path: path)
  }

  @Test func whoMayIsAskedAgainOnceThatIsOld() async {
    server.state.withLock {
      $0.users = ["t": "ann"]
      $0.allowed = ["ann get /metrics"]
    }
    let access = ReviewedAccess(server) { [time] in time.read() }
    #expect(await access.verdict(on: question("t")) == .allowed(user: "ann"))
    server.state.withLock {
      $0.users = [:]
      $0.allowed = []
    }
    #expect(await access.verdict(on: question("t")) == .allowed(user: "ann"))
    #expect(server.state.withLock(\.questions) == 2)
    time.pass(ReviewedAccess.userLifetime)
    #expect(await access.verdict(on: question("t")) == .unknown)
    time.pass(ReviewedAccess.refusalLifetime)
    server.state.withLock { $0.users = ["t": "ann"] }
    time.pass(ReviewedAccess.allowanceLifetime)
    #expect(await access.verdict(on: question("t")) == .forbidden(user: "ann", reason: ""))
  }

  @Test func aServerThatDoesNotAnswerIsNoRefusalThatIsRemembered() async {
    server.state.withLock {
      $0.users = ["t": "ann"]
      $0.allowed = ["ann get /metrics"]
      $0.isDown = true
    }
    let access = ReviewedAccess(server) { [time] in time.read() }
    guard case .unavailable = await access.verdict(on: question("t")) else {
      Issue.record("it must not be known who asks")
      return
    }
    server.state.withLock { $0.isDown = false }
    #expect(await access.verdict(on: question("t")) == .allowed(user: "ann"))
  }

  @Test func tokensMayBeMeantForAgentsAlone() async {
    server.state.withLock {
      $0.users = ["t for kpatrol": "broker", "u for others": "other"]
      $0.allowed = ["broker get /metrics", "other get /metrics"]
    }
    let access = ReviewedAccess(server) { [time] in time.read() }
    #expect(await access.verdict(on: question("t")) == .allowed(user: "broker"))
    #expect(await access.verdict(on: question("u")) == .unknown)
  }

  @Test func guessedTokensDoNotFillTheMemory() async {
    let access = ReviewedAccess(server) { [time] in time.read() }
    for number in 0..<3 * ReviewedAccess.memoryLimit {
      #expect(await access.verdict(on: question("guess-\(number)")) == .unknown)
    }
    #expect(await access.rememberedCount <= ReviewedAccess.memoryLimit)
    let long = String(repeating: "x", count: 20_000)
    let before = server.state.withLock(\.questions)
    #expect(await access.verdict(on: question(long)) == .unknown)
    #expect(server.state.withLock(\.questions) == before)
  }

  @Test func aBucketFillsAgain() {
    var rate = RequestRate(perSecond: 2, burst: 3, tellingApart: 2)
    var now = Timestamp(millisecondsSince1970: 0)
    var admitted = (0..<4).map { _ in rate.admits("a", at: now) }
    admitted.append(rate.admits("b", at: now))
    #expect(admitted == [true, true, true, false, true])
    now = now + .milliseconds(500)
    admitted = (0..<2).map { _ in rate.admits("a", at: now) }
    // More than are told apart do not keep each other out.
    admitted.append(rate.admits("c", at: now))
    #expect(admitted == [true, false, true])
  }
}

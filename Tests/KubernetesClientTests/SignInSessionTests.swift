import HTTP
import KubernetesObjects
import Synchronization
import TestServers
import Testing

@testable import KubernetesClient

@Suite(.fewAtOnce) struct SignInSessionTests {
  /// A sign-in that is scripted, and a clock that a test turns.
  private final class Script: SignInMethod {
    private struct State {
      var time = Timestamp(millisecondsSince1970: 0)
      var answers: [Result<Identity, SignInError>] = []
      var refusals: [Bool] = []
    }

    private let state = Mutex(State())

    var description: String { "a script" }
    var now: Timestamp { state.withLock(\.time) }
    /// What each sign-in was told.
    var refusals: [Bool] { state.withLock(\.refusals) }

    init(_ answers: Result<Identity, SignInError>...) {
      state.withLock { $0.answers = answers }
    }

    func pass(_ time: Duration) { state.withLock { $0.time = $0.time + time } }

    func signIn(isRefused: Bool, _ tools: SignInTools) async throws(SignInError) -> Identity {
      try state.withLock { state in
        state.refusals.append(isRefused)
        return state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0]
      }.get()
    }
  }

  private let tools = SignInTools(eventLoop: EventLoop())
  private static let failure = SignInError.provider(issuer: "i", reason: "r")

  private func session(_ script: Script) -> SignInSession {
    SignInSession(script, now: { script.now })
  }

  @Test func whatDoesNotExpireIsKept() async throws {
    let script = Script(.success(Identity(authorization: "a")))
    let session = session(script)
    for _ in 0..<3 {
      #expect(try await session.identity(tools).authorization == "a")
      script.pass(.seconds(1_000_000))
    }
    #expect(script.refusals == [false])
  }

  @Test func whatExpiresIsGotAnewAtThatMoment() async throws {
    let expiration = Timestamp(millisecondsSince1970: 60_000)
    let script = Script(
      .success(Identity(authorization: "a", expiration: expiration)),
      .success(Identity(authorization: "b"))
    )
    let session = session(script)
    _ = try await session.identity(tools)
    script.pass(.milliseconds(59_999))
    #expect(try await session.identity(tools).authorization == "a")
    script.pass(.milliseconds(1))
    #expect(try await session.identity(tools).authorization == "b")
  }

  @Test func aFailureIsRepeatedForAWhileWithoutAnotherTry() async throws {
    let script = Script(.failure(Self.failure), .success(Identity(authorization: "a")))
    let session = session(script)
    for _ in 0..<3 {
      await #expect(throws: Self.failure) { try await session.identity(tools) }
    }
    #expect(script.refusals.count == 1)
    script.pass(.seconds(3))
    #expect(try await session.identity(tools).authorization == "a")
  }

  @Test func aRefusalLeadsToOneSignInAWhile() async throws {
    let script = Script(.success(Identity(authorization: "a")))
    let session = session(script)
    let first = try await session.identity(tools)
    let second = try #require(try await session.identity(insteadOf: first, tools))
    #expect(try await session.identity(insteadOf: second, tools) == nil)
    script.pass(.seconds(3))
    #expect(try await session.identity(insteadOf: second, tools) != nil)
    #expect(script.refusals == [false, true, true])
  }

  @Test func whoWasRefusedWithAnOldOneGetsTheNewOne() async throws {
    let script = Script(
      .success(Identity(authorization: "a")),
      .success(Identity(authorization: "b"))
    )
    let session = session(script)
    let first = try await session.identity(tools)
    _ = try await session.identity(insteadOf: first, tools)
    #expect(try await session.identity(insteadOf: first, tools)?.authorization == "b")
    #expect(script.refusals.count == 2)
  }
}

import Foundation
import Synchronization

/// Who may come in: the tokens that are known, whose they are, and until when.
final class Access: Sendable {
  private struct Admission {
    let user: User
    let expiry: Date?
  }

  private struct State {
    var admissions: [String: Admission] = [:]
    /// Secrets of exec plugins, which are good for nothing but new tokens.
    var plugins: [String: (user: User, lifetime: TimeInterval)] = [:]
    var pluginRuns = 0
  }

  private let state = Mutex(State())
  private let clock: SimulatedClock

  init(clock: SimulatedClock, administratorToken: String) {
    self.clock = clock
    admit(.administrator, token: administratorToken)
  }

  func admit(_ user: User, token: String, until expiry: Date? = nil) {
    state.withLock { $0.admissions[token] = Admission(user: user, expiry: expiry) }
  }

  func revoke(_ token: String) {
    _ = state.withLock { $0.admissions.removeValue(forKey: token) }
  }

  /// Makes a token that nobody can guess.
  func issueToken(for user: User, lifetime: TimeInterval) -> (token: String, expiry: Date) {
    let token = Self.secret()
    let expiry = clock.now().addingTimeInterval(lifetime)
    admit(user, token: token, until: expiry)
    return (token, expiry)
  }

  /// Lets an exec plugin fetch tokens for a user with a secret of its own.
  func addPlugin(for user: User, lifetime: TimeInterval) -> String {
    let secret = Self.secret()
    state.withLock { $0.plugins[secret] = (user, lifetime) }
    return secret
  }

  /// How often plugins fetched a token.
  var pluginRuns: Int { state.withLock(\.pluginRuns) }

  /// The user behind a token, if it is known and not expired.
  func user(withToken token: String) -> User? {
    let now = clock.now()
    return state.withLock { state in
      guard let admission = state.admissions[token] else { return nil }
      if let expiry = admission.expiry, expiry <= now { return nil }
      return admission.user
    }
  }

  /// The user who sends a request.
  func user(of request: APIRequest) throws(APIFailure) -> User {
    guard let token = Self.token(of: request), let user = user(withToken: token) else {
      throw .unauthorized
    }
    return user
  }

  /// The user of whom somebody knows the name only.
  func user(named name: String, groups: [String] = []) -> User {
    known(User(name, uid: "", groups: groups))
  }

  /// The user of that name who was let in before, with the rules of that one, or else this one.
  func known(_ user: User) -> User {
    state.withLock { state in
      state.admissions.values.first { $0.user.name == user.name }?.user ?? user
    }
  }

  /// Gives an exec plugin's secret a new token; `nil` if it is no such secret.
  func issueToken(forPluginOf request: APIRequest) -> (token: String, expiry: Date)? {
    guard let secret = Self.token(of: request) else { return nil }
    let plugin = state.withLock { state in
      if state.plugins[secret] != nil { state.pluginRuns += 1 }
      return state.plugins[secret]
    }
    return plugin.map { issueToken(for: $0.user, lifetime: $0.lifetime) }
  }

  private static func token(of request: APIRequest) -> String? {
    guard let header = request.headers["authorization"], header.hasPrefix("Bearer ") else {
      return nil
    }
    return String(header.dropFirst("Bearer ".count))
  }

  private static func secret() -> String {
    Identities(seed: .random(in: .min ... .max)).suffix(32)
  }
}

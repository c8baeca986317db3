import Crypto
import Foundation
package import KubernetesClient
package import KubernetesObjects

/// Asks an API server whose token a request brings, and what that user may: as a kubelet does with
/// `--authentication-token-webhook` and `--authorization-mode=Webhook`.
///
/// What it answers is remembered for a while, as a kubelet remembers it; tokens are remembered as hashes.
package actor ReviewedAccess: RequestAuthority {
  /// What asks; an API server's client.
  package protocol Reviewer: Sendable {
    func user(
      ofToken token: String,
      for audience: String?
    ) async throws(KubernetesError) -> ReviewedUser?
    func may(
      _ user: ReviewedUser,
      _ verb: String,
      path: String
    ) async throws(KubernetesError) -> AccessAnswer
  }

  /// What tokens are for that are meant for agents alone.
  static let audience = "kpatrol"
  static let userLifetime = Duration.seconds(120)
  static let allowanceLifetime = Duration.seconds(300)
  static let refusalLifetime = Duration.seconds(30)
  /// So many tokens and answers are remembered; more push out all that are old.
  static let memoryLimit = 1_024
  /// So many questions are put to the server at once; who comes then is told to come again.
  static let questionLimit = 16

  private struct Remembered<Value: Sendable> {
    let value: Value
    let end: Timestamp
  }

  private struct Permission: Hashable {
    let user: String
    let uid: String
    let verb: String
    let path: String
  }

  private let reviewer: any Reviewer
  private let now: @Sendable () -> Timestamp
  private var users: [SHA256.Digest: Remembered<ReviewedUser?>] = [:]
  private var permissions: [Permission: Remembered<AccessAnswer>] = [:]
  private var questions = 0

  package init(_ reviewer: some Reviewer, now: @escaping @Sendable () -> Timestamp) {
    self.reviewer = reviewer
    self.now = now
  }

  package func verdict(on question: RequestQuestion) async -> RequestVerdict {
    guard let token = question.token, !token.isEmpty, token.utf8.count <= 16_384 else {
      return .unknown
    }
    do throws(KubernetesError) {
      guard let user = try await user(ofToken: token) else { return .unknown }
      let answer = try await answer(to: user, question)
      guard answer.isAllowed else { return .forbidden(user: user.name, reason: answer.reason) }
      return .allowed(user: user.name)
    } catch {
      return .unavailable(reason: "the API server does not review: \(error)")
    }
  }

  private func user(ofToken token: String) async throws(KubernetesError) -> ReviewedUser? {
    let digest = SHA256.hash(data: Data(token.utf8))
    if let known = users[digest], now() < known.end { return known.value }
    let user = try await ask { () throws(KubernetesError) -> ReviewedUser? in
      if let user = try await reviewer.user(ofToken: token, for: nil) { return user }
      return try await reviewer.user(ofToken: token, for: Self.audience)
    }
    Self.makeRoom(in: &users, at: now())
    let lifetime = user == nil ? Self.refusalLifetime : Self.userLifetime
    users[digest] = Remembered(value: user, end: now() + lifetime)
    return user
  }

  private func answer(
    to user: ReviewedUser,
    _ question: RequestQuestion
  ) async throws(KubernetesError) -> AccessAnswer {
    let permission = Permission(
      user: user.name,
      uid: user.uid,
      verb: question.verb,
      path: question.path
    )
    if let known = permissions[permission], now() < known.end { return known.value }
    let answer = try await ask { () throws(KubernetesError) in
      try await reviewer.may(user, question.verb, path: question.path)
    }
    Self.makeRoom(in: &permissions, at: now())
    let lifetime = answer.isAllowed ? Self.allowanceLifetime : Self.refusalLifetime
    permissions[permission] = Remembered(value: answer, end: now() + lifetime)
    return answer
  }

  /// Whoever guesses tokens must not keep the API server busy.
  private func ask<Answer>(
    _ question: () async throws(KubernetesError) -> Answer
  ) async throws(KubernetesError) -> Answer {
    guard questions < Self.questionLimit else {
      throw .throttled(retryAfter: .seconds(1), message: "too many reviews at once")
    }
    questions += 1
    defer { questions -= 1 }
    return try await question()
  }

  /// How many tokens are remembered.
  var rememberedCount: Int { users.count }

  private static func makeRoom<Key, Value>(
    in memory: inout [Key: Remembered<Value>],
    at now: Timestamp
  ) {
    guard memory.count >= memoryLimit else { return }
    memory = memory.filter { now < $0.value.end }
    if memory.count >= memoryLimit { memory = [:] }
  }
}

extension KubernetesClient: ReviewedAccess.Reviewer {}

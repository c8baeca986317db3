import HTTP
package import KubernetesObjects

/// One user's sign-in: what was got is kept until it expires or is refused, and however many
/// requests wait, one sign-in is under way.
package actor SignInSession {
  /// How long after a failure, or after a refused sign-in, another is not tried.
  ///
  /// A cluster's streams come back at about the same time; and who has signed in elsewhere may try
  /// again soon.
  private static let pause = Duration.seconds(3)

  private typealias Waiter = CheckedContinuation<Result<Identity, SignInError>, Never>

  nonisolated private let method: any SignInMethod
  private let now: @Sendable () -> Timestamp
  private var current: Identity?
  private var lastFailure: (error: SignInError, time: Timestamp)?
  private var lastRefusal: Timestamp?
  private var signInCount = 0
  private var waiterCount: UInt64 = 0
  private var waiters: [UInt64: Waiter] = [:]
  private var task: Task<Void, Never>?

  package init(
    _ method: any SignInMethod,
    now: @escaping @Sendable () -> Timestamp = { .now }
  ) {
    self.method = method
    self.now = now
  }

  /// What to show to the server; signs in where nothing is known or it has expired.
  package func identity(_ tools: SignInTools) async throws(SignInError) -> Identity {
    if let current, !current.isExpired(at: now()) { return current }
    return try await join(isRefused: false, tools)
  }

  /// What to show in place of what the server refused; `nil` where that was tried just now.
  package func identity(
    insteadOf refused: Identity,
    _ tools: SignInTools
  ) async throws(SignInError) -> Identity? {
    if let current, current.number != refused.number { return current }
    if task == nil {
      if let lastRefusal, lastRefusal.elapsed(to: now()) < Self.pause { return nil }
      lastRefusal = now()
      current = nil
      lastFailure = nil
    }
    return try await join(isRefused: true, tools)
  }

  /// Waits for the sign-in that is under way, or starts one.
  private func join(isRefused: Bool, _ tools: SignInTools) async throws(SignInError) -> Identity {
    if task == nil, let lastFailure, lastFailure.time.elapsed(to: now()) < Self.pause {
      throw lastFailure.error
    }
    waiterCount += 1
    let id = waiterCount
    let result = await withTaskCancellationHandler {
      await withCheckedContinuation { (waiter: Waiter) in
        guard !Task.isCancelled else { return waiter.resume(returning: .failure(.cancelled)) }
        waiters[id] = waiter
        if task == nil { start(isRefused: isRefused, tools) }
      }
    } onCancel: {
      Task { await self.leave(id) }
    }
    return try result.get()
  }

  private func start(isRefused: Bool, _ tools: SignInTools) {
    signInCount += 1
    let number = signInCount
    task = Task {
      do throws(SignInError) {
        var identity = try await method.signIn(isRefused: isRefused, tools)
        identity.number = number
        finish(number, .success(identity))
      } catch {
        finish(number, .failure(error))
      }
    }
  }

  private func finish(_ number: Int, _ result: Result<Identity, SignInError>) {
    guard number == signInCount, task != nil else { return }
    task = nil
    switch result {
    case .success(let identity): (current, lastFailure) = (identity, nil)
    case .failure(let error): lastFailure = (error, now())
    }
    let waiters = waiters
    self.waiters = [:]
    for waiter in waiters.values { waiter.resume(returning: result) }
  }

  /// Ends one's waiting; a sign-in that nobody waits for any more is ended too.
  private func leave(_ id: UInt64) {
    waiters.removeValue(forKey: id)?.resume(returning: .failure(.cancelled))
    guard waiters.isEmpty else { return }
    task?.cancel()
    task = nil
  }
}

extension SignInSession: Redacted {
  nonisolated package var description: String { method.description }
}

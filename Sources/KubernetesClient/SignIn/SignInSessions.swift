import Synchronization

/// The sessions of a kubeconfig's users, so that contexts of one user sign in once.
final class SignInSessions: Sendable {
  struct Key: Hashable {
    let user: String
    /// Empty where the sign-in is the same for all clusters.
    let cluster: String
  }

  private let sessions = Mutex<[Key: SignInSession]>([:])

  /// The session of a key, which is made the first time.
  func session(_ key: Key, _ method: () -> any SignInMethod) -> SignInSession {
    sessions.withLock { sessions in
      if let session = sessions[key] { return session }
      let session = SignInSession(method())
      sessions[key] = session
      return session
    }
  }
}

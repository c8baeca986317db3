package import Foundation

/// Who may talk to the cluster, beside the administrator of its first token.
extension SimulatedCluster {
  /// Lets a user in with a token, for ever or until it expires.
  package func admit(_ user: User, token: String, until expiry: Date? = nil) {
    server.access.admit(user, token: token, until: expiry)
  }

  /// Makes a token for a user that expires after so many seconds.
  package func issueToken(for user: User, lifetime: TimeInterval) -> String {
    server.access.issueToken(for: user, lifetime: lifetime).token
  }

  /// Answers 401 to this token from now on; watches that are open go on.
  package func revoke(token: String) {
    server.access.revoke(token)
  }
}

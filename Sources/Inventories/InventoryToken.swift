import HTTP
import ServiceAccess
import UserConfiguration

/// The token with which an inventory's endpoint is asked.
struct InventoryToken: Sendable {
  private let token: ServiceToken

  init(_ source: InventorySource, environment: [String: String]) {
    token = ServiceToken(source.token, scheme: source.tokenWord, environment: environment)
  }

  /// The value of the header `Authorization`; `nil` where no token is configured.
  func authorization() async throws(InventoryError) -> String? {
    do throws(ServiceAccessError) {
      return try await token.authorization()
    } catch {
      throw InventoryError(error)
    }
  }
}

extension InventoryToken: Redacted {
  var description: String { "a token" }
}

extension InventoryError {
  init(_ error: ServiceAccessError) {
    switch error {
    case .noToken(let reason): self = .noToken(reason: reason)
    case .unreadableFile(let path, let reason): self = .unreadableFile(path: path, reason: reason)
    }
  }
}

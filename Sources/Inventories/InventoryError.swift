package import HTTP

/// Why an inventory could not be read.
package enum InventoryError: Error, Equatable, Sendable {
  case unreadableFile(path: String, reason: String)
  case noAnswer(HTTPError)
  case refused(host: String, status: Int, retryAfterSeconds: Int?)
  /// What came cannot be what was asked for.
  case nonsense(place: String, reason: String)
  case noToken(reason: String)
}

extension InventoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)"
    case .noAnswer(let error): error.description
    case .refused(let host, let status, _):
      switch status {
      case 401: "\(host) does not accept the token (401)"
      case 403: "\(host) does not let us read (403)"
      case 404: "\(host) has nothing there (404): check the URL"
      case 300..<400: "\(host) leads elsewhere (\(status)): configure the URL that it leads to"
      default: "\(host) answered with status \(status)"
      }
    case .nonsense(let place, let reason): "\(place): \(reason)"
    case .noToken(let reason): "no token: \(reason)"
    }
  }
}

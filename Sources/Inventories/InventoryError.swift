package import HTTP

/// Why an inventory could not be read.
package enum InventoryError: Error, Equatable, Sendable {
  case unreadableFile(path: String, reason: String)
  case noAnswer(HTTPError)
  case refused(place: String, status: Int, retryAfterSeconds: Int?)
  /// What came cannot be what was asked for.
  case nonsense(place: String, reason: String)
  case noToken(reason: String)
  /// The record is not as it was when its address was to be released.
  case changedMeanwhile(reason: String)
  case notReleased(place: String, status: Int)
}

extension InventoryError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)"
    case .noAnswer(let error): error.description
    case .refused(let place, let status, _):
      switch status {
      case 401: "\(place) does not accept the token (401)"
      case 403: "\(place) does not let us read (403)"
      case 404: "\(place) is not there (404): check the URL"
      case 300..<400: "\(place) leads elsewhere (\(status)): configure the URL that it leads to"
      default: "\(place) answered with status \(status)"
      }
    case .nonsense(let place, let reason): "\(place): \(reason)"
    case .noToken(let reason): "no token: \(reason)"
    case .changedMeanwhile(let reason): "Nothing was released: \(reason)."
    case .notReleased(let place, let status):
      switch status {
      case 401: "\(place) does not accept the token (401)."
      case 403:
        "\(place) does not let us change the record (403): the token may only read, perhaps."
      case 405:
        "\(place) does not know this method there (405): check release in the configuration."
      default: "\(place) answered with status \(status), and did not release the address."
      }
    }
  }
}

/// Why a service cannot be asked: the reason is on our side.
package enum ServiceAccessError: Error, Equatable, Sendable {
  case noToken(reason: String)
  case unreadableFile(path: String, reason: String)
}

extension ServiceAccessError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .noToken(let reason): "no token: \(reason)"
    case .unreadableFile(let path, let reason): "\(path) cannot be read: \(reason)"
    }
  }
}

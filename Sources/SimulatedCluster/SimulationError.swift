/// Why a simulated cluster did not start or a test's wish could not be fulfilled.
package enum SimulationError: Error, Equatable, Sendable, CustomStringConvertible {
  case cannotListen(port: Int)
  case unknownKind(String)
  case refused(String)

  package var description: String {
    switch self {
    case .cannotListen(let port):
      "Cannot listen on 127.0.0.1:\(port). Choose another port, or 0 for any free one."
    case .unknownKind(let kind):
      "The simulated cluster serves no \(kind). Create its CustomResourceDefinition first."
    case .refused(let message):
      "The simulated cluster refused the change: \(message)."
    }
  }
}

/// A fault as the command line tells it: `status=503,verb=list,resource=pods,chance=0.2`.
package enum FaultSpecification: Sendable, Equatable {
  case request(FaultRule)
  case connection(ConnectionFaultRule)

  /// What is wrong with the text.
  package struct Mistake: Error, CustomStringConvertible {
    package let description: String
  }

  /// The names of all faults.
  package static let names = Fault.Kind.allCases.map(\.rawValue)

  private static let dribbleInterval = Duration.milliseconds(10)

  package init(parsing text: String) throws(Mistake) {
    var parts = text.split(separator: ",").map(Self.halves)
    guard !parts.isEmpty, let kind = Fault.Kind(rawValue: parts[0].name) else {
      throw Mistake(description: "\(text): known faults are \(Self.names.joined(separator: ", ")).")
    }
    let amount = parts.removeFirst().value
    var requests = RequestMatcher.any
    var times: Int?
    var probability = 1.0
    for (name, value) in parts {
      switch name {
      case "verb": requests.verbs = [value]
      case "resource": requests.resource = value
      case "times":
        times = try Self.number(value, of: name)
      case "chance":
        guard let chance = Double(value), (0...1).contains(chance) else {
          throw Mistake(description: "chance=\(value): must be 0 to 1.")
        }
        probability = chance
      default:
        throw Mistake(description: "\(name): a fault takes verb, resource, times and chance.")
      }
    }
    if let fault = Self.connectionFault(kind) {
      guard amount.isEmpty, requests == .any else {
        throw Mistake(description: "\(text): a connection has no request yet, and no amount.")
      }
      self = .connection(ConnectionFaultRule(fault, times: times, probability: probability))
    } else {
      let fault = try Self.fault(kind, amount)
      self = .request(FaultRule(fault, on: requests, times: times, probability: probability))
    }
  }

  private static func connectionFault(_ kind: Fault.Kind) -> ConnectionFault? {
    switch kind {
    case .resetOnAccept: .resetOnAccept
    case .resetInHandshake: .resetInHandshake
    case .stallInHandshake: .stallInHandshake
    default: nil
    }
  }

  /// - Throws: that the amount is missing or no number.
  private static func fault(_ kind: Fault.Kind, _ amount: String) throws(Mistake) -> Fault {
    switch kind {
    case .expired: return .expired
    case .garbage: return .garbage
    case .goAway: return .goAway
    case .expiredEvent:
      return .expiredEvent(afterEvents: amount.isEmpty ? 0 : try number(amount, of: kind.rawValue))
    case .delay:
      guard let seconds = Double(amount), (0...3_600).contains(seconds) else {
        throw Mistake(description: "delay=\(amount): must be seconds, 0 to 3600.")
      }
      return .delay(.seconds(seconds))
    case .status:
      let status = try number(amount, of: kind.rawValue)
      guard (400...599).contains(status) else {
        throw Mistake(description: "status=\(amount): must be 400 to 599.")
      }
      return .status(status)
    case .dribble:
      let bytes = try number(amount, of: kind.rawValue)
      return .dribble(bytes: bytes, every: dribbleInterval)
    case .throttle:
      let bytes = try number(amount, of: kind.rawValue)
      guard bytes > 0 else {
        throw Mistake(description: "throttle=0: must be bytes a second, at least one.")
      }
      return .throttle(bytesPerSecond: bytes)
    case .drop: return .drop(afterBytes: try number(amount, of: kind.rawValue))
    case .truncate: return .truncate(afterBytes: try number(amount, of: kind.rawValue))
    case .stall: return .stall(afterBytes: try number(amount, of: kind.rawValue))
    case .resetOnAccept, .resetInHandshake, .stallInHandshake:
      preconditionFailure("Faults of connections are read before.")
    }
  }

  private static func number(_ text: String, of name: String) throws(Mistake) -> Int {
    guard let number = Int(text), number >= 0 else {
      throw Mistake(description: "\(name)=\(text): must be a number, as in \(name)=500.")
    }
    return number
  }

  private static func halves(_ text: Substring) -> (name: String, value: String) {
    let halves = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    return (String(halves[0]), halves.count > 1 ? String(halves[1]) : "")
  }
}

extension SimulatedCluster {
  /// Lets a fault strike, from now on.
  package func inject(_ specification: FaultSpecification) {
    switch specification {
    case .request(let rule): _ = server.faults.add(rule)
    case .connection(let rule): _ = server.faults.add(rule)
    }
  }
}

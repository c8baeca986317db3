import CEL

/// What `now` stands for while a condition is evaluated: one moment, which may only be compared.
///
/// Checks read no clock. A condition is evaluated at moments of our own choice, and each comparison says
/// from when on it would come out otherwise; so it is known when the condition holds, and nothing is polled.
final class ClockReading: CELOpaqueValue, @unchecked Sendable {
  // Unchecked, for one evaluation on one thread has it for itself.

  static let type = CELType.opaque("clock")
  /// Names that nobody can write: the rewriter alone makes such calls.
  static let isAfter = "now >"
  static let isAtOrAfter = "now >="

  static let library = CELLibrary(
    overloads: [
      comparison(isAfter) { $0.isAfter($1) },
      comparison(isAtOrAfter) { $0.isAtOrAfter($1) },
    ]
  )

  let typeName = "clock"
  let text = "now"
  /// The moment, in milliseconds since 1970.
  private let moment: Int64
  /// From when on comparisons come out otherwise than before.
  private(set) var turns: Set<Int64> = []

  init(at moment: Int64) { self.moment = moment }

  func isEqual(to other: any CELOpaqueValue) -> Bool { other === self }

  private func isAfter(_ time: CELTimestamp) -> Bool {
    turns.insert(time.milliseconds + 1)
    return moment > time.milliseconds
  }

  private func isAtOrAfter(_ time: CELTimestamp) -> Bool {
    let turn = time.milliseconds + (time.nanoseconds % 1_000_000 > 0 ? 1 : 0)
    turns.insert(turn)
    return moment >= turn
  }

  private static func comparison(
    _ name: String,
    _ compare: @escaping @Sendable (ClockReading, CELTimestamp) -> Bool
  ) -> CELOverload {
    .member(name, of: type, .timestamp, returns: .bool) { clock, time, _ throws(CELError) in
      guard case .opaque(let value) = clock, let reading = value as? ClockReading,
        case .timestamp(let time) = time
      else { throw CELOverload.noOverload(name, [clock, time]) }
      return .bool(compare(reading, time))
    }
  }
}

extension CELTimestamp {
  /// Milliseconds since 1970, rounded down.
  fileprivate var milliseconds: Int64 { seconds * 1000 + Int64(nanoseconds) / 1_000_000 }
}

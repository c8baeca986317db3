import Foundation
import Synchronization

/// Where the simulated cluster takes the time from, and how it writes it.
struct SimulatedClock: Sendable {
  let now: @Sendable () -> Date

  static let system = SimulatedClock { Date() }

  /// A clock that goes on by a second each time somebody looks at it.
  static func steps(from start: Date) -> SimulatedClock {
    let looks = Mutex(0)
    return SimulatedClock {
      looks.withLock { looks in
        looks += 1
        return start.addingTimeInterval(Double(looks))
      }
    }
  }

  /// `2026-11-23T09:59:56Z`.
  var timestamp: String { Self.timestamp(now()) }

  static func timestamp(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle())
  }

  /// `2026-11-23T10:00:08.895414Z`: what leases are renewed with.
  static func microTimestamp(_ date: Date) -> String {
    let text = date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    return text.hasSuffix("Z") ? "\(text.dropLast())000Z" : text
  }

  /// Reads what ``timestamp(_:)`` writes.
  static func date(_ text: String?) -> Date? {
    guard let text else { return nil }
    return try? Date(text, strategy: Date.ISO8601FormatStyle())
  }
}

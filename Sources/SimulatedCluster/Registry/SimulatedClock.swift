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

  /// `2026-11-23T10:00:08.895414000Z`: what kubelets write before the lines of logs.
  static func nanoTimestamp(_ date: Date) -> String {
    let seconds = date.timeIntervalSince1970.rounded(.down)
    let micro = Int((date.timeIntervalSince1970 - seconds) * 1_000_000)
    let digits = String(1_000_000 + micro).dropFirst()
    return "\(timestamp(Date(timeIntervalSince1970: seconds)).dropLast()).\(digits)000Z"
  }

  /// Reads a time to the second, as all of the above write it.
  static func date(_ text: String?) -> Date? {
    guard var text else { return nil }
    if let point = text.firstIndex(of: "."), text.hasSuffix("Z") {
      text.replaceSubrange(point..., with: "Z")
    }
    return try? Date(text, strategy: Date.ISO8601FormatStyle())
  }
}

package import KubernetesObjects

/// A time of the week in which something may be done, in UTC: `Mon-Fri 22:00-05:00`.
package struct MaintenanceWindow: Sendable, Equatable, CustomStringConvertible {
  /// The days on which it begins, Monday being 0.
  private let days: Set<Int>
  /// Minutes since midnight; it ends on the next day where the end is not after the start.
  private let start: Int
  private let end: Int
  package let description: String

  private static let names = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
  private static let minutesOfDay = 1440

  /// Reads days, which may be left out, and a span of time.
  package init?(_ text: String) {
    let words = text.split(separator: " ")
    guard (1...2).contains(words.count), let times = words.last,
      let days = words.count == 2 ? Self.days(words[0]) : Set(0..<7)
    else { return nil }
    let parts = times.split(separator: "-", omittingEmptySubsequences: false).map(Self.minutes)
    guard parts.count == 2, let start = parts[0], let end = parts[1], start < Self.minutesOfDay
    else { return nil }
    self.days = days
    self.start = start
    self.end = end
    description = words.joined(separator: " ")
  }

  package func contains(_ time: Timestamp) -> Bool {
    let minutes = Int(time.millisecondsSince1970 / 60_000)
    // 1970 began on a Thursday.
    let day = (minutes / Self.minutesOfDay + 3) % 7
    let minute = minutes % Self.minutesOfDay
    if end > start { return days.contains(day) && (start..<end).contains(minute) }
    return days.contains(day) && minute >= start
      || days.contains((day + 6) % 7) && minute < end
  }

  private static func days(_ text: Substring) -> Set<Int>? {
    var days: Set<Int> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let ends = part.split(separator: "-", omittingEmptySubsequences: false).map { name in
        names.firstIndex(of: String(name))
      }
      guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1]
      else { return nil }
      for day in 0...((last - first + 7) % 7) { days.insert((first + day) % 7) }
    }
    return days
  }

  /// `22:00`; an end may be `24:00`.
  private static func minutes(_ text: Substring) -> Int? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, parts.allSatisfy({ $0.count == 2 && $0.allSatisfy(\.isASCIIDigit) }),
      let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60
    else { return nil }
    let minutes = hour * 60 + minute
    return minutes <= minutesOfDay ? minutes : nil
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

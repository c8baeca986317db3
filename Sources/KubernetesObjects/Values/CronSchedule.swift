/// When a CronJob runs: `*/5 * * * *`, `@daily`, `@every 90m`.
///
/// Source: the standard parser of github.com/robfig/cron, which the CronJob controller uses.
package struct CronSchedule: Hashable, Sendable {
  private enum Rule: Hashable, Sendable {
    case every(Duration)
    case calendar(Calendar)
  }

  /// The values of each field that match, as bits.
  fileprivate struct Calendar: Hashable, Sendable {
    var minutes: UInt64
    var hours: UInt64
    var days: UInt64
    var months: UInt64
    var weekdays: UInt64
    /// Whether a day must match both fields of days; where neither is a star, one is enough.
    var needsBothDays: Bool
  }

  /// How far ahead a run is looked for: 29 February is up to eight years away.
  private static let horizon = 3000

  private static let names = [
    "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *", "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0", "@daily": "0 0 * * *", "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
  ]

  private let rule: Rule

  private static let fields = [
    ("minute", CronField.minute), ("hour", .hour), ("day of month", .day), ("month", .month),
    ("day of week", .weekday),
  ]

  /// Reads a schedule; `nil` where the controller cannot read it either.
  package init?(_ text: String) {
    guard let schedule = try? CronSchedule(parsing: text) else { return nil }
    self = schedule
  }

  /// Why a schedule cannot be read, or never comes; `nil` where it is good.
  package static func problem(of text: String) -> String? {
    do throws(Unreadable) {
      let schedule = try CronSchedule(parsing: text)
      let comes = schedule.next(after: Timestamp(millisecondsSince1970: 0)) != nil
      return comes ? nil : "no month has such a day"
    } catch {
      return error.reason
    }
  }

  /// Why a text is no schedule, as a clause.
  private struct Unreadable: Error { let reason: String }

  private init(parsing text: String) throws(Unreadable) {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if let zone = words.first, zone.hasPrefix("TZ=") || zone.hasPrefix("CRON_TZ=") {
      words.removeFirst()
    }
    guard let first = words.first else { throw Unreadable(reason: "it is empty") }
    if words.count == 2, first == "@every", let interval = Self.interval(words[1]) {
      rule = .every(interval)
      return
    }
    if first.hasPrefix("@") {
      guard words.count == 1, let meaning = Self.names[first] else {
        throw Unreadable(reason: "\"\(words.joined(separator: " "))\" is no schedule")
      }
      words = meaning.split(separator: " ").map(String.init)
    }
    guard words.count == Self.fields.count else {
      throw Unreadable(reason: "it has \(words.count) fields in place of \(Self.fields.count)")
    }
    var bits: [UInt64] = []
    for (word, (name, field)) in zip(words, Self.fields) {
      guard let read = field.bits(word) else {
        throw Unreadable(reason: "\"\(word)\" is no \(name)")
      }
      bits.append(read)
    }
    rule = .calendar(
      Calendar(
        minutes: bits[0],
        hours: bits[1],
        days: bits[2],
        months: bits[3],
        weekdays: bits[4],
        needsBothDays: Self.isStar(words[2]) || Self.isStar(words[4])
      )
    )
  }

  private static func isStar(_ field: String) -> Bool {
    field.first == "*" || field.first == "?"
  }

  private static let units = [
    "h": 3600, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6, "µs": 1e-6, "ns": 1e-9,
  ]

  /// Reads Go's `1h30m` or `1.5h`; the controller waits for a second at least.
  private static func interval(_ text: String) -> Duration? {
    var seconds = 0.0
    var rest = text[...]
    while !rest.isEmpty {
      let number = rest.prefix { $0.isNumber || $0 == "." }
      let unit = rest.dropFirst(number.count).prefix { $0.isLetter }
      guard let value = Double(number), value < 1e9, let length = units[String(unit)] else {
        return nil
      }
      seconds += value * length
      rest = rest.dropFirst(number.count + unit.count)
    }
    return text.isEmpty || seconds > 1e10 ? nil : .seconds(max(1, Int(seconds)))
  }
}

extension CronSchedule {
  /// The next run after a time, on clocks that are `offset` minutes ahead of UTC; `nil` where there
  /// is none, as on 30 February.
  package func next(after time: Timestamp, offset: Int = 0) -> Timestamp? {
    switch rule {
    case .every(let interval): return time + interval
    case .calendar(let calendar):
      let start = Int(time.millisecondsSince1970.floored(by: 60_000)) + offset + 1
      let firstDay = Int(Int64(start).floored(by: 1440))
      for day in firstDay..<firstDay + Self.horizon where calendar.matches(day: day) {
        let minute = day == firstDay ? start - day * 1440 : 0
        guard let match = calendar.firstMinute(from: minute) else { continue }
        let minutes = Int64(day * 1440 + match - offset)
        return Timestamp(millisecondsSince1970: minutes * 60_000)
      }
      return nil
    }
  }

  /// How far the clocks are ahead of UTC, in minutes, by which a run was due at this time; `nil`
  /// where none are.
  ///
  /// A CronJob without a time zone goes by its controller's, which nobody tells but the runs.
  package func offset(by run: Timestamp) -> Int? {
    let steps = (0...56).flatMap { $0 == 0 ? [0] : [$0, -$0] }
    return steps.map { $0 * 15 }.first { offset in
      next(after: run - .seconds(60), offset: offset) == run
    }
  }
}

extension CronSchedule.Calendar {
  fileprivate func matches(day: Int) -> Bool {
    let date = Timestamp.date(daysSince1970: day)
    guard months & 1 << UInt64(date.month) != 0 else { return false }
    // 1970 began on a Thursday.
    let weekday = ((day + 4) % 7 + 7) % 7
    let isDay = days & 1 << UInt64(date.day) != 0
    let isWeekday = weekdays & 1 << UInt64(weekday) != 0
    return needsBothDays ? isDay && isWeekday : isDay || isWeekday
  }

  /// The first minute of a day that matches, from one on.
  fileprivate func firstMinute(from start: Int) -> Int? {
    for hour in start / 60..<24 where hours & 1 << UInt64(hour) != 0 {
      let first = hour == start / 60 ? start % 60 : 0
      for minute in first..<60 where minutes & 1 << UInt64(minute) != 0 {
        return hour * 60 + minute
      }
    }
    return nil
  }
}

extension Int64 {
  /// The quotient, rounded down.
  fileprivate func floored(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : (self - divisor + 1) / divisor
  }
}

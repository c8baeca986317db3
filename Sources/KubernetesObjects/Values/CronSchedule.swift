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

  /// Reads a schedule; `nil` where the controller cannot read it either.
  package init?(_ text: String) {
    var words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    if let zone = words.first, zone.hasPrefix("TZ=") || zone.hasPrefix("CRON_TZ=") {
      words.removeFirst()
    }
    if words.count == 2, words[0] == "@every" {
      guard let interval = Self.interval(words[1]) else { return nil }
      rule = .every(interval)
      return
    }
    if words.count == 1, let meaning = Self.names[words[0]] {
      words = meaning.split(separator: " ").map(String.init)
    }
    guard words.count == 5, let minutes = CronField.minute.bits(words[0]),
      let hours = CronField.hour.bits(words[1]), let days = CronField.day.bits(words[2]),
      let months = CronField.month.bits(words[3]), let weekdays = CronField.weekday.bits(words[4])
    else { return nil }
    rule = .calendar(
      Calendar(
        minutes: minutes,
        hours: hours,
        days: days,
        months: months,
        weekdays: weekdays,
        needsBothDays: Self.isStar(words[2]) || Self.isStar(words[4])
      )
    )
  }

  private static func isStar(_ field: String) -> Bool {
    field.first == "*" || field.first == "?"
  }

  /// Reads Go's `1h30m`.
  private static func interval(_ text: String) -> Duration? {
    var total = 0
    var number = ""
    for character in text {
      if character.isNumber {
        number.append(character)
      } else {
        let units: [Character: Int] = ["h": 3600, "m": 60, "s": 1]
        guard let unit = units[character], let value = Int(number), value < 1_000_000 else {
          return nil
        }
        total += value * unit
        number = ""
      }
    }
    return number.isEmpty && total > 0 ? .seconds(total) : nil
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

/// A point in time, to the millisecond.
package struct Timestamp: Hashable, Comparable, Sendable {
  package let millisecondsSince1970: Int64

  package init(millisecondsSince1970: Int64) {
    self.millisecondsSince1970 = millisecondsSince1970
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.millisecondsSince1970 < right.millisecondsSince1970
  }

  package static func + (time: Self, duration: Duration) -> Self {
    Timestamp(millisecondsSince1970: time.millisecondsSince1970 + duration.milliseconds)
  }

  package static func - (time: Self, duration: Duration) -> Self {
    Timestamp(millisecondsSince1970: time.millisecondsSince1970 - duration.milliseconds)
  }

  /// How long after this `later` is; negative where it is before.
  package func elapsed(to later: Timestamp) -> Duration {
    .milliseconds(later.millisecondsSince1970 - millisecondsSince1970)
  }
}

extension Duration {
  /// The whole milliseconds of the duration.
  package var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

extension Timestamp {
  /// Reads `2026-11-23T09:59:59Z`, with an optional fraction and a zone (RFC 3339).
  package init?(rfc3339 text: String) {
    var digits = DigitScanner(text)
    guard let year = digits.number(of: 4), digits.skip("-"), let month = digits.number(of: 2),
      digits.skip("-"), let day = digits.number(of: 2), digits.skip("T") || digits.skip("t"),
      let hour = digits.number(of: 2), digits.skip(":"), let minute = digits.number(of: 2),
      digits.skip(":"), let second = digits.number(of: 2), (1...12).contains(month),
      (1...31).contains(day), hour < 24, minute < 60, second <= 60
    else { return nil }
    let milliseconds = digits.skip(".") ? digits.fraction() : 0
    guard let zone = digits.zoneMinutes(), digits.isAtEnd else { return nil }
    let days = Self.daysSince1970(year: year, month: month, day: day)
    let minutes = days * 1440 + Int64(hour * 60 + minute - zone)
    millisecondsSince1970 = (minutes * 60 + Int64(second)) * 1000 + Int64(milliseconds)
  }

  /// Reads `2026-11-23T09:59:59Z`, and nothing else.
  init?(utcSeconds text: InlineArray<20, UInt8>) {
    var isNumber = true
    func number(_ places: Range<Int>) -> Int {
      places.reduce(0) { value, place in
        let digit = text[place] &- UInt8(ascii: "0")
        isNumber = isNumber && digit < 10
        return value &* 10 &+ Int(digit)
      }
    }
    func has(_ character: Unicode.Scalar, at place: Int) -> Bool {
      text[place] == UInt8(ascii: character) || text[place] == UInt8(ascii: character) | 0x20
    }
    let (year, month, day) = (number(0..<4), number(5..<7), number(8..<10))
    let (hour, minute, second) = (number(11..<13), number(14..<16), number(17..<19))
    guard isNumber, has("-", at: 4), has("-", at: 7), has("T", at: 10), has(":", at: 13),
      has(":", at: 16), has("Z", at: 19), (1...12).contains(month), (1...31).contains(day),
      hour < 24,
      minute < 60, second <= 60
    else { return nil }
    let days = Self.daysSince1970(year: year, month: month, day: day)
    millisecondsSince1970 =
      ((days * 24 + Int64(hour)) * 60 + Int64(minute)) * 60_000 + Int64(second) * 1000
  }

  /// Days of the proleptic Gregorian calendar, by Howard Hinnant's `days_from_civil`.
  private static func daysSince1970(year: Int, month: Int, day: Int) -> Int64 {
    let shifted = month <= 2 ? year - 1 : year
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return Int64(era * 146_097 + dayOfEra - 719_468)
  }

  /// The time as `2026-11-23T09:59:59Z`; the milliseconds are left out.
  package var rfc3339: String {
    let seconds = Int64((Double(millisecondsSince1970) / 1000).rounded(.down))
    let days = Int64((Double(seconds) / 86400).rounded(.down))
    let (year, month, day) = Self.date(daysSince1970: Int(days))
    let rest = Int(seconds - days * 86400)
    let two = { (value: Int) in value < 10 ? "0\(value)" : "\(value)" }
    return "\(year)-\(two(month))-\(two(day))T"
      + "\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }

  /// The inverse of `daysSince1970`, by Howard Hinnant's `civil_from_days`.
  static func date(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
    let shifted = days + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }
}

/// Reads the fixed-width numbers of a time.
private struct DigitScanner {
  private var rest: Substring.UTF8View

  init(_ text: String) { rest = text[...].utf8 }

  var isAtEnd: Bool { rest.isEmpty }

  mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  mutating func number(of count: Int) -> Int? {
    var value = 0
    for _ in 0..<count {
      guard let digit = nextDigit() else { return nil }
      value = value * 10 + digit
    }
    return value
  }

  /// The milliseconds of a fraction of any length.
  mutating func fraction() -> Int {
    var value = 0
    var scale = 100
    while let digit = nextDigit() {
      value += digit * scale
      scale /= 10
    }
    return value
  }

  /// The offset from UTC in minutes; `nil` where there is no zone.
  mutating func zoneMinutes() -> Int? {
    if skip("Z") || skip("z") { return 0 }
    let sign = skip("+") ? 1 : skip("-") ? -1 : 0
    guard sign != 0, let hours = number(of: 2), skip(":"), let minutes = number(of: 2) else {
      return nil
    }
    return sign * (hours * 60 + minutes)
  }

  private mutating func nextDigit() -> Int? {
    guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else {
      return nil
    }
    rest.removeFirst()
    return Int(byte - UInt8(ascii: "0"))
  }
}

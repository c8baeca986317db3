/// A moment between the years 1 and 9999.
package struct CELTimestamp: Hashable, Comparable, Sendable {
  /// The seconds since 1970, of which the nanoseconds are counted forward.
  package let seconds: Int64
  package let nanoseconds: Int32

  static let first: Int64 = -62_135_596_800
  static let last: Int64 = 253_402_300_799

  package init(seconds: Int64, nanoseconds: Int32) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  /// Fails for a moment before the year 1 or after 9999.
  package init?(exactly seconds: Int64, nanoseconds: Int32 = 0) {
    guard (Self.first...Self.last).contains(seconds) else { return nil }
    self.init(seconds: seconds, nanoseconds: nanoseconds)
  }

  package static func < (left: CELTimestamp, right: CELTimestamp) -> Bool {
    (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
  }

  func adding(_ duration: CELDuration) -> CELTimestamp? {
    let nanoseconds = Int64(nanoseconds) + duration.nanoseconds % 1_000_000_000
    let carried = nanoseconds < 0 ? -1 : nanoseconds / 1_000_000_000
    return CELTimestamp(
      exactly: seconds + duration.nanoseconds / 1_000_000_000 + carried,
      nanoseconds: Int32(nanoseconds - carried * 1_000_000_000)
    )
  }

  func subtracting(_ duration: CELDuration) -> CELTimestamp? {
    guard duration.nanoseconds > .min else {
      return adding(CELDuration(nanoseconds: .max))?.adding(CELDuration(nanoseconds: 1))
    }
    return adding(CELDuration(nanoseconds: -duration.nanoseconds))
  }

  func subtracting(_ other: CELTimestamp) -> CELDuration? {
    let (scaled, overflow) = (seconds - other.seconds)
      .multipliedReportingOverflow(by: 1_000_000_000)
    guard !overflow else { return nil }
    let (sum, sumOverflow) = scaled.addingReportingOverflow(
      Int64(nanoseconds) - Int64(other.nanoseconds)
    )
    return sumOverflow ? nil : CELDuration(nanoseconds: sum)
  }
}

/// A moment as a calendar and a clock show it.
struct CivilTime: Equatable {
  var year: Int64
  /// From 1.
  var month: Int64
  /// From 1.
  var day: Int64
  var hour: Int64
  var minute: Int64
  var second: Int64

  /// What clocks show that are `offset` seconds ahead of UTC.
  init(_ seconds: Int64, offset: Int64 = 0) {
    let local = seconds + offset
    let days = local.floorDivided(by: 86400)
    let time = local - days * 86400
    (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
    // Days since the first of March of the year 0, in cycles of 400 years.
    let shifted = days + 719468
    let era = shifted.floorDivided(by: 146097)
    let dayOfEra = shifted - era * 146097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Days since 1970 of a day.
  static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear.floorDivided(by: 400)
    let yearOfEra = shiftedYear - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146097 + dayOfEra - 719468
  }

  static func daysOfMonth(_ month: Int64, year: Int64) -> Int64 {
    switch month {
    case 2:
      year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400)) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// From 0.
  var dayOfYear: Int64 {
    Self.days(year: year, month: month, day: day) - Self.days(year: year, month: 1, day: 1)
  }

  /// From 0, which is Sunday.
  var dayOfWeek: Int64 {
    let days = Self.days(year: year, month: month, day: day) + 4
    return days - days.floorDivided(by: 7) * 7
  }
}

extension Int64 {
  func floorDivided(by divisor: Int64) -> Int64 {
    self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
  }
}

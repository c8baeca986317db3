extension CELTimestamp {
  /// Reads RFC 3339, such as `2009-02-13T23:31:30.5+01:00`; fails for anything else.
  package init?(_ text: String) {
    var reader = TimeTextReader(bytes: Array(text.utf8))
    guard let year = reader.number(4), reader.take("-"), let month = reader.number(2),
      reader.take("-"), let day = reader.number(2), reader.take("T") || reader.take("t"),
      let hour = reader.number(2), reader.take(":"), let minute = reader.number(2),
      reader.take(":"), let second = reader.number(2), let nanoseconds = reader.fraction(),
      let offset = reader.offset(), reader.isAtEnd
    else { return nil }
    guard (1...12).contains(month), day >= 1,
      day <= CivilTime.daysOfMonth(month, year: year), hour < 24, minute < 60, second < 60
    else { return nil }
    let days = CivilTime.days(year: year, month: month, day: day)
    let time: Int64 = hour * 3600 + minute * 60 + second
    self.init(exactly: days * 86400 + time - offset, nanoseconds: nanoseconds)
  }

  /// RFC 3339 in UTC, with as many decimals as there are.
  package var text: String {
    let time = CivilTime(seconds)
    var text = "\(time.year.digits(4))-\(time.month.digits(2))-\(time.day.digits(2))T"
    text += "\(time.hour.digits(2)):\(time.minute.digits(2)):\(time.second.digits(2))"
    if nanoseconds > 0 { text += "." + UInt64(nanoseconds).decimals(9) }
    return text + "Z"
  }
}

extension Int64 {
  fileprivate func digits(_ count: Int) -> String {
    let text = String(self)
    return String(repeating: "0", count: Swift.max(0, count - text.count)) + text
  }
}

/// Takes a time's parts from its text.
struct TimeTextReader {
  let bytes: [UInt8]
  private var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position == bytes.count }

  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard let current, current == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  /// Takes a number of just so many digits.
  mutating func number(_ count: Int) -> Int64? {
    var number: Int64 = 0
    for _ in 0..<count {
      guard let current, current.isDigit else { return nil }
      number = number * 10 + Int64(current - UInt8(ascii: "0"))
      position += 1
    }
    return number
  }

  /// Takes a fraction of a second in nanoseconds, zero if there is none.
  mutating func fraction() -> Int32? {
    guard take(".") || take(",") else { return 0 }
    guard current?.isDigit == true else { return nil }
    var nanoseconds: Int32 = 0
    var scale: Int32 = 100_000_000
    while let current, current.isDigit {
      nanoseconds += Int32(current - UInt8(ascii: "0")) * scale
      scale /= 10
      position += 1
    }
    return nanoseconds
  }

  /// Takes what the time is ahead of UTC, in seconds.
  mutating func offset() -> Int64? {
    if take("Z") || take("z") { return 0 }
    let isBehind = take("-")
    guard isBehind || take("+"), let hours = number(2), take(":"), let minutes = number(2),
      hours < 24, minutes < 60
    else { return nil }
    return (isBehind ? -1 : 1) * (hours * 3600 + minutes * 60)
  }
}

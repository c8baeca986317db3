/// Seconds and nanoseconds since 1970, read from the times that JSON has: `2026-11-23T10:00:08.895414Z`.
struct ProtobufTime: Equatable {
  let seconds: Int64
  let nanoseconds: Int64

  /// Nil for what is no such time.
  init?(_ text: ArraySlice<UInt8>) {
    var rest = text
    func number(_ count: Int) -> Int64? {
      guard rest.count >= count else { return nil }
      var value: Int64 = 0
      for _ in 0..<count {
        let digit = rest.removeFirst() &- UInt8(ascii: "0")
        guard digit < 10 else { return nil }
        value = value * 10 + Int64(digit)
      }
      return value
    }
    func skip(_ character: Character) -> Bool {
      guard rest.first == character.asciiValue else { return false }
      rest.removeFirst()
      return true
    }
    guard let year = number(4), skip("-"), let month = number(2), skip("-"), let day = number(2),
      skip("T"), let hour = number(2), skip(":"), let minute = number(2), skip(":"),
      let second = number(2), (1...12).contains(month)
    else { return nil }
    var fraction: Int64 = 0
    if skip(".") {
      var unit: Int64 = 100_000_000
      while rest.first != UInt8(ascii: "Z") {
        guard let digit = number(1) else { return nil }
        fraction += digit * unit
        unit /= 10
      }
    }
    guard skip("Z"), rest.isEmpty else { return nil }
    let days = Self.days(year: year, month: month, day: day)
    seconds = ((days * 24 + hour) * 60 + minute) * 60 + second
    nanoseconds = fraction
  }

  /// Days from 1970 in the Gregorian calendar; years begin in March, so that the leap day comes last.
  private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }
}

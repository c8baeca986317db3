/// A span of time, of up to 292 years.
package struct CELDuration: Hashable, Comparable, Sendable {
  package let nanoseconds: Int64

  package init(nanoseconds: Int64) {
    self.nanoseconds = nanoseconds
  }

  package static func < (left: CELDuration, right: CELDuration) -> Bool {
    left.nanoseconds < right.nanoseconds
  }

  func adding(_ other: CELDuration) -> CELDuration? {
    let (sum, overflow) = nanoseconds.addingReportingOverflow(other.nanoseconds)
    return overflow ? nil : CELDuration(nanoseconds: sum)
  }

  func subtracting(_ other: CELDuration) -> CELDuration? {
    let (difference, overflow) = nanoseconds.subtractingReportingOverflow(other.nanoseconds)
    return overflow ? nil : CELDuration(nanoseconds: difference)
  }
}

extension CELDuration {
  private static let units: [String: UInt64] = [
    "ns": 1, "us": 1000, "µs": 1000, "μs": 1000, "ms": 1_000_000, "s": 1_000_000_000,
    "m": 60_000_000_000, "h": 3_600_000_000_000,
  ]

  /// Reads numbers with units such as `-1h30.5m`; fails for anything else, and beyond 292 years.
  package init?(_ text: String) {
    var rest = Substring(text)
    let isNegative = rest.first == "-"
    if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
    if rest == "0" {
      self.init(nanoseconds: 0)
      return
    }
    guard !rest.isEmpty else { return nil }
    var total: UInt64 = 0
    while !rest.isEmpty {
      guard let part = Self.takePart(of: &rest) else { return nil }
      let (sum, overflow) = total.addingReportingOverflow(part)
      guard !overflow else { return nil }
      total = sum
    }
    let limit = UInt64(Int64.max) + (isNegative ? 1 : 0)
    guard total <= limit else { return nil }
    self.init(
      nanoseconds: isNegative
        ? 0 &- Int64(bitPattern: total) : Int64(bitPattern: total)
    )
  }

  /// Takes one number with its unit, in nanoseconds.
  private static func takePart(of rest: inout Substring) -> UInt64? {
    let whole = rest.prefix { $0.isASCIIDigit }
    rest.removeFirst(whole.count)
    var fraction: Substring = ""
    if rest.first == "." {
      rest.removeFirst()
      fraction = rest.prefix { $0.isASCIIDigit }
      rest.removeFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let name = rest.prefix { !$0.isASCIIDigit && $0 != "." }
    guard let unit = units[String(name)] else { return nil }
    rest.removeFirst(name.count)
    guard let number = UInt64(whole.isEmpty ? "0" : String(whole)) else { return nil }
    let (scaled, overflow) = number.multipliedReportingOverflow(by: unit)
    guard !overflow else { return nil }
    var part: UInt64 = 0
    var scale = unit
    for digit in fraction {
      scale /= 10
      part += UInt64(digit.wholeNumberValue ?? 0) * scale
      if scale == 0 { break }
    }
    // Units that are no powers of ten lose digits above.
    if let digits = Double("0." + fraction), !unit.isPowerOfTen {
      part = UInt64(digits * Double(unit))
    }
    return scaled.addingReportingOverflow(part).overflow ? nil : scaled + part
  }

  /// Seconds with as many decimals as there are, and an `s`.
  package var text: String {
    let magnitude = nanoseconds.magnitude
    var text = nanoseconds < 0 ? "-" : ""
    text += String(magnitude / 1_000_000_000)
    let fraction = magnitude % 1_000_000_000
    if fraction > 0 { text += "." + fraction.decimals(9) }
    return text + "s"
  }
}

extension UInt64 {
  fileprivate var isPowerOfTen: Bool {
    var rest = self
    while rest > 1, rest.isMultiple(of: 10) { rest /= 10 }
    return rest == 1
  }

  /// The number as digits behind a point, of which there are `count`, without zeros at the end.
  func decimals(_ count: Int) -> String {
    let digits = String(self)
    var text = String(repeating: "0", count: Swift.max(0, count - digits.count)) + digits
    while text.last == "0" { text.removeLast() }
    return text
  }
}

extension Character {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) && isASCII }
}

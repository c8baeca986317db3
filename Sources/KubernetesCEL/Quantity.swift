import CEL

/// An amount of a resource, exact to a billionth.
///
/// What is beyond 128 bits counts as the largest amount.
final class Quantity: CELOpaqueValue, CELConvertible {
  static let name = "kubernetes.Quantity"
  private static let billion: Int128 = 1_000_000_000
  private static let limit = Int128.max / 4

  /// The whole number, rounded down, which what is left is added to.
  private let whole: Int128
  private let billionths: Int128
  /// The text that it was read from.
  private let origin: String?

  private init(whole: Int128, billionths: Int128, origin: String? = nil) {
    // Of a number below zero the rest counts upwards, too.
    let carried = billionths >= 0 ? billionths / Self.billion : (billionths + 1) / Self.billion - 1
    self.whole = min(max(whole + carried, -Self.limit), Self.limit)
    self.billionths = billionths - carried * Self.billion
    self.origin = origin
  }

  static var celType: CELType { .opaque(name) }

  convenience init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let quantity = opaque as? Quantity else { return nil }
    self.init(whole: quantity.whole, billionths: quantity.billionths, origin: quantity.origin)
  }

  var celValue: CELValue { .opaque(self) }
  var typeName: String { Self.name }

  func isEqual(to other: any CELOpaqueValue) -> Bool {
    (other as? Quantity).map { compared(to: $0) == 0 } ?? false
  }

  var text: String {
    if let origin { return origin }
    guard billionths > 0 else { return "\(whole)" }
    let (amount, overflow) = whole.multipliedReportingOverflow(by: Self.billion)
    guard !overflow else { return "\(whole)" }
    var rest = amount + billionths
    for suffix in ["n", "u"] {
      guard rest.isMultiple(of: 1000) else { return "\(rest)\(suffix)" }
      rest /= 1000
    }
    return "\(rest)m"
  }

  var sign: Int64 { whole == 0 && billionths > 0 ? 1 : Int64(whole.signum()) }

  /// The whole number; nil for a fraction, or one beyond 64 bits.
  var integer: Int64? { billionths == 0 ? Int64(exactly: whole) : nil }

  var double: Double { Double(whole) + Double(billionths) / 1e9 }

  func compared(to other: Quantity) -> Int64 {
    let difference = whole == other.whole ? billionths - other.billionths : whole - other.whole
    return Int64(difference.signum())
  }

  func adding(_ other: Quantity) -> Quantity {
    Quantity(whole: whole + other.whole, billionths: billionths + other.billionths)
  }

  func adding(_ number: Int64) -> Quantity {
    Quantity(whole: whole + Int128(number), billionths: billionths)
  }

  func subtracting(_ other: Quantity) -> Quantity {
    Quantity(whole: whole - other.whole, billionths: billionths - other.billionths)
  }

  func subtracting(_ number: Int64) -> Quantity {
    Quantity(whole: whole - Int128(number), billionths: billionths)
  }
}

extension Quantity {
  /// Powers of ten that suffixes stand for.
  private static let decimals: [Substring: Int] = [
    "n": -9, "u": -6, "m": -3, "": 0, "k": 3, "M": 6, "G": 9, "T": 12, "P": 15, "E": 18,
  ]
  /// Powers of two.
  private static let binaries: [Substring: Int] = [
    "Ki": 10, "Mi": 20, "Gi": 30, "Ti": 40, "Pi": 50, "Ei": 60,
  ]

  /// Reads numbers such as `1.5Gi`, `200m` and `1e3`.
  convenience init(parsing text: String) throws(CELError) {
    guard let amount = Self.amount(of: text) else {
      throw CELError(.invalidArgument("this is no quantity such as 1.5Gi, 200m or 1e3"))
    }
    self.init(whole: amount.whole, billionths: amount.billionths, origin: text)
  }

  private typealias Amount = (whole: Int128, billionths: Int128)

  private static func amount(of text: String) -> Amount? {
    guard text.utf8.count <= 128 else { return nil }
    var rest = text[...]
    let isNegative = rest.hasPrefix("-")
    if isNegative || rest.hasPrefix("+") { rest.removeFirst() }
    let whole = rest.prefix { $0.isASCII && $0.isNumber }
    rest.removeFirst(whole.count)
    var fraction = ""[...]
    if rest.hasPrefix(".") {
      rest.removeFirst()
      fraction = rest.prefix { $0.isASCII && $0.isNumber }
      rest.removeFirst(fraction.count)
    }
    guard !whole.isEmpty || !fraction.isEmpty, let scale = scale(of: rest) else { return nil }
    var power = -fraction.count
    var factor: Int128 = 1
    switch scale {
    case .ten(let exponent): power += exponent
    case .two(let exponent): factor = 1 << Int128(exponent)
    }
    let amount = scaled((whole + fraction).drop { $0 == "0" }, power: power, factor)
    return isNegative ? (-amount.whole, -amount.billionths) : amount
  }

  private enum Scale {
    case ten(Int)
    case two(Int)
  }

  private static func scale(of suffix: Substring) -> Scale? {
    if let power = decimals[suffix] { return .ten(power) }
    if let power = binaries[suffix] { return .two(power) }
    guard suffix.hasPrefix("e") || suffix.hasPrefix("E") else { return nil }
    return Int32(suffix.dropFirst()).map { .ten(Int($0)) }
  }

  /// The digits times a power of ten and a factor; what is smaller than a billionth counts as one more.
  private static func scaled(_ digits: Substring, power: Int, _ factor: Int128) -> Amount {
    // As many digits as can be multiplied; those behind them are beyond what is exact.
    let kept = digits.prefix(factor > 1 ? 19 : 37)
    guard let number = Int128(kept) else { return (0, 0) }
    let product = number * factor
    let places = -(power + digits.count - kept.count)
    guard places > 0 else {
      let (whole, overflow) =
        powerOfTen(-places).map { product.multipliedReportingOverflow(by: $0) } ?? (0, true)
      return (overflow ? limit : whole, 0)
    }
    let unit = powerOfTen(places)
    let rest = unit.map { product % $0 } ?? product
    let whole = unit.map { product / $0 } ?? 0
    guard places > 9 else { return (whole, rest * (powerOfTen(9 - places) ?? 1)) }
    guard let step = powerOfTen(places - 9) else { return (whole, rest > 0 ? 1 : 0) }
    return (whole, rest / step + (rest.isMultiple(of: step) ? 0 : 1))
  }

  /// A power of ten, if it has no more than 128 bits.
  private static func powerOfTen(_ exponent: Int) -> Int128? {
    guard exponent <= 38 else { return nil }
    return (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

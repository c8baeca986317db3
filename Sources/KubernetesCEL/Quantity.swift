import CEL

/// An amount of a resource, exact to a billionth.
final class Quantity: CELOpaqueValue, CELConvertible {
  static let name = "kubernetes.Quantity"

  /// How many billionths it is.
  private let billionths: LargeInteger
  /// The text that it was read from.
  private let origin: String?

  private init(billionths: LargeInteger, origin: String? = nil) {
    self.billionths = billionths
    self.origin = origin
  }

  static var celType: CELType { .opaque(name) }

  convenience init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let quantity = opaque as? Quantity else { return nil }
    self.init(billionths: quantity.billionths, origin: quantity.origin)
  }

  var celValue: CELValue { .opaque(self) }
  var typeName: String { Self.name }

  func isEqual(to other: any CELOpaqueValue) -> Bool {
    (other as? Quantity).map { compared(to: $0) == 0 } ?? false
  }

  var text: String {
    if let origin { return origin }
    let digits = "\(billionths)"
    // The largest unit in which it is a whole number.
    let units = [("", 9), ("m", 6), ("u", 3)]
    let unit = units.first { digits.hasSuffix(String(repeating: "0", count: $0.1)) }
    guard billionths.signum != 0, let unit else {
      return billionths.signum == 0 ? "0" : digits + "n"
    }
    return digits.dropLast(unit.1) + unit.0
  }

  var sign: Int64 { billionths.signum }

  /// The whole number; nil for a fraction, or one beyond 64 bits.
  var integer: Int64? {
    let (whole, rest) = billionths.billions
    return rest == 0 ? Int64("\(whole)") : nil
  }

  var double: Double { (Double("\(billionths)") ?? 0) / 1e9 }

  func compared(to other: Quantity) -> Int64 {
    billionths == other.billionths ? 0 : billionths < other.billionths ? -1 : 1
  }

  func adding(_ other: Quantity) -> Quantity {
    Quantity(billionths: billionths + other.billionths)
  }

  func adding(_ number: Int64) -> Quantity {
    Quantity(billionths: billionths + LargeInteger(number) * Self.billion)
  }

  func subtracting(_ other: Quantity) -> Quantity {
    Quantity(billionths: billionths + -other.billionths)
  }

  func subtracting(_ number: Int64) -> Quantity {
    Quantity(billionths: billionths + -(LargeInteger(number) * Self.billion))
  }

  private static let billion: UInt32 = 1_000_000_000
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
    guard let billionths = Self.billionths(of: text) else {
      throw CELError(.invalidArgument("this is no quantity such as 1.5Gi, 200m or 1e3"))
    }
    self.init(billionths: billionths, origin: text)
  }

  /// As much as Kubernetes lets an amount be that is written with a power of two.
  private static let largestBinary = LargeInteger(.max) * billion

  private static func billionths(of text: String) -> LargeInteger? {
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
    let digits = (whole + fraction)[...]
    let amount: LargeInteger
    switch scale {
    case .ten(let exponent): amount = scaled(digits, power: exponent - fraction.count)
    case .two(let exponent):
      // Of what is multiplied by a power of two no digit is lost before.
      let power = (0..<exponent / 10).reduce(LargeInteger(digits: digits, zeros: 0)) { number, _ in
        number * 1024
      }
      let product = scaled("\(power)"[...], power: -fraction.count)
      amount = min(product, largestBinary)
    }
    return isNegative ? -amount : amount
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

  /// So many billionths as the digits times a power of ten are; what is smaller than one counts as one more.
  private static func scaled(_ digits: Substring, power: Int) -> LargeInteger {
    let zeros = power + 9
    guard zeros < 0 else { return LargeInteger(digits: digits, zeros: zeros) }
    let number = LargeInteger(digits: digits.dropLast(-zeros), zeros: 0)
    let isExact = digits.suffix(-zeros).allSatisfy { $0 == "0" }
    return isExact ? number : number + LargeInteger(1)
  }
}

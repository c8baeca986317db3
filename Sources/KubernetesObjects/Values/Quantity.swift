import Glibc

/// An amount of a resource: `100m`, `1.5Gi`, `2e3`.
///
/// Source: Kubernetes API reference, `resource.Quantity`.
package struct Quantity: Hashable, Sendable, CustomStringConvertible {
  /// As the server wrote it.
  package let description: String
  /// In the resource's base unit: cores, bytes, objects.
  package let value: Double

  /// Reads a quantity; `nil` where the text is none.
  package init?(_ text: String) {
    let number = text.prefix { $0.isNumber || $0 == "." || $0 == "+" || $0 == "-" }
    guard let amount = Double(number), let scale = Self.scale(text[number.endIndex...]) else {
      return nil
    }
    description = text
    value = amount * scale
  }

  /// The value alone, for sums over many; 0 where the text is no quantity.
  static func value(of text: String) -> Double {
    var text = text
    // Nearly all are whole numbers with one of these suffixes.
    let plain: Double? = text.withUTF8 { bytes in
      var number = 0.0
      var position = 0
      while position < 15, case let digit = bytes[safe: position] &- 48, digit < 10 {
        number = number * 10 + Double(digit)
        position += 1
      }
      guard position > 0 else { return nil }
      switch (bytes.count - position, bytes[safe: position], bytes[safe: position + 1]) {
      case (0, _, _): return number
      case (1, UInt8(ascii: "m"), _): return number / 1000
      case (2, UInt8(ascii: "K"), UInt8(ascii: "i")): return number * 0x1p10
      case (2, UInt8(ascii: "M"), UInt8(ascii: "i")): return number * 0x1p20
      case (2, UInt8(ascii: "G"), UInt8(ascii: "i")): return number * 0x1p30
      default: return nil
      }
    }
    return plain ?? Quantity(text)?.value ?? 0
  }

  private static func scale(_ suffix: Substring) -> Double? {
    if let factor = suffixes[String(suffix)] { return factor }
    guard let letter = suffix.first, letter == "e" || letter == "E",
      let exponent = Int(suffix.dropFirst())
    else { return nil }
    return pow(10, Double(exponent))
  }

  private static let suffixes: [String: Double] = [
    "n": 1e-9, "u": 1e-6, "m": 1e-3, "": 1, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
    "E": 1e18, "Ki": 0x1p10, "Mi": 0x1p20, "Gi": 0x1p30, "Ti": 0x1p40, "Pi": 0x1p50,
    "Ei": 0x1p60,
  ]
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate subscript(safe position: Int) -> UInt8 { position < count ? self[position] : 0 }
}

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

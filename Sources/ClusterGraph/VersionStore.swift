/// The resource versions of objects, by position: as numbers, which those of every known API server are.
///
/// To clients they are texts of no meaning (Kubernetes API Concepts, "Resource versions"), so whatever
/// is no plain number stands beside.
struct VersionStore: Sendable {
  private static let none = UInt64.max
  private static let other = UInt64.max - 1

  private var numbers: [UInt64] = []
  private var others: [Int: String] = [:]

  /// Makes room for one more, which is empty.
  mutating func append() { numbers.append(Self.none) }

  subscript(position: Int) -> String {
    get {
      switch numbers[position] {
      case Self.none: ""
      case Self.other: others[position] ?? ""
      case let number: String(number)
      }
    }
    set {
      if numbers[position] == Self.other { others[position] = nil }
      if newValue.isEmpty {
        numbers[position] = Self.none
      } else if let number = Self.plainNumber(newValue) {
        numbers[position] = number
      } else {
        numbers[position] = Self.other
        others[position] = newValue
      }
    }
  }

  /// The number that a text is, where it comes out as the same text again.
  private static func plainNumber(_ text: String) -> UInt64? {
    let digits = text.utf8
    guard digits.count < 19, digits.first != UInt8(ascii: "0") || digits.count == 1 else {
      return nil
    }
    var number: UInt64 = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      number = number * 10 + UInt64(digit - UInt8(ascii: "0"))
    }
    return number
  }
}

/// The order of a column's cells: what they say is compared, not only how it is written.
enum CellRanks {
  /// The rank of each text: `2h` is less than `3d`, `9` less than `10`, `500Mi` less than `1Gi`.
  ///
  /// Equal texts have one rank, and those that say nothing none.
  static func ranks(of texts: [String]) -> [Int64?] {
    let distinct = Set(texts).subtracting(["", "<none>", "<unknown>", "<nil>", "<unset>"])
    let numbers =
      numbers(of: distinct, by: duration) ?? numbers(of: distinct, by: quantity)
      ?? numbers(of: distinct, by: leadingNumber)
    let sorted = distinct.map { Key($0, numbers?[$0]) }.sorted(by: Key.precedes).map(\.text)
    let ranks = Dictionary(uniqueKeysWithValues: zip(sorted, sorted.indices.map(Int64.init)))
    return texts.map { ranks[$0] }
  }

  /// What all texts mean; `nil` where one of them is none of that.
  private static func numbers(
    of texts: Set<String>,
    by read: (Substring) -> Double?
  ) -> [String: Double]? {
    var numbers: [String: Double] = [:]
    for text in texts {
      guard let number = read(text[...]) else { return nil }
      numbers[text] = number
    }
    return numbers
  }

  /// `2d3h`, `5m10s`, `45s`; seconds.
  private static func duration(_ text: Substring) -> Double? {
    let units: [Character: Double] = [
      "s": 1, "m": 60, "h": 3600, "d": 86_400, "y": 31_536_000,
    ]
    var rest = text
    var sum = 0.0
    while !rest.isEmpty {
      let digits = rest.prefix { $0.isASCII && $0.isNumber }
      rest = rest.dropFirst(digits.count)
      guard let number = Double(digits), let unit = rest.popFirst().flatMap({ units[$0] }) else {
        return nil
      }
      sum += number * unit
    }
    return sum
  }

  /// `10`, `250m`, `1.5Gi`, `45%`.
  private static func quantity(_ text: Substring) -> Double? {
    let factors: [Substring: Double] = [
      "": 1, "%": 1, "n": 1e-9, "u": 1e-6, "m": 1e-3, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12,
      "P": 1e15, "E": 1e18, "Ki": 0x1p10, "Mi": 0x1p20, "Gi": 0x1p30, "Ti": 0x1p40, "Pi": 0x1p50,
      "Ei": 0x1p60,
    ]
    let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." || $0 == "-" }
    guard let factor = factors[text.dropFirst(number.count)] else { return nil }
    return Double(number).map { $0 * factor }
  }

  /// The number with which a text begins, as in `3 (5m ago)`.
  private static func leadingNumber(_ text: Substring) -> Double? {
    guard let end = text.firstIndex(of: " "), text[end...].hasPrefix(" (") else {
      return Double(text)
    }
    return Double(text[..<end])
  }

}

/// By what a text is sorted among others: its number, then its letters, in which a stretch of digits is a
/// number.
private struct Key {
  let text: String
  private let number: Double?
  private let letters: [UInt8]

  init(_ text: String, _ number: Double?) {
    self.text = text
    self.number = number
    letters = Array(text.lowercased().utf8)
  }

  static func precedes(_ left: Key, _ right: Key) -> Bool {
    if let number = left.number, let other = right.number, number != other {
      return number < other
    }
    let (letters, others) = (left.letters, right.letters)
    var (place, otherPlace) = (0, 0)
    while place < letters.count, otherPlace < others.count {
      let digits = numberEnd(letters, place) - place
      let otherDigits = numberEnd(others, otherPlace) - otherPlace
      if digits > 0, otherDigits > 0 {
        let (value, otherValue) = (
          letters[place..<place + digits].drop { $0 == zero },
          others[otherPlace..<otherPlace + otherDigits].drop { $0 == zero }
        )
        if value.count != otherValue.count { return value.count < otherValue.count }
        if !value.elementsEqual(otherValue) { return value.lexicographicallyPrecedes(otherValue) }
        place += digits
        otherPlace += otherDigits
        continue
      }
      if letters[place] != others[otherPlace] { return letters[place] < others[otherPlace] }
      place += 1
      otherPlace += 1
    }
    let (rest, otherRest) = (letters.count - place, others.count - otherPlace)
    return rest == otherRest ? left.text < right.text : rest < otherRest
  }

  private static var zero: UInt8 { UInt8(ascii: "0") }

  /// Where a stretch of digits ends that begins at a place.
  private static func numberEnd(_ letters: [UInt8], _ start: Int) -> Int {
    var end = start
    while end < letters.count, (zero...UInt8(ascii: "9")).contains(letters[end]) { end += 1 }
    return end
  }
}

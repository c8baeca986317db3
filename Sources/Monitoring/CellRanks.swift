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
    let sorted = distinct.sorted { left, right in
      if let numbers, let first = numbers[left], let second = numbers[right], first != second {
        return first < second
      }
      return precedes(left, right)
    }
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

  /// As texts, in which a stretch of digits is a number.
  private static func precedes(_ left: String, _ right: String) -> Bool {
    var (left, right) = (left[...], right[...])
    let whole = (left, right)
    while let first = left.first, let second = right.first {
      let (digits, others) = (left.prefix(while: isDigit), right.prefix(while: isDigit))
      if let number = Double(digits), let other = Double(others) {
        if number != other { return number < other }
        left = left.dropFirst(digits.count)
        right = right.dropFirst(others.count)
        continue
      }
      let (small, otherSmall) = (first.lowercased(), second.lowercased())
      if small != otherSmall { return small < otherSmall }
      left.removeFirst()
      right.removeFirst()
    }
    return left.count == right.count ? whole.0 < whole.1 : left.count < right.count
  }

  private static func isDigit(_ character: Character) -> Bool {
    character.isASCII && character.isNumber
  }
}

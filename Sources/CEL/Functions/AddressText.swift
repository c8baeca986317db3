/// IP addresses as text (RFC 4291, RFC 5952).
enum AddressText {
  /// Fails for what is no address.
  static func bytes(of text: String) -> [UInt8]? {
    text.utf8.contains(UInt8(ascii: ":")) ? longBytes(of: text) : shortBytes(of: text[...])
  }

  /// A decimal number without leading zeros.
  static func number(_ digits: some Collection<UInt8>, upTo limit: Int) -> Int? {
    guard (1...3).contains(digits.count), digits.first != UInt8(ascii: "0") || digits.count == 1
    else { return nil }
    var number = 0
    for digit in digits {
      guard digit.isDigit else { return nil }
      number = number * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return number <= limit ? number : nil
  }

  private static func shortBytes(of text: Substring) -> [UInt8]? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    let bytes = parts.compactMap { number($0.utf8, upTo: 255).map(UInt8.init) }
    return bytes.count == 4 ? bytes : nil
  }

  private static func longBytes(of text: String) -> [UInt8]? {
    guard let gap = text.firstRange(of: "::") else {
      let bytes = groups(of: text[...])
      return bytes?.count == 16 ? bytes : nil
    }
    let (before, after) = (text[..<gap.lowerBound], text[gap.upperBound...])
    guard !after.contains("::"), !before.contains("."),
      let first = before.isEmpty ? [] : groups(of: before),
      let last = after.isEmpty ? [] : groups(of: after), first.count + last.count <= 14
    else { return nil }
    return first + Array(repeating: 0, count: 16 - first.count - last.count) + last
  }

  /// Groups of four digits, the last two of which may be an address of four bytes.
  private static func groups(of text: Substring) -> [UInt8]? {
    var bytes: [UInt8] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(".") {
        guard let short = shortBytes(of: part) else { return nil }
        return bytes + short
      }
      guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0.hexadecimalValue != nil }),
        let number = UInt16(part, radix: 16)
      else { return nil }
      bytes += [UInt8(number >> 8), UInt8(number & 255)]
    }
    return bytes
  }

  static func text(of bytes: [UInt8]) -> String {
    guard bytes.count == 16 else { return bytes.map { String($0) }.joined(separator: ".") }
    let groups = stride(from: 0, to: 16, by: 2).map {
      UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1])
    }
    let texts = groups.map { String($0, radix: 16) }
    guard let zeros = longestZeros(groups) else { return texts.joined(separator: ":") }
    return texts[..<zeros.lowerBound].joined(separator: ":") + "::"
      + texts[zeros.upperBound...].joined(separator: ":")
  }

  /// The first of the longest rows of two zeros or more.
  private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
    var longest: Range<Int>?
    var start = 0
    while start < groups.count {
      var end = start
      while end < groups.count, groups[end] == 0 { end += 1 }
      if end - start >= 2, end - start > longest?.count ?? 0 { longest = start..<end }
      start = max(end, start + 1)
    }
    return longest
  }
}

extension JSONReader {
  /// Says whether null comes next, without consuming it.
  package mutating func nextIsNull() -> Bool {
    skipWhiteSpace()
    return hasNext(.null)
  }

  /// Reads an integer that fits into 64 bits; null is 0.
  package mutating func integer() throws(WireError) -> Int64 {
    skipWhiteSpace()
    guard startsNumber else {
      _ = try readNull(insteadOf: "an integer")
      return 0
    }
    let start = offset
    let isNegative = current == UInt8(ascii: "-")
    let scan = try NumberScan(bytes, from: start)
    guard scan.isInteger else { throw .invalidNumber(offset: start) }
    // Counted down, since the lowest integer has no positive counterpart.
    var value: Int64 = 0
    for position in (isNegative ? start + 1 : start)..<scan.end {
      let (tens, overflowed) = value.multipliedReportingOverflow(by: 10)
      let digit = Int64(bytes.byte(at: position) &- 0x30)
      let (next, overflowedToo) = tens.subtractingReportingOverflow(digit)
      guard !overflowed, !overflowedToo else { throw .invalidNumber(offset: start) }
      value = next
    }
    guard isNegative || value != .min else { throw .invalidNumber(offset: start) }
    offset = scan.end
    return isNegative ? value : -value
  }

  /// Reads a number; null is 0, and a number that no `Double` comes near to is an error.
  package mutating func number() throws(WireError) -> Double {
    skipWhiteSpace()
    guard startsNumber else {
      _ = try readNull(insteadOf: "a number")
      return 0
    }
    let start = offset
    let scan = try NumberScan(bytes, from: start)
    let text = text(in: start..<scan.end)
    guard let value = Double(text), value.isFinite else { throw .invalidNumber(offset: start) }
    offset = scan.end
    return value
  }

  /// Reads true or false; null is false.
  package mutating func boolean() throws(WireError) -> Bool {
    skipWhiteSpace()
    switch current {
    case UInt8(ascii: "t"):
      try read(.true, expected: "true or false")
      return true
    case UInt8(ascii: "f"):
      try read(.false, expected: "true or false")
      return false
    default:
      _ = try readNull(insteadOf: "true or false")
      return false
    }
  }

  /// Consumes null, or throws that `expected` does not stand here either.
  mutating func readNull(insteadOf expected: String) throws(WireError) -> Bool {
    guard current == UInt8(ascii: "n") else { throw unexpected(expected) }
    try read(.null, expected: expected)
    return true
  }

  var startsNumber: Bool {
    current.isDigit || current == UInt8(ascii: "-")
  }

  /// Consumes a literal whose first byte stands here already.
  mutating func read(_ literal: Literal, expected: String) throws(WireError) {
    guard hasNext(literal) else {
      // A part of the literal at the end was cut off; anything else is wrong where it starts.
      for (distance, byte) in literal.text.utf8.enumerated() {
        guard offset + distance < bytes.byteCount else {
          throw .unexpectedEnd(offset: bytes.byteCount)
        }
        guard bytes.byte(at: offset + distance) == byte else { break }
      }
      throw .malformed(offset: offset, expected: expected)
    }
    offset += literal.length
  }

  @inline(__always)
  private func hasNext(_ literal: Literal) -> Bool {
    offset + literal.length <= bytes.byteCount
      && bytes.quarter(at: offset + literal.length - 4) == literal.lastFour
      && bytes.byte(at: offset) == literal.first
  }

  /// Returns ASCII text of the input.
  private func text(in range: Range<Int>) -> String {
    var text = ""
    for position in range { text.unicodeScalars.append(Unicode.Scalar(bytes.byte(at: position))) }
    return text
  }
}

/// One of the words that JSON knows.
enum Literal {
  case `true`, `false`, null

  var text: String {
    switch self {
    case .true: "true"
    case .false: "false"
    case .null: "null"
    }
  }

  var length: Int { self == .false ? 5 : 4 }

  var first: UInt8 {
    switch self {
    case .true: UInt8(ascii: "t")
    case .false: UInt8(ascii: "f")
    case .null: UInt8(ascii: "n")
    }
  }

  /// The last four bytes as a little-endian number.
  var lastFour: UInt32 {
    switch self {
    case .true: 0x6575_7274
    case .false: 0x6573_6C61
    case .null: 0x6C6C_756E
    }
  }
}

extension Lexer {
  /// What precedes the quote of a string or of bytes.
  struct LiteralPrefix {
    var isBytes = false
    var isRaw = false
    var length = 0
  }

  /// The prefix of the literal that begins here; nil if none does.
  var literalPrefix: LiteralPrefix? {
    var prefix = LiteralPrefix()
    if let byte = byte(at: offset), byte | 0x20 == UInt8(ascii: "b") {
      prefix.isBytes = true
      prefix.length += 1
    }
    if let byte = byte(at: offset + prefix.length), byte | 0x20 == UInt8(ascii: "r") {
      prefix.isRaw = true
      prefix.length += 1
    }
    guard let quote = byte(at: offset + prefix.length), quote.isQuote else { return nil }
    return prefix
  }

  /// Reads a string or bytes, of which the prefix is known.
  mutating func text(_ prefix: LiteralPrefix) throws(SyntaxError) -> Token {
    let start = offset
    offset += prefix.length
    let quote = bytes[offset]
    let isTriple = byte(at: offset + 1) == quote && byte(at: offset + 2) == quote
    let quotes = isTriple ? 3 : 1
    offset += quotes
    var value: [UInt8] = []
    while !isAt(quote, times: quotes) {
      guard let byte = current else { throw error(at: start, "this quote has no end") }
      switch byte {
      case UInt8(ascii: "\\") where !prefix.isRaw:
        try escape(into: &value, isBytes: prefix.isBytes)
      case UInt8(ascii: "\r"), UInt8(ascii: "\n"):
        guard isTriple else { throw error(at: start, "this quote has no end on its line") }
        // As CEL in Go has it, line ends of any system are the same.
        value.append(UInt8(ascii: "\n"))
        offset += 1
        if byte == UInt8(ascii: "\r"), current == UInt8(ascii: "\n") { offset += 1 }
      default:
        value.append(byte)
        offset += 1
      }
    }
    offset += quotes
    return prefix.isBytes ? .bytes(value) : .string(String(decoding: value, as: UTF8.self))
  }

  private func isAt(_ quote: UInt8, times: Int) -> Bool {
    (0..<times).allSatisfy { byte(at: offset + $0) == quote }
  }

  private mutating func escape(into value: inout [UInt8], isBytes: Bool) throws(SyntaxError) {
    let start = offset
    guard let character = byte(at: offset + 1) else {
      throw error(at: start, "nothing follows this backslash")
    }
    offset += 2
    switch character {
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      append(try hexadecimal(2, from: start), to: &value, isBytes: isBytes, at: start)
    case UInt8(ascii: "u") where !isBytes:
      try append(scalar: try hexadecimal(4, from: start), to: &value, at: start)
    case UInt8(ascii: "U") where !isBytes:
      try append(scalar: try hexadecimal(8, from: start), to: &value, at: start)
    case UInt8(ascii: "0")...UInt8(ascii: "3"):
      offset -= 1
      append(try octal(from: start), to: &value, isBytes: isBytes, at: start)
    default:
      guard let meaning = Self.simpleEscapes[character] else {
        throw error(at: start, "there is no such escape sequence")
      }
      value.append(meaning)
    }
  }

  private static let simpleEscapes: [UInt8: UInt8] = [
    UInt8(ascii: "a"): 0x07,
    UInt8(ascii: "b"): 0x08,
    UInt8(ascii: "f"): 0x0C,
    UInt8(ascii: "n"): 0x0A,
    UInt8(ascii: "r"): 0x0D,
    UInt8(ascii: "t"): 0x09,
    UInt8(ascii: "v"): 0x0B,
    UInt8(ascii: "\\"): UInt8(ascii: "\\"),
    UInt8(ascii: "?"): UInt8(ascii: "?"),
    UInt8(ascii: "\""): UInt8(ascii: "\""),
    UInt8(ascii: "'"): UInt8(ascii: "'"),
    UInt8(ascii: "`"): UInt8(ascii: "`"),
  ]

  private mutating func hexadecimal(_ count: Int, from start: Int) throws(SyntaxError) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<count {
      guard let digit = current?.hexadecimalValue else {
        throw error(at: start, "this escape sequence needs \(count) hexadecimal digits")
      }
      number = number << 4 | UInt32(digit)
      offset += 1
    }
    return number
  }

  private mutating func octal(from start: Int) throws(SyntaxError) -> UInt32 {
    var number: UInt32 = 0
    for _ in 0..<3 {
      guard let byte = current, (UInt8(ascii: "0")...UInt8(ascii: "7")).contains(byte) else {
        throw error(at: start, "this escape sequence needs three octal digits, up to 377")
      }
      number = number << 3 | UInt32(byte - UInt8(ascii: "0"))
      offset += 1
    }
    return number
  }

  /// Appends what is an octet in bytes, and a code point in a string.
  private func append(_ number: UInt32, to value: inout [UInt8], isBytes: Bool, at start: Int) {
    if isBytes {
      value.append(UInt8(truncatingIfNeeded: number))
    } else {
      value += String(Unicode.Scalar(UInt8(truncatingIfNeeded: number))).utf8
    }
  }

  private func append(scalar number: UInt32, to value: inout [UInt8], at start: Int)
    throws(SyntaxError)
  {
    guard let scalar = Unicode.Scalar(number) else {
      throw error(at: start, "there is no such Unicode code point")
    }
    value += String(scalar).utf8
  }
}

extension UInt8 {
  var isQuote: Bool { self == UInt8(ascii: "\"") || self == UInt8(ascii: "'") }
}

/// Cuts an expression's text into tokens.
struct Lexer {
  let bytes: [UInt8]
  var offset = 0

  init(_ source: String) {
    bytes = Array(source.utf8)
  }

  /// All tokens, with ``Token/end`` as the last.
  static func tokens(of source: String) throws(SyntaxError) -> [PlacedToken] {
    var lexer = Lexer(source)
    var tokens: [PlacedToken] = []
    while true {
      let token = try lexer.next()
      tokens.append(token)
      if token.token == .end { return tokens }
    }
  }

  var current: UInt8? { byte(at: offset) }

  func byte(at index: Int) -> UInt8? {
    index < bytes.count ? bytes[index] : nil
  }

  func error(at offset: Int, _ message: String) -> SyntaxError {
    SyntaxError(offset: offset, message: message)
  }

  private mutating func next() throws(SyntaxError) -> PlacedToken {
    skipBlanks()
    let start = offset
    let token = try token()
    return PlacedToken(token: token, offset: start, end: offset)
  }

  private mutating func skipBlanks() {
    while let byte = current {
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), 0x0C:
        offset += 1
      case UInt8(ascii: "/") where self.byte(at: offset + 1) == UInt8(ascii: "/"):
        while let byte = current, byte != UInt8(ascii: "\n") { offset += 1 }
      default:
        return
      }
    }
  }

  private mutating func token() throws(SyntaxError) -> Token {
    guard let byte = current else { return .end }
    if let prefix = literalPrefix { return try text(prefix) }
    if byte.startsName { return .identifier(name()) }
    if byte.isDigit { return try number() }
    if byte == UInt8(ascii: "."), self.byte(at: offset + 1)?.isDigit == true { return try number() }
    if byte == UInt8(ascii: "`") { return try quotedName() }
    return try symbol()
  }

  private mutating func name() -> String {
    let start = offset
    while let byte = current, byte.startsName || byte.isDigit { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func quotedName() throws(SyntaxError) -> Token {
    let start = offset
    offset += 1
    while let byte = current, byte != UInt8(ascii: "`") {
      guard byte.startsName || byte.isDigit || Self.quotedPunctuation.contains(byte) else {
        throw error(at: offset, "a name in backticks has letters, digits, and “_.-/ ” only")
      }
      offset += 1
    }
    guard current != nil, offset > start + 1 else {
      throw error(at: start, "this backtick has no end, or no name")
    }
    offset += 1
    return .quotedIdentifier(String(decoding: bytes[(start + 1)..<(offset - 1)], as: UTF8.self))
  }

  private static let quotedPunctuation = Set(".-/ ".utf8)

  private mutating func symbol() throws(SyntaxError) -> Token {
    for length in [2, 1] where offset + length <= bytes.count {
      let text = String(decoding: bytes[offset..<(offset + length)], as: UTF8.self)
      if let symbol = Token.Symbol(rawValue: text) {
        offset += length
        return .symbol(symbol)
      }
    }
    throw error(at: offset, "unexpected \(characterName(at: offset))")
  }

  /// The character at a place, made safe for messages.
  private func characterName(at offset: Int) -> String {
    let rest = String(decoding: bytes[offset..<min(offset + 4, bytes.count)], as: UTF8.self)
    guard let scalar = rest.unicodeScalars.first else { return "the end" }
    guard scalar.properties.isWhitespace || scalar.properties.generalCategory == .control else {
      return "“\(scalar)”"
    }
    return "character U+\(String(scalar.value, radix: 16, uppercase: true))"
  }

  private mutating func number() throws(SyntaxError) -> Token {
    let start = offset
    if current == UInt8(ascii: "0"), byte(at: offset + 1) == UInt8(ascii: "x"),
      byte(at: offset + 2)?.hexadecimalValue != nil
    {
      offset += 2
      let digits = takeDigits { $0.hexadecimalValue != nil }
      return .integer(digits: digits, radix: 16, isUnsigned: takeUnsignedMark())
    }
    let whole = takeDigits(\.isDigit)
    var isDouble = false
    if current == UInt8(ascii: "."), byte(at: offset + 1)?.isDigit == true {
      offset += 1
      _ = takeDigits(\.isDigit)
      isDouble = true
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      var digits = offset + 1
      if byte(at: digits) == UInt8(ascii: "+") || byte(at: digits) == UInt8(ascii: "-") {
        digits += 1
      }
      if byte(at: digits)?.isDigit == true {
        offset = digits
        _ = takeDigits(\.isDigit)
        isDouble = true
      }
    }
    guard isDouble else {
      return .integer(digits: whole, radix: 10, isUnsigned: takeUnsignedMark())
    }
    let text = String(decoding: bytes[start..<offset], as: UTF8.self)
    guard let value = Double(text), value.isFinite else {
      throw error(at: start, "this number is beyond a double")
    }
    return .double(value)
  }

  private mutating func takeDigits(_ isDigit: (UInt8) -> Bool) -> String {
    let start = offset
    while let byte = current, isDigit(byte) { offset += 1 }
    return String(decoding: bytes[start..<offset], as: UTF8.self)
  }

  private mutating func takeUnsignedMark() -> Bool {
    guard current == UInt8(ascii: "u") || current == UInt8(ascii: "U") else { return false }
    offset += 1
    return true
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  /// Whether a name may begin with it.
  var startsName: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    default: self == UInt8(ascii: "_")
    }
  }

  var hexadecimalValue: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

/// A word of the language.
enum Token: Equatable, Sendable {
  case end
  case identifier(String)
  /// A name in backticks, which only stands for a field.
  case quotedIdentifier(String)
  /// Digits, decimal or hexadecimal, without a sign; the parser makes the number, as a minus may precede it.
  case integer(digits: String, radix: Int, isUnsigned: Bool)
  case double(Double)
  case string(String)
  case bytes([UInt8])
  case symbol(Symbol)

  enum Symbol: String, Sendable {
    case equal = "=="
    case notEqual = "!="
    case lessOrEqual = "<="
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
    case less = "<"
    case greater = ">"
    case plus = "+"
    case minus = "-"
    case times = "*"
    case divided = "/"
    case remainder = "%"
    case not = "!"
    case question = "?"
    case colon = ":"
    case comma = ","
    case dot = "."
    case leftParenthesis = "("
    case rightParenthesis = ")"
    case leftBracket = "["
    case rightBracket = "]"
    case leftBrace = "{"
    case rightBrace = "}"
  }

  /// The token as messages name it.
  var description: String {
    switch self {
    case .end: "the end"
    case .identifier(let name): "“\(name)”"
    case .quotedIdentifier(let name): "“`\(name)`”"
    case .integer, .double: "a number"
    case .string: "a string"
    case .bytes: "bytes"
    case .symbol(let symbol): "“\(symbol.rawValue)”"
    }
  }
}

/// A token with the place of its first byte, and of the byte behind its last.
struct PlacedToken: Sendable {
  let token: Token
  let offset: Int
  let end: Int
}

/// Something that is no expression, at a place.
struct SyntaxError: Error {
  let offset: Int
  let message: String
}

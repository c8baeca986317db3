/// Why bytes could not be read; each case tells where, in bytes from the start.
package enum WireError: Error, Equatable, Sendable {
  case malformed(offset: Int, expected: String)
  case unexpectedEnd(offset: Int)
  case invalidUTF8(offset: Int)
  case invalidEscape(offset: Int)
  case invalidNumber(offset: Int)
  case tooDeep(offset: Int, limit: Int)

  /// Where reading failed.
  package var offset: Int {
    switch self {
    case .malformed(let offset, _), .unexpectedEnd(let offset), .invalidUTF8(let offset),
      .invalidEscape(let offset), .invalidNumber(let offset), .tooDeep(let offset, _):
      offset
    }
  }
}

extension WireError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .malformed(let offset, let expected): "Byte \(offset): expected \(expected)."
    case .unexpectedEnd(let offset): "The input ends in the middle of a value, at byte \(offset)."
    case .invalidUTF8(let offset): "The text at byte \(offset) is not UTF-8."
    case .invalidEscape(let offset): "The escape at byte \(offset) is not valid."
    case .invalidNumber(let offset): "The number at byte \(offset) is not valid."
    case .tooDeep(let offset, let limit):
      "Byte \(offset): more than \(limit) objects and arrays inside each other."
    }
  }
}

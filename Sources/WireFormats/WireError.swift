/// Why bytes from the wire could not be read, and at which byte.
@usableFromInline
package enum WireError: Error, Equatable, Sendable {
  case malformed(offset: Int, expected: String)
  case unexpectedEnd(offset: Int)
  case invalidUTF8(offset: Int)
  case invalidEscape(offset: Int)
  case invalidNumber(offset: Int)
  case tooDeep(offset: Int, limit: Int)

  /// Where reading stopped, counted in bytes from the start of the input.
  package var offset: Int {
    switch self {
    case .malformed(let offset, _), .unexpectedEnd(let offset), .invalidUTF8(let offset),
      .invalidEscape(let offset), .invalidNumber(let offset), .tooDeep(let offset, _):
      offset
    }
  }

  /// The same error for an input that begins `distance` bytes earlier.
  package func moved(by distance: Int) -> WireError {
    switch self {
    case .malformed(let offset, let expected):
      .malformed(offset: offset + distance, expected: expected)
    case .unexpectedEnd(let offset): .unexpectedEnd(offset: offset + distance)
    case .invalidUTF8(let offset): .invalidUTF8(offset: offset + distance)
    case .invalidEscape(let offset): .invalidEscape(offset: offset + distance)
    case .invalidNumber(let offset): .invalidNumber(offset: offset + distance)
    case .tooDeep(let offset, let limit): .tooDeep(offset: offset + distance, limit: limit)
    }
  }
}

extension WireError: CustomStringConvertible {
  /// What failed, then what helps.
  @usableFromInline
  package var description: String {
    switch self {
    case .malformed(let offset, let expected):
      "Malformed data at byte \(offset): expected \(expected). "
        + "Check for a proxy that changes what the server sends."
    case .unexpectedEnd(let offset):
      "The data ends too early, at byte \(offset). The connection may have broken; try again."
    case .invalidUTF8(let offset):
      "A string is not valid UTF-8 at byte \(offset). Check the object with another client."
    case .invalidEscape(let offset):
      "A string has an invalid escape sequence at byte \(offset). "
        + "Check the object with another client."
    case .invalidNumber(let offset):
      "The number at byte \(offset) is invalid or out of range. "
        + "Check the object with another client."
    case .tooDeep(let offset, let limit):
      "The data nests deeper than \(limit) levels at byte \(offset). "
        + "Check the object with another client."
    }
  }
}

extension WireError {
  /// What is wrong, for whoever has the file: bytes mean nothing to them, and no server is concerned.
  package var fault: String {
    switch self {
    case .malformed(_, let expected): "expected \(expected)"
    case .unexpectedEnd: "it ends too early: is the file whole?"
    case .invalidUTF8: "a string is not valid UTF-8"
    case .invalidEscape: "a string has an invalid escape sequence"
    case .invalidNumber: "a number is invalid or out of range"
    case .tooDeep(_, let limit): "it nests deeper than \(limit) levels"
    }
  }
}

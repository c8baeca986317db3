/// Why an expression has no value.
package struct CELError: Error, Equatable {
  package enum Reason: Equatable, Sendable {
    case conversion(from: String, to: String)
    case costLimit(UInt64)
    case divisionByZero
    case emptyOptional
    case indexOutOfRange(Int64)
    case invalidArgument(String)
    case noSuchKey(String)
    case noFields(String)
    case noSuchOverload(function: String, arguments: [String])
    case notBoolean(String)
    case notIterable(String)
    case outOfRange(String)
    case repeatedKey(String)
    case tooLarge(String)
    case unknownFunction(String)
    case unknownName(String)
    case unsupportedKey(String)
  }

  package let reason: Reason
  /// Where in the expression; nil until it is known.
  package var position: SourcePosition?
  /// The place as a count of bytes, from which the position is made.
  var offset: Int?

  package init(_ reason: Reason, offset: Int? = nil) {
    self.reason = reason
    self.offset = offset
  }

  /// Whether nothing may go on after it: `&&`, `||` and macros pass over other errors.
  var isFinal: Bool {
    switch reason {
    case .costLimit, .tooLarge: true
    default: false
    }
  }

  /// The same with a place, unless it has one.
  func at(_ offset: Int) -> CELError {
    guard self.offset == nil else { return self }
    var error = self
    error.offset = offset
    return error
  }
}

extension CELError: CustomStringConvertible {
  package var description: String {
    guard let position else { return message }
    return "\(position): \(message)"
  }

  /// What failed, without the place.
  package var message: String {
    switch reason {
    case .conversion(let from, let to): "cannot convert this \(from) to \(to)"
    case .costLimit(let limit): "stopped, as it would cost more than \(limit)"
    case .divisionByZero: "division by zero"
    case .emptyOptional: "the optional has no value"
    case .indexOutOfRange(let index): "index \(index) is out of range"
    case .invalidArgument(let text): text
    case .noSuchKey(let key): "no such key: \(key)"
    case .noFields(let type): "a value of type \(type) has no fields"
    case .noSuchOverload(let function, let arguments):
      "no such overload: \(function)(\(arguments.joined(separator: ", ")))"
    case .notBoolean(let type):
      "no such overload: a bool is needed here, not a value of type \(type)"
    case .notIterable(let type): "a value of type \(type) is no list and no map"
    case .outOfRange(let what): "\(what) is out of range"
    case .repeatedKey(let key): "the map has the key \(key) twice"
    case .tooLarge(let what): "stopped, as \(what) would be too large"
    case .unknownFunction(let name): "there is no function \(name)"
    case .unknownName(let name): "there is no variable \(name)"
    case .unsupportedKey(let type): "a value of type \(type) cannot be a map's key"
    }
  }
}

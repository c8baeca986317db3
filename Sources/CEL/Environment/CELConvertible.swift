/// A Swift type whose values are values of expressions, so that functions can be declared by their types.
package protocol CELConvertible: Sendable {
  static var celType: CELType { get }
  init?(_ value: CELValue)
  var celValue: CELValue { get }
}

extension CELValue: CELConvertible {
  package static var celType: CELType { .dynamic }
  package init?(_ value: CELValue) { self = value }
  package var celValue: CELValue { self }
}

extension Bool: CELConvertible {
  package static var celType: CELType { .bool }
  package init?(_ value: CELValue) {
    guard case .bool(let bool) = value else { return nil }
    self = bool
  }
  package var celValue: CELValue { .bool(self) }
}

extension Int64: CELConvertible {
  package static var celType: CELType { .int }
  package init?(_ value: CELValue) {
    guard case .int(let number) = value else { return nil }
    self = number
  }
  package var celValue: CELValue { .int(self) }
}

extension UInt64: CELConvertible {
  package static var celType: CELType { .uint }
  package init?(_ value: CELValue) {
    guard case .uint(let number) = value else { return nil }
    self = number
  }
  package var celValue: CELValue { .uint(self) }
}

extension Double: CELConvertible {
  package static var celType: CELType { .double }
  package init?(_ value: CELValue) {
    guard case .double(let number) = value else { return nil }
    self = number
  }
  package var celValue: CELValue { .double(self) }
}

extension String: CELConvertible {
  package static var celType: CELType { .string }
  package init?(_ value: CELValue) {
    guard case .string(let text) = value else { return nil }
    self = text
  }
  package var celValue: CELValue { .string(self) }
}

extension [UInt8]: CELConvertible {
  package static var celType: CELType { .bytes }
  package init?(_ value: CELValue) {
    guard case .bytes(let bytes) = value else { return nil }
    self = bytes
  }
  package var celValue: CELValue { .bytes(self) }
}

extension CELDuration: CELConvertible {
  package static var celType: CELType { .duration }
  package init?(_ value: CELValue) {
    guard case .duration(let duration) = value else { return nil }
    self = duration
  }
  package var celValue: CELValue { .duration(self) }
}

extension CELTimestamp: CELConvertible {
  package static var celType: CELType { .timestamp }
  package init?(_ value: CELValue) {
    guard case .timestamp(let timestamp) = value else { return nil }
    self = timestamp
  }
  package var celValue: CELValue { .timestamp(self) }
}

extension CELList: CELConvertible {
  package static var celType: CELType { .list(.dynamic) }
  package init?(_ value: CELValue) {
    guard case .list(let list) = value else { return nil }
    self = list
  }
  package var celValue: CELValue { .list(self) }
}

extension CELOverload {
  /// A function of one argument, by the Swift types of what it takes and gives.
  package static func function<A: CELConvertible, R: CELConvertible>(
    _ name: String,
    _ body: @escaping @Sendable (A, Evaluation) throws(CELError) -> R
  ) -> CELOverload {
    .function(name, A.celType, returns: R.celType, unary(name, body))
  }

  /// A member of a type.
  package static func member<A: CELConvertible, R: CELConvertible>(
    _ name: String,
    _ body: @escaping @Sendable (A, Evaluation) throws(CELError) -> R
  ) -> CELOverload {
    .member(name, of: A.celType, returns: R.celType, unary(name, body))
  }

  /// A function of two arguments.
  package static func function<A: CELConvertible, B: CELConvertible, R: CELConvertible>(
    _ name: String,
    _ body: @escaping @Sendable (A, B, Evaluation) throws(CELError) -> R
  ) -> CELOverload {
    .function(name, A.celType, B.celType, returns: R.celType, binary(name, body))
  }

  /// A member of a type that takes one argument.
  package static func member<A: CELConvertible, B: CELConvertible, R: CELConvertible>(
    _ name: String,
    _ body: @escaping @Sendable (A, B, Evaluation) throws(CELError) -> R
  ) -> CELOverload {
    .member(name, of: A.celType, B.celType, returns: R.celType, binary(name, body))
  }

  /// A member of a type that takes two arguments.
  package static func member<
    A: CELConvertible,
    B: CELConvertible,
    C: CELConvertible,
    R: CELConvertible
  >(
    _ name: String,
    _ body: @escaping @Sendable (A, B, C, Evaluation) throws(CELError) -> R
  ) -> CELOverload {
    .member(name, of: A.celType, taking: [B.celType, C.celType], returns: R.celType) {
      arguments,
      evaluation throws(CELError) in
      guard let first = A(arguments[0]), let second = B(arguments[1]), let third = C(arguments[2])
      else { throw noOverload(name, arguments) }
      return try body(first, second, third, evaluation).celValue
    }
  }

  private static func unary<A: CELConvertible, R: CELConvertible>(
    _ name: String,
    _ body: @escaping @Sendable (A, Evaluation) throws(CELError) -> R
  ) -> Unary {
    { value, evaluation throws(CELError) in
      guard let argument = A(value) else { throw noOverload(name, [value]) }
      return try body(argument, evaluation).celValue
    }
  }

  private static func binary<A: CELConvertible, B: CELConvertible, R: CELConvertible>(
    _ name: String,
    _ body: @escaping @Sendable (A, B, Evaluation) throws(CELError) -> R
  ) -> Binary {
    { first, second, evaluation throws(CELError) in
      guard let left = A(first), let right = B(second) else {
        throw noOverload(name, [first, second])
      }
      return try body(left, right, evaluation).celValue
    }
  }

  /// That no overload takes such arguments.
  package static func noOverload(_ name: String, _ arguments: [CELValue]) -> CELError {
    CELError(.noSuchOverload(function: name, arguments: arguments.map(\.typeName)))
  }
}

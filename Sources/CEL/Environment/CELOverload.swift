/// One form of a function: the types that it takes, and what it does.
package struct CELOverload: Sendable {
  package typealias Unary = @Sendable (CELValue, Evaluation) throws(CELError) -> CELValue
  package typealias Binary = @Sendable (CELValue, CELValue, Evaluation) throws(CELError) -> CELValue
  package typealias Many = @Sendable ([CELValue], Evaluation) throws(CELError) -> CELValue

  package enum Implementation: Sendable {
    case unary(Unary)
    case binary(Binary)
    case many(Many)
  }

  let name: String
  /// Whether it is called as a member of its first argument.
  let isMember: Bool
  let parameters: [CELType]
  /// Whether the last parameter may be there several times.
  let isVariadic: Bool
  private(set) var result: CELType
  private(set) var implementation: Implementation
  /// Makes an implementation for arguments that are known before evaluation, such as a pattern.
  private(set) var specialized: (@Sendable ([CELValue?]) throws(CELError) -> Implementation?)?

  private init(
    _ name: String,
    isMember: Bool,
    _ parameters: [CELType],
    isVariadic: Bool = false,
    _ result: CELType,
    _ implementation: Implementation
  ) {
    self.name = name
    self.isMember = isMember
    self.parameters = parameters
    self.isVariadic = isVariadic
    self.result = result
    self.implementation = implementation
  }

  /// A member of a type.
  package static func member(
    _ name: String,
    of type: CELType,
    returns result: CELType,
    _ body: @escaping Unary
  ) -> CELOverload {
    CELOverload(name, isMember: true, [type], result, .unary(body))
  }

  /// A member of a type that takes one argument.
  package static func member(
    _ name: String,
    of type: CELType,
    _ argument: CELType,
    returns result: CELType,
    _ body: @escaping Binary
  ) -> CELOverload {
    CELOverload(name, isMember: true, [type, argument], result, .binary(body))
  }

  /// A member of a type that takes several arguments; the type's value is the first of what the body is given.
  package static func member(
    _ name: String,
    of type: CELType,
    taking arguments: [CELType],
    returns result: CELType,
    _ body: @escaping Many
  ) -> CELOverload {
    CELOverload(name, isMember: true, [type] + arguments, result, .many(body))
  }

  /// A function of one argument.
  package static func function(
    _ name: String,
    _ argument: CELType,
    returns result: CELType,
    _ body: @escaping Unary
  ) -> CELOverload {
    CELOverload(name, isMember: false, [argument], result, .unary(body))
  }

  /// A function of two arguments.
  package static func function(
    _ name: String,
    _ first: CELType,
    _ second: CELType,
    returns result: CELType,
    _ body: @escaping Binary
  ) -> CELOverload {
    CELOverload(name, isMember: false, [first, second], result, .binary(body))
  }

  /// A function of any other number of arguments.
  package static func function(
    _ name: String,
    taking arguments: [CELType],
    isVariadic: Bool = false,
    returns result: CELType,
    _ body: @escaping Many
  ) -> CELOverload {
    CELOverload(name, isMember: false, arguments, isVariadic: isVariadic, result, .many(body))
  }

  /// The same, with an implementation of its own where arguments are known before evaluation.
  package func specialized(
    _ make: @escaping @Sendable ([CELValue?]) throws(CELError) -> Implementation?
  ) -> CELOverload {
    var overload = self
    overload.specialized = make
    return overload
  }

  /// The same, of which more is known than its Swift type tells.
  package func returning(_ result: CELType) -> CELOverload {
    var overload = self
    overload.result = result
    return overload
  }

  func replacing(_ implementation: Implementation) -> CELOverload {
    var overload = self
    overload.implementation = implementation
    return overload
  }

  /// The types for so many arguments; nil if it cannot take so many.
  func parameters(forCount count: Int) -> [CELType]? {
    guard isVariadic else { return parameters.count == count ? parameters : nil }
    guard let last = parameters.last, count >= parameters.count else { return nil }
    return parameters + Array(repeating: last, count: count - parameters.count)
  }

  func accepts(_ arguments: [CELValue]) -> Bool {
    guard isVariadic else {
      return zip(parameters, arguments).allSatisfy { $0.accepts($1) }
    }
    guard let last = parameters.last else { return false }
    return arguments.enumerated().allSatisfy {
      ($0.offset < parameters.count ? parameters[$0.offset] : last).accepts($0.element)
    }
  }
}

/// Functions and types that belong together.
package struct CELLibrary: Sendable {
  package let overloads: [CELOverload]
  /// The names of types that expressions may name.
  package let typeNames: [String]

  package init(overloads: [CELOverload], typeNames: [String] = []) {
    self.overloads = overloads
    self.typeNames = typeNames
  }
}

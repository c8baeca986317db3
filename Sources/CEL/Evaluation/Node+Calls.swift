/// A call of a function with one argument.
final class UnaryCallNode: Node {
  private let call: CallDescription
  private let argument: any Node

  init(_ call: CallDescription, _ argument: any Node) {
    self.call = call
    self.argument = argument
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let value = try argument.evaluate(evaluation)
    try evaluation.charge()
    for overload in call.overloads {
      guard case .unary(let body) = overload.implementation, overload.parameters[0].accepts(value)
      else { continue }
      do throws(CELError) {
        return try body(value, evaluation)
      } catch { throw error.at(call.offset) }
    }
    return try call.evaluate([value], evaluation)
  }
}

/// A call of a function with two arguments.
final class BinaryCallNode: Node {
  private let call: CallDescription
  private let first: any Node
  private let second: any Node

  init(_ call: CallDescription, _ first: any Node, _ second: any Node) {
    self.call = call
    self.first = first
    self.second = second
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let left = try first.evaluate(evaluation)
    let right = try second.evaluate(evaluation)
    try evaluation.charge()
    for overload in call.overloads {
      guard case .binary(let body) = overload.implementation,
        overload.parameters[0].accepts(left), overload.parameters[1].accepts(right)
      else { continue }
      do throws(CELError) {
        return try body(left, right, evaluation)
      } catch { throw error.at(call.offset) }
    }
    return try call.evaluate([left, right], evaluation)
  }
}

/// A call of a function with any number of arguments.
final class ManyCallNode: Node {
  private let call: CallDescription
  private let arguments: [any Node]

  init(_ call: CallDescription, _ arguments: [any Node]) {
    self.call = call
    self.arguments = arguments
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    var values: [CELValue] = []
    values.reserveCapacity(arguments.count)
    for argument in arguments { values.append(try argument.evaluate(evaluation)) }
    try evaluation.charge()
    return try call.evaluate(values, evaluation)
  }
}

/// What is called, and where.
struct CallDescription: Sendable {
  let name: String
  let overloads: [CELOverload]
  let offset: Int

  /// Takes the overload that the arguments fit; what has arrays as arguments alone, or none at all, comes here.
  func evaluate(_ arguments: [CELValue], _ evaluation: Evaluation) throws(CELError) -> CELValue {
    do throws(CELError) {
      for overload in overloads where overload.accepts(arguments) {
        switch overload.implementation {
        case .unary(let body): return try body(arguments[0], evaluation)
        case .binary(let body): return try body(arguments[0], arguments[1], evaluation)
        case .many(let body): return try body(arguments, evaluation)
        }
      }
      throw CELError(.noSuchOverload(function: name, arguments: arguments.map(\.typeName)))
    } catch { throw error.at(offset) }
  }
}

/// A part of a program, made once and evaluated many times.
protocol Node: AnyObject, Sendable {
  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue
}

/// A value that is known before evaluation.
final class ConstantNode: Node {
  let value: CELValue

  init(_ value: CELValue) {
    self.value = value
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue { value }
}

/// What can only fail, since nothing was checked before.
final class FailureNode: Node {
  let error: CELError

  init(_ error: CELError) {
    self.error = error
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue { throw error }
}

final class VariableNode: Node {
  let index: Int
  let name: String
  let offset: Int

  init(index: Int, name: String, offset: Int) {
    self.index = index
    self.name = name
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    try evaluation.charge()
    guard let value = evaluation.variables.value(at: index) else {
      throw CELError(.unknownName(name), offset: offset)
    }
    return value
  }
}

/// A variable that a macro declares.
final class LocalNode: Node {
  let slot: Int

  init(slot: Int) {
    self.slot = slot
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    try evaluation.charge()
    return evaluation.locals[slot]
  }
}

/// A variable of `cel.bind`, whose value is worked out when it is first read.
final class BoundNode: Node {
  let slot: Int

  init(slot: Int) {
    self.slot = slot
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    try evaluation.charge()
    if let pending = evaluation.pending[slot] {
      evaluation.locals[slot] = try pending.evaluate(evaluation)
      evaluation.pending[slot] = nil
    }
    return evaluation.locals[slot]
  }
}

final class BindNode: Node {
  let slot: Int
  let value: any Node
  let body: any Node

  init(slot: Int, value: any Node, body: any Node) {
    self.slot = slot
    self.value = value
    self.body = body
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    evaluation.pending[slot] = value
    return try body.evaluate(evaluation)
  }
}

final class UnaryNode: Node {
  let symbol: UnaryOperator
  let operand: any Node
  let offset: Int

  init(_ symbol: UnaryOperator, _ operand: any Node, offset: Int) {
    self.symbol = symbol
    self.operand = operand
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let value = try operand.evaluate(evaluation)
    try evaluation.charge()
    do throws(CELError) {
      guard symbol == .not else { return try Arithmetic.negative(value) }
      guard case .bool(let isTrue) = value else {
        throw CELError(.noSuchOverload(function: "!_", arguments: [value.typeName]))
      }
      return .bool(!isTrue)
    } catch { throw error.at(offset) }
  }
}

final class BinaryNode: Node {
  let symbol: BinaryOperator
  let left: any Node
  let right: any Node
  let offset: Int

  init(_ symbol: BinaryOperator, _ left: any Node, _ right: any Node, offset: Int) {
    self.symbol = symbol
    self.left = left
    self.right = right
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let first = try left.evaluate(evaluation)
    let second = try right.evaluate(evaluation)
    do throws(CELError) {
      return try Arithmetic.apply(symbol, first, second, evaluation)
    } catch { throw error.at(offset) }
  }
}

/// `&&` or `||`: one term may decide, whatever becomes of the others.
final class LogicalNode: Node {
  let terms: [any Node]
  /// The value that decides: true for `||`, false for `&&`.
  let deciding: Bool
  let offset: Int

  init(_ symbol: LogicalOperator, _ terms: [any Node], offset: Int) {
    self.terms = terms
    deciding = symbol == .or
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    var failure: CELError?
    for term in terms {
      do throws(CELError) {
        let value = try term.evaluate(evaluation)
        if case .bool(let isTrue) = value {
          if isTrue == deciding { return .bool(deciding) }
        } else if failure == nil {
          failure = CELError(.notBoolean(value.typeName), offset: offset)
        }
      } catch {
        if error.isFinal { throw error }
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
    return .bool(!deciding)
  }
}

final class ConditionalNode: Node {
  let condition: any Node
  let first: any Node
  let second: any Node
  let offset: Int

  init(_ condition: any Node, _ first: any Node, _ second: any Node, offset: Int) {
    self.condition = condition
    self.first = first
    self.second = second
    self.offset = offset
  }

  func evaluate(_ evaluation: Evaluation) throws(CELError) -> CELValue {
    let value = try condition.evaluate(evaluation)
    guard case .bool(let isTrue) = value else {
      throw CELError(.notBoolean(value.typeName), offset: offset)
    }
    return try (isTrue ? first : second).evaluate(evaluation)
  }
}

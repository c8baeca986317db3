/// The operators that make one value of two.
enum Arithmetic {
  static func apply(
    _ symbol: BinaryOperator,
    _ left: CELValue,
    _ right: CELValue,
    _ evaluation: Evaluation
  ) throws(CELError) -> CELValue {
    switch symbol {
    case .equal: return .bool(try Comparison.areEqual(left, right, evaluation))
    case .notEqual: return .bool(try !Comparison.areEqual(left, right, evaluation))
    case .less, .lessOrEqual, .greater, .greaterOrEqual:
      return .bool(try isOrdered(symbol, left, right, evaluation))
    case .contained:
      return .bool(try contains(right, left, evaluation))
    case .add:
      return try add(left, right, evaluation)
    case .subtract:
      try evaluation.charge()
      return try subtract(left, right)
    case .multiply, .divide, .remainder:
      try evaluation.charge()
      return try scale(symbol, left, right)
    }
  }

  static func noOverload(_ symbol: BinaryOperator, _ left: CELValue, _ right: CELValue) -> CELError
  {
    let arguments = [left.typeName, right.typeName]
    return CELError(.noSuchOverload(function: "_\(symbol.rawValue)_", arguments: arguments))
  }

  private static func isOrdered(
    _ symbol: BinaryOperator,
    _ left: CELValue,
    _ right: CELValue,
    _ evaluation: Evaluation
  ) throws(CELError) -> Bool {
    guard let order = try Comparison.order(left, right, evaluation) else {
      throw noOverload(symbol, left, right)
    }
    switch symbol {
    case .less: return order == .before
    case .lessOrEqual: return order == .before || order == .same
    case .greater: return order == .after
    default: return order == .after || order == .same
    }
  }

  static func contains(_ container: CELValue, _ value: CELValue, _ evaluation: Evaluation)
    throws(CELError) -> Bool
  {
    switch container {
    case .list(let list):
      try evaluation.charge()
      for index in 0..<list.count {
        if try Comparison.areEqual(list[index], value, evaluation) { return true }
      }
      return false
    case .map(let map):
      try evaluation.charge()
      return map[value] != nil
    case .object(let object):
      try evaluation.charge()
      if case .string(let name) = value { return object.hasField(named: name) }
      return false
    default:
      throw noOverload(.contained, value, container)
    }
  }

  private static func add(_ left: CELValue, _ right: CELValue, _ evaluation: Evaluation)
    throws(CELError) -> CELValue
  {
    switch (left, right) {
    case (.string(let left), .string(let right)):
      try evaluation.charge(traversing: left.utf8.count + right.utf8.count)
      return .string(left + right)
    case (.bytes(let left), .bytes(let right)):
      try evaluation.charge(traversing: left.count + right.count)
      return .bytes(left + right)
    case (.list(let left), .list(let right)):
      // An element takes more room than a byte.
      try evaluation.charge(1 + UInt64(left.count + right.count))
      return .list(left.elements + right.elements)
    default:
      try evaluation.charge()
    }
    switch (left, right) {
    case (.int(let left), .int(let right)):
      return .int(try whole(left.addingReportingOverflow(right)))
    case (.uint(let left), .uint(let right)):
      return .uint(try whole(left.addingReportingOverflow(right)))
    case (.double(let left), .double(let right)):
      return .double(left + right)
    case (.duration(let left), .duration(let right)):
      return .duration(try inRange(left.adding(right), "the duration"))
    case (.timestamp(let time), .duration(let span)), (.duration(let span), .timestamp(let time)):
      return .timestamp(try inRange(time.adding(span), "the timestamp"))
    default:
      throw noOverload(.add, left, right)
    }
  }

  private static func subtract(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      return .int(try whole(left.subtractingReportingOverflow(right)))
    case (.uint(let left), .uint(let right)):
      return .uint(try whole(left.subtractingReportingOverflow(right)))
    case (.double(let left), .double(let right)):
      return .double(left - right)
    case (.duration(let left), .duration(let right)):
      return .duration(try inRange(left.subtracting(right), "the duration"))
    case (.timestamp(let time), .duration(let span)):
      return .timestamp(try inRange(time.subtracting(span), "the timestamp"))
    case (.timestamp(let left), .timestamp(let right)):
      return .duration(try inRange(left.subtracting(right), "the duration"))
    default:
      throw noOverload(.subtract, left, right)
    }
  }

  private static func scale(_ symbol: BinaryOperator, _ left: CELValue, _ right: CELValue)
    throws(CELError) -> CELValue
  {
    switch (left, right) {
    case (.int(let left), .int(let right)):
      if symbol == .multiply { return .int(try whole(left.multipliedReportingOverflow(by: right))) }
      guard right != 0 else { throw CELError(.divisionByZero) }
      return .int(
        try whole(
          symbol == .divide
            ? left.dividedReportingOverflow(by: right)
            : left.remainderReportingOverflow(dividingBy: right)
        )
      )
    case (.uint(let left), .uint(let right)):
      if symbol == .multiply {
        return .uint(try whole(left.multipliedReportingOverflow(by: right)))
      }
      guard right != 0 else { throw CELError(.divisionByZero) }
      return .uint(symbol == .divide ? left / right : left % right)
    case (.double(let left), .double(let right)) where symbol != .remainder:
      return .double(symbol == .multiply ? left * right : left / right)
    default:
      throw noOverload(symbol, left, right)
    }
  }

  static func negative(_ value: CELValue) throws(CELError) -> CELValue {
    switch value {
    case .int(let number): return .int(try whole(Int64(0).subtractingReportingOverflow(number)))
    case .double(let number): return .double(-number)
    case .duration(let span):
      return .duration(
        try inRange(CELDuration(nanoseconds: 0).subtracting(span), "the duration")
      )
    default:
      throw CELError(.noSuchOverload(function: "-_", arguments: [value.typeName]))
    }
  }

  private static func whole<Number>(_ result: (partialValue: Number, overflow: Bool))
    throws(CELError) -> Number
  {
    guard !result.overflow else { throw CELError(.outOfRange("the integer")) }
    return result.partialValue
  }

  private static func inRange<Value>(_ value: Value?, _ what: String) throws(CELError) -> Value {
    guard let value else { throw CELError(.outOfRange(what)) }
    return value
  }
}

extension CELValue {
  /// The sum of two values, as `+` has it.
  package func adding(_ other: CELValue, _ evaluation: Evaluation) throws(CELError) -> CELValue {
    try Arithmetic.apply(.add, self, other, evaluation)
  }
}

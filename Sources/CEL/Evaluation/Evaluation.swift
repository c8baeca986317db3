/// One evaluation of a program: its variables, and what it may still cost.
package final class Evaluation {
  /// The caller's own, so that functions which it declares find what they need.
  package let variables: any CELVariables
  /// The values of variables that macros declare, by slot.
  var locals: [CELValue]
  /// What variables of `cel.bind` stand for that were not read yet, by slot.
  var pending: [(any Node)?]
  let limit: UInt64
  package private(set) var cost: UInt64 = 0
  private var depth = 0
  /// How deep values may nest that are gone through, so that no stack overflows.
  static let depthLimit = 500

  init(variables: any CELVariables, localCount: Int, limit: UInt64) {
    self.variables = variables
    self.limit = limit
    locals = localCount == 0 ? [] : Array(repeating: .null, count: localCount)
    pending = localCount == 0 ? [] : Array(repeating: nil, count: localCount)
  }

  /// Counts what an operation costs, and stops the evaluation that costs too much.
  package func charge(_ amount: UInt64 = 1) throws(CELError) {
    cost &+= min(amount, 1 << 62)
    if cost > limit { throw CELError(.costLimit(limit)) }
  }

  /// Does something with what is in a value, unless that nests too deep.
  func descending<Result>(_ body: () throws(CELError) -> Result) throws(CELError) -> Result {
    guard depth < Self.depthLimit else { throw CELError(.tooLarge("the depth of a value")) }
    depth += 1
    defer { depth -= 1 }
    return try body()
  }

  /// Counts what it costs to go through so many bytes or elements: a tenth each, and one at least.
  package func charge(traversing count: Int) throws(CELError) {
    try charge(1 + UInt64(count) / 10)
  }
}

/// The values of an environment's variables in one evaluation.
///
/// A value is asked for each time it is read, so one that takes long to make should be an object
/// with fields, or kept by who makes it.
package protocol CELVariables {
  /// The value of the variable that was declared as the `index`th; nil if it has none.
  func value(at index: Int) -> CELValue?
}

extension [CELValue?]: CELVariables {
  package func value(at index: Int) -> CELValue? {
    index < count ? self[index] : nil
  }
}

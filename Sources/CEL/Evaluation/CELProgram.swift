/// An expression that is ready to be evaluated.
package struct CELProgram: Sendable {
  /// What Kubernetes lets an expression cost.
  package static let defaultCostLimit: UInt64 = 1_000_000

  /// The text of the expression.
  package let source: String
  /// The type of its value, as far as it is known.
  package let type: CELType
  /// The fields of variables that it may read.
  package let fieldUses: Set<CELFieldUse>
  private let root: any Node
  private let localCount: Int
  private let variableCount: Int
  private let positions: [String: Int]

  init(root: any Node, resolved: ResolvedExpression, checker: Checker) {
    self.root = root
    source = checker.source
    type = checker.resultType
    localCount = checker.localCount
    variableCount = checker.environment.variables.count
    positions = checker.environment.positions
    fieldUses = FieldUseAnalysis.uses(of: resolved)
  }

  /// A value, or why there is none, with what the evaluation has cost.
  package struct Outcome: Sendable {
    package let result: Result<CELValue, CELError>
    package let cost: UInt64
  }

  /// The expression's value for variables in the order of their declaration.
  package func evaluate(
    _ variables: any CELVariables,
    costLimit: UInt64 = defaultCostLimit
  ) throws(CELError) -> CELValue {
    try outcome(variables, costLimit: costLimit).result.get()
  }

  /// The same with values by the names of variables.
  package func evaluate(
    _ values: [String: CELValue],
    costLimit: UInt64 = defaultCostLimit
  ) throws(CELError) -> CELValue {
    var variables = [CELValue?](repeating: nil, count: variableCount)
    for (name, value) in values {
      if let position = positions[name] { variables[position] = value }
    }
    return try evaluate(variables, costLimit: costLimit)
  }

  /// The same as ``evaluate(_:costLimit:)``, with what it has cost.
  package func outcome(
    _ variables: any CELVariables,
    costLimit: UInt64 = defaultCostLimit
  ) -> Outcome {
    let evaluation = Evaluation(variables: variables, localCount: localCount, limit: costLimit)
    let result: Result<CELValue, CELError>
    do throws(CELError) {
      result = .success(try root.evaluate(evaluation))
    } catch {
      result = .failure(placed(error))
    }
    return Outcome(result: result, cost: evaluation.cost)
  }

  private func placed(_ error: CELError) -> CELError {
    guard let offset = error.offset else { return error }
    var error = error
    error.position = SourcePosition(offset: offset, in: source)
    return error
  }
}

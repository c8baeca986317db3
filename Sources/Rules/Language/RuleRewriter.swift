import CEL
import KubernetesObjects

/// Turns what rules may write besides plain CEL into what CEL knows.
///
/// `refs('Pod')` and its like become variables, so that the fields that are read of those objects are found as
/// those of the object itself are. Comparisons with `now` are solved for it: `now - a > b` is that it is after
/// `a + b`.
struct RuleRewriter {
  private static let clockHelp =
    "now may only be compared, as in now - timestamp(x) > duration('1h')"

  private let source: String
  private(set) var sources: [ObjectSource] = []
  private(set) var usesClock = false
  private(set) var problems: [CELProblem] = []
  /// Whether `now` may be there at all.
  private let hasClock: Bool

  init(source: String, hasClock: Bool) {
    self.source = source
    self.hasClock = hasClock
  }

  mutating func rewrite(_ expression: Expression) -> Expression {
    func make(_ kind: Expression.Kind) -> Expression { Expression(kind, at: expression.offset) }
    switch expression.kind {
    case .literal: return expression
    case .identifier(let name):
      if name == "now" { report(Self.clockHelp, at: expression) }
      return expression
    case .select(let operand, let field, let isOptional):
      return make(.select(rewrite(operand), field: field, isOptional: isOptional))
    case .index(let operand, let index, let isOptional):
      return make(.index(rewrite(operand), rewrite(index), isOptional: isOptional))
    case .call(let name, nil, let arguments):
      if let function = ObjectSource.functions[name] {
        return access(name, function.make, function.count, arguments, in: expression)
      }
      return make(.call(name, target: nil, arguments: arguments.map { rewrite($0) }))
    case .call(let name, let target?, let arguments):
      let target = rewrite(target)
      return make(.call(name, target: target, arguments: arguments.map { rewrite($0) }))
    case .list(let elements):
      refuseChanges(elements.map(\.value))
      return expression
    case .map(let entries):
      refuseChanges(entries.flatMap { [$0.key, $0.value] })
      return expression
    case .message(_, let fields):
      refuseChanges(fields.map(\.value))
      return expression
    case .unary(let symbol, let operand): return make(.unary(symbol, rewrite(operand)))
    case .binary(let symbol, let left, let right):
      return rewrite(symbol, left, right, in: expression)
    case .logical(let symbol, let terms): return make(.logical(symbol, terms.map { rewrite($0) }))
    case .conditional(let condition, let first, let second):
      return make(.conditional(rewrite(condition), rewrite(first), rewrite(second)))
    }
  }

  /// The parts of lists and maps that are written out cannot be replaced.
  private mutating func refuseChanges(_ parts: [Expression]) {
    for part in parts where rewrite(part) != part {
      report(
        "now and other objects cannot be used within a list or map that is written out",
        at: part
      )
    }
  }

  private mutating func report(_ message: String, at expression: Expression) {
    let position = SourcePosition(offset: expression.offset, of: source)
    problems.append(CELProblem(position: position, message: message))
  }
}

// MARK: - Other objects

extension RuleRewriter {
  private mutating func access(
    _ name: String,
    _ make: (ObjectKind) -> ObjectSource,
    _ count: Int,
    _ arguments: [Expression],
    in expression: Expression
  ) -> Expression {
    let usage = count == 1 ? "\(name)('Pod')" : "\(name)('Secret', namespace, name)"
    guard arguments.count == count, case .literal(.string(let text)) = arguments[0].kind else {
      report("write \(usage): the kind has to be written out", at: expression)
      return expression
    }
    switch KindName.kind(text) {
    case .failure(let mistake):
      report("\(text) \(mistake.reason)", at: arguments[0])
      return expression
    case .success(let kind):
      let source = make(kind)
      if !sources.contains(source) { sources.append(source) }
      let variable = Expression(.identifier(source.name), at: expression.offset)
      return arguments.dropFirst().enumerated().reduce(variable) { operand, argument in
        // A namespace is always there, an object in it only maybe.
        let isOptional = argument.offset > 0
        let index = rewrite(argument.element)
        return Expression(.index(operand, index, isOptional: isOptional), at: expression.offset)
      }
    }
  }

  /// Whether an expression is a lookup, whose value is an optional.
  private func isLookup(_ expression: Expression) -> Bool {
    if case .call("lookup", nil, _) = expression.kind { true } else { false }
  }
}

// MARK: - Time

extension RuleRewriter {
  private mutating func rewrite(
    _ symbol: BinaryOperator,
    _ left: Expression,
    _ right: Expression,
    in expression: Expression
  ) -> Expression {
    let isOrder = symbol.isOrder
    if isOrder, hasOpenClock(left) || hasOpenClock(right) {
      return comparison(symbol, left, right, in: expression)
    }
    if symbol == .equal || symbol == .notEqual {
      // A comparison would read the whole object; whether there is one is all that is asked.
      for (value, other) in [(left, right), (right, left)] where isLookup(value) {
        guard case .literal(.null) = other.kind else { continue }
        let call = Expression.Kind.call("hasValue", target: rewrite(value), arguments: [])
        let isThere = Expression(call, at: expression.offset)
        return symbol == .notEqual
          ? isThere : Expression(.unary(.not, isThere), at: expression.offset)
      }
    }
    return Expression(.binary(symbol, rewrite(left), rewrite(right)), at: expression.offset)
  }

  /// Whether `now` is in an expression and not compared there already.
  private func hasOpenClock(_ expression: Expression) -> Bool {
    switch expression.kind {
    case .identifier(let name): name == "now"
    case .literal: false
    case .select(let operand, _, _): hasOpenClock(operand)
    case .index(let operand, let index, _): hasOpenClock(operand) || hasOpenClock(index)
    case .call(_, let target, let arguments):
      target.map(hasOpenClock) ?? false || arguments.contains(where: hasOpenClock)
    case .list(let elements): elements.contains { hasOpenClock($0.value) }
    case .map(let entries): entries.contains { hasOpenClock($0.key) || hasOpenClock($0.value) }
    case .message(_, let fields): fields.contains { hasOpenClock($0.value) }
    case .unary(_, let operand): hasOpenClock(operand)
    case .binary(let symbol, let left, let right):
      !symbol.isOrder && (hasOpenClock(left) || hasOpenClock(right))
    case .logical(_, let terms): terms.contains(where: hasOpenClock)
    case .conditional(let condition, let first, let second):
      [condition, first, second].contains(where: hasOpenClock)
    }
  }

  private mutating func comparison(
    _ symbol: BinaryOperator,
    _ left: Expression,
    _ right: Expression,
    in expression: Expression
  ) -> Expression {
    guard hasClock else {
      report(
        "now is only for when, for what is written of an object has to stay true while time passes",
        at: expression
      )
      return expression
    }
    guard hasOpenClock(left) != hasOpenClock(right) else {
      report("now is on both sides; \(Self.clockHelp)", at: expression)
      return expression
    }
    var (side, time, symbol) =
      hasOpenClock(left) ? (left, right, symbol) : (right, left, symbol.mirrored)
    func make(_ symbol: BinaryOperator, _ left: Expression, _ right: Expression) -> Expression {
      Expression(.binary(symbol, left, right), at: expression.offset)
    }
    while case .binary(let operation, let first, let second) = side.kind,
      operation == .add || operation == .subtract,
      hasOpenClock(first) != hasOpenClock(second)
    {
      switch (operation, hasOpenClock(first)) {
      case (.subtract, true): (side, time) = (first, make(.add, time, second))
      case (.subtract, false):
        (side, time, symbol) = (second, make(.subtract, first, time), symbol.mirrored)
      case (_, true): (side, time) = (first, make(.subtract, time, second))
      case (_, false): (side, time) = (second, make(.subtract, time, first))
      }
    }
    guard case .identifier("now") = side.kind else {
      report(Self.clockHelp, at: side)
      return expression
    }
    usesClock = true
    let isStrict = symbol == .greater || symbol == .lessOrEqual
    let name = isStrict ? ClockReading.isAfter : ClockReading.isAtOrAfter
    let call = Expression.Kind.call(name, target: side, arguments: [rewrite(time)])
    let isPast = Expression(call, at: expression.offset)
    return symbol == .greater || symbol == .greaterOrEqual
      ? isPast : Expression(.unary(.not, isPast), at: expression.offset)
  }
}

extension BinaryOperator {
  fileprivate var isOrder: Bool {
    switch self {
    case .less, .lessOrEqual, .greater, .greaterOrEqual: true
    default: false
    }
  }

  /// The same comparison with its sides exchanged.
  fileprivate var mirrored: BinaryOperator {
    switch self {
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    default: self
    }
  }
}

extension SourcePosition {
  /// The place of the byte at `offset`.
  fileprivate init(offset: Int, of source: String) {
    let before = String(decoding: source.utf8.prefix(offset), as: UTF8.self)
    let lines = before.split(separator: "\n", omittingEmptySubsequences: false)
    self.init(line: lines.count, column: (lines.last?.unicodeScalars.count ?? 0) + 1)
  }
}

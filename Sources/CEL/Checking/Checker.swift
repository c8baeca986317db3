import NameMatching

/// Finds out what the names of an expression mean, and whether its types fit.
struct Checker {
  /// More problems than this nobody reads, nor is for more than this looked what was meant.
  private static let problemLimit = 100
  private static let suggestionLimit = 20

  let environment: CELEnvironment
  let source: String
  /// Whether what is wrong is reported, and not left to the evaluation.
  let isChecked: Bool
  var types = TypeBindings()
  private(set) var problems: [CELProblem] = []
  private(set) var localCount = 0
  private var scopes: [Local] = []
  private(set) var resultType = CELType.dynamic

  /// A variable that a macro declares.
  struct Local {
    let name: String
    let type: CELType
    let slot: Int
    let isBound: Bool
  }

  init(environment: CELEnvironment, source: String, isChecked: Bool) {
    self.environment = environment
    self.source = source
    self.isChecked = isChecked
  }

  mutating func resolve(_ expression: Expression, returning wanted: CELType) -> ResolvedExpression {
    let resolved = resolve(expression)
    if isChecked, !types.areAssignable([resolved.type], to: [wanted]) {
      let found = types.resolved(resolved.type, isFinal: true)
      report("the value must be a \(wanted), and is a \(found)", at: expression.offset)
    }
    resultType = types.resolved(resolved.type, isFinal: true)
    return resolved
  }

  mutating func report(_ message: String, at offset: Int) {
    guard problems.count < Self.problemLimit else { return }
    let position = SourcePosition(offset: offset, in: source)
    problems.append(CELProblem(position: position, message: message))
  }

  /// Reports what is wrong, or where nothing is checked, leaves it to the evaluation.
  mutating func failure(_ reason: CELError.Reason, _ message: String, at offset: Int)
    -> ResolvedExpression
  {
    if isChecked { report(message, at: offset) }
    return ResolvedExpression(kind: .failure(reason), type: .failed, offset: offset)
  }

  /// Names that stand for something else than `name`, of which one was probably meant.
  func suggestion(_ name: String, of candidates: [String]) -> String {
    // Any letter is near to any other; and looking for a long name, or for many, takes its time.
    guard (3...64).contains(name.utf8.count), problems.count < Self.suggestionLimit else {
      return ""
    }
    guard let nearest = name.nearest(of: candidates.sorted()), nearest != name else { return "" }
    return "; did you mean \(nearest)?"
  }

  // MARK: Scopes

  mutating func declare(_ name: String, _ type: CELType, isBound: Bool = false) -> Int {
    let slot = localCount
    localCount += 1
    scopes.append(Local(name: name, type: type, slot: slot, isBound: isBound))
    return slot
  }

  mutating func leaveScope(_ count: Int = 1) {
    scopes.removeLast(count)
  }

  func local(named name: String) -> Local? {
    scopes.last { $0.name == name }
  }

  var localNames: [String] { scopes.map(\.name) }

  // MARK: Expressions

  mutating func resolve(_ expression: Expression) -> ResolvedExpression {
    let offset = expression.offset
    switch expression.kind {
    case .literal(let value):
      return ResolvedExpression(kind: .constant(value), type: value.literalType, offset: offset)
    case .identifier, .select:
      return resolveName(expression)
    case .index(let operand, let index, let isOptional):
      return resolveIndex(resolve(operand), resolve(index), isOptional: isOptional, at: offset)
    case .call(let name, let target, let arguments):
      return resolveCall(name, target, arguments, at: offset)
    case .list(let elements):
      return resolveList(elements, at: offset)
    case .map(let entries):
      return resolveMap(entries, at: offset)
    case .message(let name, _):
      return failure(
        .unknownName(name),
        "there is no message type \(name) that an expression can make",
        at: offset
      )
    case .unary(let symbol, let operand):
      let operand = resolve(operand)
      let type = operatorType(
        OperatorTypes.unary(symbol),
        [operand],
        "\(symbol.rawValue)_",
        at: offset
      )
      return ResolvedExpression(kind: .unary(symbol, operand), type: type, offset: offset)
    case .binary(let symbol, let left, let right):
      let (left, right) = (resolve(left), resolve(right))
      let types = OperatorTypes.binary(symbol)
      let type = operatorType(types, [left, right], "_\(symbol.rawValue)_", at: offset)
      return ResolvedExpression(kind: .binary(symbol, left, right), type: type, offset: offset)
    case .logical(let symbol, let terms):
      let terms = terms.map { resolve($0) }
      for term in terms { needBool(term, "_\(symbol.rawValue)_") }
      return ResolvedExpression(kind: .logical(symbol, terms), type: .bool, offset: offset)
    case .conditional(let condition, let first, let second):
      return resolveConditional(resolve(condition), resolve(first), resolve(second), at: offset)
    }
  }

  mutating func needBool(_ expression: ResolvedExpression, _ place: String) {
    guard isChecked, !types.areAssignable([expression.type], to: [.bool]) else { return }
    let type = types.resolved(expression.type, isFinal: true)
    report("\(place) needs a bool, and this is a \(type)", at: expression.offset)
  }

  private mutating func resolveConditional(
    _ condition: ResolvedExpression,
    _ first: ResolvedExpression,
    _ second: ResolvedExpression,
    at offset: Int
  ) -> ResolvedExpression {
    needBool(condition, "_?_:_")
    var type = types.unknownType()
    if !types.areAssignable([first.type, second.type], to: [type, type]) {
      if isChecked {
        let found = [first, second].map { types.resolved($0.type, isFinal: true) }
        report("both values of ?: need one type, and are \(found[0]) and \(found[1])", at: offset)
      }
      type = .failed
    }
    let kind = ResolvedExpression.Kind.conditional(condition, first, second)
    return ResolvedExpression(kind: kind, type: types.resolved(type), offset: offset)
  }

  private mutating func resolveList(_ elements: [Expression.Element], at offset: Int)
    -> ResolvedExpression
  {
    var type: CELType?
    var resolved: [ResolvedExpression.Element] = []
    for element in elements {
      let value = resolve(element.value)
      let found = element.isOptional ? unwrapped(value) : value.type
      type = types.join(type, found)
      resolved.append(.init(value: value, isOptional: element.isOptional))
    }
    let elementType = type ?? types.unknownType()
    return ResolvedExpression(kind: .list(resolved), type: .list(elementType), offset: offset)
  }

  private mutating func resolveMap(_ entries: [Expression.Entry], at offset: Int)
    -> ResolvedExpression
  {
    var keyType: CELType?
    var valueType: CELType?
    var resolved: [ResolvedExpression.Entry] = []
    for entry in entries {
      let key = resolve(entry.key)
      let value = resolve(entry.value)
      checkKey(key)
      keyType = types.join(keyType, key.type)
      valueType = types.join(valueType, entry.isOptional ? unwrapped(value) : value.type)
      resolved.append(.init(key: key, value: value, isOptional: entry.isOptional))
    }
    let type = CELType.map(keyType ?? types.unknownType(), valueType ?? types.unknownType())
    return ResolvedExpression(kind: .map(resolved), type: type, offset: offset)
  }

  private mutating func checkKey(_ key: ResolvedExpression) {
    switch types.resolved(key.type) {
    case .bool, .int, .uint, .string, .dynamic, .failed, .parameter: break
    case let type where isChecked: report("a \(type) cannot be a map's key", at: key.offset)
    default: break
    }
  }

  /// The type of an optional's value.
  mutating func unwrapped(_ expression: ResolvedExpression) -> CELType {
    let value = types.unknownType()
    if types.areAssignable([expression.type], to: [.optional(value)]) { return value }
    if isChecked {
      let type = types.resolved(expression.type, isFinal: true)
      report("an optional is needed here, and this is a \(type)", at: expression.offset)
    }
    return .failed
  }

  /// The type of an operator's value, reported if it has none for its operands.
  mutating func operatorType(
    _ signatures: [OperatorTypes],
    _ operands: [ResolvedExpression],
    _ name: String,
    at offset: Int
  ) -> CELType {
    var result: CELType?
    for signature in signatures {
      let instance = types.instance(of: signature.operands + [signature.result])
      guard types.areAssignable(operands.map(\.type), to: Array(instance.dropLast())),
        let type = instance.last.map({ types.resolved($0) })
      else { continue }
      result = result.map { $0 == type ? $0 : .dynamic } ?? type
    }
    if let result { return result }
    if isChecked, !operands.contains(where: { $0.type == .failed }) {
      report(noOverload(name, operands), at: offset)
    }
    return .failed
  }

  func noOverload(_ name: String, _ arguments: [ResolvedExpression]) -> String {
    let found = arguments.map { types.resolved($0.type, isFinal: true).description }
    return "no such overload: \(name)(\(found.joined(separator: ", ")))"
  }
}

extension CELValue {
  fileprivate var literalType: CELType {
    switch self {
    case .null: .null
    case .bool: .bool
    case .int: .int
    case .uint: .uint
    case .double: .double
    case .string: .string
    case .bytes: .bytes
    default: .dynamic
    }
  }
}

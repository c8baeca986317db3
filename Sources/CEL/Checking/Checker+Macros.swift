extension Checker {
  static let memberMacros = [
    "all", "exists", "exists_one", "existsOne", "map", "filter", "transformList", "transformMap",
    "transformMapEntry", "optMap", "optFlatMap", "sortBy",
  ]

  /// What a macro's call stands for; nil if it is a call of a function.
  mutating func macro(
    _ name: String,
    _ target: Expression?,
    _ arguments: [Expression],
    at offset: Int
  ) -> ResolvedExpression? {
    guard let target else {
      return name == "has" && arguments.count == 1 ? has(arguments[0], at: offset) : nil
    }
    switch (name, arguments.count) {
    case ("bind", 3) where target.isNamed("cel"):
      return bind(arguments, at: offset)
    case ("optMap", 2), ("optFlatMap", 2):
      return optionalMap(target, arguments, isFlat: name == "optFlatMap", at: offset)
    case ("all", 2...3): return fold(.all, target, arguments, at: offset)
    case ("exists", 2...3): return fold(.exists, target, arguments, at: offset)
    case ("exists_one", 2...3), ("existsOne", 2...3):
      return fold(.existsOne, target, arguments, at: offset)
    case ("filter", 2): return fold(.filter, target, arguments, at: offset)
    case ("map", 2): return fold(.list, target, arguments, at: offset)
    case ("map", 3): return fold(.list, target, arguments, hasFilter: true, at: offset)
    case ("sortBy", 2): return fold(.sorted, target, arguments, at: offset)
    case ("transformList", 3...4):
      return fold(.list, target, arguments, hasFilter: arguments.count == 4, at: offset)
    case ("transformMap", 3...4):
      return fold(.map, target, arguments, hasFilter: arguments.count == 4, at: offset)
    case ("transformMapEntry", 3...4):
      return fold(.mapEntries, target, arguments, hasFilter: arguments.count == 4, at: offset)
    default: return nil
    }
  }

  /// A macro that cannot be what it is written as is wrong, checked or not.
  private mutating func malformed(_ message: String, at offset: Int) -> ResolvedExpression {
    report(message, at: offset)
    return ResolvedExpression(kind: .constant(.null), type: .failed, offset: offset)
  }

  private mutating func has(_ argument: Expression, at offset: Int) -> ResolvedExpression {
    guard case .select(let operand, let field, isOptional: false) = argument.kind else {
      return malformed("has() needs a selection such as a.b", at: argument.offset)
    }
    return presence(of: field, in: resolve(operand), at: argument.offset)
  }

  /// The name of a variable that a macro declares; reported if it is none.
  private mutating func variableName(_ expression: Expression) -> String? {
    if case .identifier(let name) = expression.kind, !name.hasPrefix(".") { return name }
    report("the macro needs a simple name here, for its variable", at: expression.offset)
    return nil
  }

  private mutating func bind(_ arguments: [Expression], at offset: Int) -> ResolvedExpression {
    let value = resolve(arguments[1])
    let name = variableName(arguments[0]) ?? ""
    let slot = declare(name, value.type, isBound: true)
    let body = resolve(arguments[2])
    leaveScope()
    return ResolvedExpression(
      kind: .bind(slot: slot, value: value, body: body),
      type: body.type,
      offset: offset
    )
  }

  private mutating func optionalMap(
    _ target: Expression,
    _ arguments: [Expression],
    isFlat: Bool,
    at offset: Int
  ) -> ResolvedExpression {
    let target = resolve(target)
    let type = unwrapped(target)
    let name = variableName(arguments[0]) ?? ""
    let slot = declare(name, type)
    let body = resolve(arguments[1])
    leaveScope()
    let result = CELType.optional(isFlat ? unwrapped(body) : body.type)
    return ResolvedExpression(
      kind: .optionalMap(.init(target: target, slot: slot, body: body, isFlat: isFlat)),
      type: result,
      offset: offset
    )
  }

  private mutating func fold(
    _ kind: ResolvedExpression.Fold.Kind,
    _ target: Expression,
    _ arguments: [Expression],
    hasFilter: Bool = false,
    at offset: Int
  ) -> ResolvedExpression {
    let range = resolve(target)
    let variableCount = arguments.count - (hasFilter ? 2 : 1)
    let (single, first, second) = variableTypes(of: range)
    let names = arguments.prefix(variableCount).map { variableName($0) ?? "" }
    if names.count == 2, names[0] == names[1] {
      report("the macro's two variables need two names", at: arguments[1].offset)
    }
    let firstSlot = declare(names[0], variableCount == 1 ? single : first)
    let secondSlot = variableCount == 2 ? declare(names[1], second) : nil
    let filter = hasFilter ? resolve(arguments[variableCount]) : nil
    let body = resolve(arguments[arguments.count - 1])
    leaveScope(variableCount)
    if let filter { needBool(filter, "the macro’s condition") }
    let fold = ResolvedExpression.Fold(
      kind: kind,
      range: range,
      first: firstSlot,
      second: secondSlot,
      filter: filter,
      body: body
    )
    let type = resultType(of: kind, keys: first, elements: single, body)
    return ResolvedExpression(kind: .fold(fold), type: type, offset: offset)
  }

  /// The types of a macro's only variable, and of its first and second where it has two.
  private mutating func variableTypes(of range: ResolvedExpression) -> (CELType, CELType, CELType) {
    switch types.resolved(range.type) {
    case .list(let element): return (element, .int, element)
    case .map(let key, let value): return (key, key, value)
    case .object: return (.string, .string, .dynamic)
    case .dynamic, .failed, .parameter: return (.dynamic, .dynamic, .dynamic)
    case let type:
      if isChecked {
        report("a macro goes through a list or a map, and this is a \(type)", at: range.offset)
      }
      return (.failed, .failed, .failed)
    }
  }

  private mutating func resultType(
    of kind: ResolvedExpression.Fold.Kind,
    keys: CELType,
    elements: CELType,
    _ body: ResolvedExpression
  ) -> CELType {
    switch kind {
    case .all, .exists, .existsOne:
      needBool(body, "the macro’s condition")
      return .bool
    case .filter:
      needBool(body, "the macro’s condition")
      return .list(elements)
    case .list: return .list(body.type)
    case .map: return .map(keys, body.type)
    case .mapEntries: return entriesType(body)
    case .sorted: return .list(elements)
    }
  }

  private mutating func entriesType(_ body: ResolvedExpression) -> CELType {
    let type = CELType.map(types.unknownType(), types.unknownType())
    if types.areAssignable([body.type], to: [type]) { return types.resolved(type) }
    if isChecked {
      report(
        "transformMapEntry needs a map, and this is a \(types.resolved(body.type, isFinal: true))",
        at: body.offset
      )
    }
    return .failed
  }
}

extension Expression {
  fileprivate func isNamed(_ name: String) -> Bool {
    if case .identifier(name) = kind { true } else { false }
  }
}

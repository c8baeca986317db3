extension Checker {
  /// Resolves a name or a selection: the longest part that names a variable or a type is that.
  mutating func resolveName(_ expression: Expression) -> ResolvedExpression {
    if let resolved = named(expression) { return resolved }
    switch expression.kind {
    case .identifier(let name):
      let plain = name.hasPrefix(".") ? String(name.dropFirst()) : name
      let known = environment.variables.map(\.name) + localNames + environment.typeNames
      return failure(
        .unknownName(plain),
        "there is no variable \(plain)" + suggestion(plain, of: known),
        at: expression.offset
      )
    case .select(let operand, let field, let isOptional):
      return select(resolve(operand), field, isOptional: isOptional, at: expression.offset)
    default:
      return resolve(expression)
    }
  }

  /// What a name stands for as a whole; nil if nothing.
  private func named(_ expression: Expression) -> ResolvedExpression? {
    guard let name = expression.qualifiedName else { return nil }
    let offset = expression.offset
    let root = name.prefix { $0 != "." }
    if !name.hasPrefix("."), let local = local(named: String(root)) {
      guard root.count == name.count else { return nil }
      let kind: ResolvedExpression.Kind = local.isBound ? .bound(local.slot) : .local(local.slot)
      return ResolvedExpression(kind: kind, type: types.resolved(local.type), offset: offset)
    }
    for candidate in environment.candidates(for: name) {
      if let position = environment.positions[candidate] {
        let kind = ResolvedExpression.Kind.variable(position, name: candidate)
        let type = environment.variables[position].type
        return ResolvedExpression(kind: kind, type: type, offset: offset)
      }
      if environment.typeNames.contains(candidate) {
        return ResolvedExpression(kind: .constant(.type(candidate)), type: .type, offset: offset)
      }
    }
    return nil
  }

  // MARK: Fields

  mutating func select(
    _ operand: ResolvedExpression,
    _ field: String,
    isOptional: Bool,
    at offset: Int
  ) -> ResolvedExpression {
    var container = types.resolved(operand.type)
    var becomesOptional = isOptional
    if case .optional(let value) = container {
      container = value
      becomesOptional = true
    }
    let type = fieldType(field, of: container, at: offset)
    return ResolvedExpression(
      kind: .select(operand, field: field, isOptional: isOptional),
      type: becomesOptional ? .optional(type) : type,
      offset: offset
    )
  }

  mutating func presence(of field: String, in operand: ResolvedExpression, at offset: Int)
    -> ResolvedExpression
  {
    var container = types.resolved(operand.type)
    if case .optional(let value) = container { container = value }
    _ = fieldType(field, of: container, at: offset)
    return ResolvedExpression(
      kind: .presence(operand, field: field),
      type: .bool,
      offset: offset
    )
  }

  private mutating func fieldType(_ field: String, of container: CELType, at offset: Int) -> CELType
  {
    switch container {
    case .dynamic, .failed, .parameter:
      return .dynamic
    case .map(let key, let value):
      guard types.areAssignable([.string], to: [key]) else {
        return noField("a \(container) has no fields, as its keys are no strings", at: offset)
      }
      return types.resolved(value)
    case .object(let name):
      guard let type = environment.objectTypes[name] else { return .dynamic }
      if let field = type.fields[field] { return field }
      guard !type.isOpen else { return .dynamic }
      let known = suggestion(field, of: Array(type.fields.keys))
      return noField("a \(name) has no field \(field)" + known, at: offset)
    default:
      return noField("a \(types.resolved(container, isFinal: true)) has no fields", at: offset)
    }
  }

  private mutating func noField(_ message: String, at offset: Int) -> CELType {
    if isChecked { report(message, at: offset) }
    return .failed
  }

  mutating func resolveIndex(
    _ operand: ResolvedExpression,
    _ index: ResolvedExpression,
    isOptional: Bool,
    at offset: Int
  ) -> ResolvedExpression {
    var container = types.resolved(operand.type)
    var becomesOptional = isOptional
    if case .optional(let value) = container {
      container = types.resolved(value)
      becomesOptional = true
    }
    let type = elementType(of: container, operand, index, at: offset)
    return ResolvedExpression(
      kind: .index(operand, index, isOptional: isOptional),
      type: becomesOptional ? .optional(type) : type,
      offset: offset
    )
  }

  private mutating func elementType(
    of container: CELType,
    _ operand: ResolvedExpression,
    _ index: ResolvedExpression,
    at offset: Int
  ) -> CELType {
    switch container {
    case .dynamic, .failed, .parameter:
      return .dynamic
    case .list(let element):
      if types.areAssignable([index.type], to: [.int]) { return types.resolved(element) }
    case .map(let key, let value):
      if types.areAssignable([index.type], to: [key]) { return types.resolved(value) }
    case .object:
      if case .constant(.string(let field)) = index.kind {
        return fieldType(field, of: container, at: index.offset)
      }
      if types.areAssignable([index.type], to: [.string]) { return .dynamic }
    default: break
    }
    return noField(noOverload("_[_]", [operand, index]), at: offset)
  }
}

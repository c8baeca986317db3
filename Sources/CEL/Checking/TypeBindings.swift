/// What is known of the types that stand for any, while an expression is checked.
struct TypeBindings {
  private var bound: [String: CELType] = [:]
  /// What was bound before, for each change since the last question was answered.
  private var changes: [(name: String, before: CELType?)] = []
  private var count = 0

  /// A type that may still become any.
  mutating func unknownType() -> CELType {
    count += 1
    return .parameter("_\(count)")
  }

  /// The types of an overload with parameters of their own, so that two calls do not share them.
  mutating func instance(of types: [CELType]) -> [CELType] {
    count += 1
    let suffix = "_\(count)"
    return types.map { $0.replacing { .parameter($0 + suffix) } }
  }

  /// The type with all that is known of it; what is still any becomes `dyn`, if wanted.
  func resolved(_ type: CELType, isFinal: Bool = false) -> CELType {
    type.replacing { name in
      if let known = bound[name] { return resolved(known, isFinal: isFinal) }
      return isFinal ? .dynamic : .parameter(name)
    }
  }

  /// Whether values of the types can be given where the others are wanted; learns from it only if so.
  mutating func areAssignable(_ types: [CELType], to wanted: [CELType]) -> Bool {
    changes.removeAll(keepingCapacity: true)
    for (type, wanted) in zip(types, wanted) where !isAssignable(type, to: wanted) {
      for change in changes.reversed() { bound[change.name] = change.before }
      return false
    }
    return true
  }

  private mutating func isAssignable(_ type: CELType, to wanted: CELType) -> Bool {
    if type == wanted || type.isDynamic && !wanted.isParameter { return true }
    if case .parameter(let name) = wanted {
      let hadBinding = bound[name] != nil
      if bind(name, to: type) { return true }
      if hadBinding { return false }
    }
    if case .parameter(let name) = type { return bind(name, to: wanted) }
    switch (type, wanted) {
    case (_, .dynamic), (_, .failed), (.dynamic, _), (.failed, _): return true
    case (.null, .object), (.null, .opaque), (.null, .duration), (.null, .timestamp): return true
    case (.object, .null), (.opaque, .null), (.duration, .null), (.timestamp, .null): return true
    case (.list(let left), .list(let right)): return isAssignable(left, to: right)
    case (.optional(let left), .optional(let right)): return isAssignable(left, to: right)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      return isAssignable(key, to: otherKey) && isAssignable(value, to: otherValue)
    case (.object, .map(let key, let value)):
      return isAssignable(.string, to: key) && isAssignable(.dynamic, to: value)
    default: return type == wanted
    }
  }

  /// Whether the parameter may stand for the type; if so, it does from now on.
  private mutating func bind(_ name: String, to type: CELType) -> Bool {
    if case .parameter(name) = type { return true }
    guard let known = bound[name] else {
      guard !resolved(type).contains(parameter: name) else { return false }
      changes.append((name, nil))
      bound[name] = type
      return true
    }
    guard isAssignable(type, to: known) else { return false }
    let general = mostGeneral(known, type)
    if !resolved(general).contains(parameter: name) {
      changes.append((name, known))
      bound[name] = general
    }
    return true
  }

  /// Of two types of which one can be given for the other, the one that tells less.
  private func mostGeneral(_ first: CELType, _ second: CELType) -> CELType {
    isAsGeneral(first, as: second) ? first : second
  }

  private func isAsGeneral(_ first: CELType, as second: CELType) -> Bool {
    switch (first, second) {
    case (.dynamic, _), (.failed, _), (.parameter, _): true
    case (.null, .object), (.null, .opaque), (.null, .duration), (.null, .timestamp): false
    case (.list(let left), .list(let right)): isAsGeneral(left, as: right)
    case (.optional(let left), .optional(let right)): isAsGeneral(left, as: right)
    case (.map(let key, let value), .map(let otherKey, let otherValue)):
      isAsGeneral(key, as: otherKey) && isAsGeneral(value, as: otherValue)
    case (_, .dynamic), (_, .failed), (_, .parameter): false
    default: true
    }
  }

  /// The type of a place where values of both types stand.
  mutating func join(_ previous: CELType?, _ type: CELType) -> CELType {
    guard let previous else { return type }
    guard areAssignable([previous], to: [type]) else { return .dynamic }
    return mostGeneral(resolved(previous), resolved(type))
  }
}

extension CELType {
  fileprivate var isParameter: Bool {
    if case .parameter = self { true } else { false }
  }
}

extension Checker {
  mutating func resolveCall(
    _ name: String,
    _ target: Expression?,
    _ arguments: [Expression],
    at offset: Int
  ) -> ResolvedExpression {
    if environment.hasMacros, let macro = macro(name, target, arguments, at: offset) {
      return macro
    }
    guard let target else {
      for candidate in environment.candidates(for: name) {
        if let overloads = functions(candidate) {
          return call(candidate, overloads, arguments.map { resolve($0) }, at: offset)
        }
      }
      return unknownFunction(name, at: offset)
    }
    if let (qualified, overloads) = namespaced(name, target) {
      return call(qualified, overloads, arguments.map { resolve($0) }, at: offset)
    }
    guard let overloads = environment.functions[name]?.filter(\.isMember), !overloads.isEmpty else {
      return unknownMember(name, of: target, at: offset)
    }
    return call(name, overloads, ([target] + arguments).map { resolve($0) }, at: offset)
  }

  private func functions(_ name: String) -> [CELOverload]? {
    guard let overloads = environment.functions[name]?.filter({ !$0.isMember }),
      !overloads.isEmpty
    else { return nil }
    return overloads
  }

  /// The function whose name the target is the beginning of, such as that of `math.ceil(1.5)`.
  private func namespaced(_ name: String, _ target: Expression) -> (String, [CELOverload])? {
    guard let prefix = target.qualifiedName,
      local(named: String(prefix.prefix { $0 != "." })) == nil
    else { return nil }
    for candidate in environment.candidates(for: "\(prefix).\(name)") {
      if let overloads = functions(candidate) { return (candidate, overloads) }
    }
    return nil
  }

  private mutating func unknownFunction(_ name: String, at offset: Int) -> ResolvedExpression {
    var message = "there is no function \(name)"
    if environment.functions[name] != nil {
      message += " that is not called of a value"
    } else {
      message += suggestion(name, of: names { !$0.isMember } + ["has"])
    }
    return failure(.unknownFunction(name), message, at: offset)
  }

  /// A call of something that may be the beginning of a function's name, or a value without such a member.
  private mutating func unknownMember(_ name: String, of target: Expression, at offset: Int)
    -> ResolvedExpression
  {
    if let prefix = target.qualifiedName {
      let meant = suggestion(
        "\(prefix).\(name)",
        of: names { !$0.isMember && $0.name.contains(".") }
      )
      if !meant.isEmpty {
        let message = "there is no function \(prefix).\(name)" + meant
        return failure(.unknownFunction("\(prefix).\(name)"), message, at: offset)
      }
    }
    let before = problems.count
    _ = resolve(target)
    // Of a value that is wrong itself, nothing more is said.
    guard problems.count == before else {
      return ResolvedExpression(
        kind: .failure(.unknownFunction(name)),
        type: .failed,
        offset: offset
      )
    }
    var message = "there is no function \(name)"
    if environment.functions[name] != nil {
      message += " of a value"
    } else {
      message += suggestion(name, of: names(where: \.isMember) + Self.memberMacros)
    }
    return failure(.unknownFunction(name), message, at: offset)
  }

  private func names(where isMeant: (CELOverload) -> Bool) -> [String] {
    environment.functions.filter { $0.value.contains(where: isMeant) }.map(\.key)
  }

  /// A call of a function of which some overload takes the arguments.
  private mutating func call(
    _ name: String,
    _ overloads: [CELOverload],
    _ arguments: [ResolvedExpression],
    at offset: Int
  ) -> ResolvedExpression {
    let fitting = overloads.filter { $0.parameters(forCount: arguments.count) != nil }
    var result: CELType?
    var taken: [CELOverload] = []
    for overload in fitting {
      guard let parameters = overload.parameters(forCount: arguments.count) else { continue }
      let instance = types.instance(of: parameters + [overload.result])
      guard types.areAssignable(arguments.map(\.type), to: Array(instance.dropLast())),
        let type = instance.last.map({ types.resolved($0) })
      else { continue }
      taken.append(overload)
      result = result.map { $0 == type ? $0 : .dynamic } ?? type
    }
    if taken.isEmpty, isChecked, !arguments.contains(where: { $0.type == .failed }) {
      report(noOverload(name, arguments), at: offset)
    }
    let call = ResolvedExpression.Call(
      name: name,
      overloads: isChecked ? taken : fitting,
      arguments: arguments
    )
    return ResolvedExpression(kind: .call(call), type: result ?? .failed, offset: offset)
  }
}

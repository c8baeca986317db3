extension CELLibrary {
  /// Values that may be missing.
  static let optionals = CELLibrary(overloads: [
    .function("optional.none", taking: [], returns: optional) { _, _ in .optional(nil) },
    .function("optional.of", value, returns: optional) { value, _ in .optional(value) },
    .function("optional.ofNonZeroValue", value, returns: optional) { value, _ in
      .optional(value.isZero ? nil : value)
    },
    .function("optional.unwrap", .list(optional), returns: .list(value), unwrap),
    .member("unwrapOpt", of: .list(optional), returns: .list(value), unwrap),
    .member("hasValue", of: optional, returns: .bool) { value, _ throws(CELError) in
      .bool(try content(value) != nil)
    },
    .member("value", of: optional, returns: value) { value, _ throws(CELError) in
      guard let content = try content(value) else { throw CELError(.emptyOptional) }
      return content
    },
    .member("or", of: optional, optional, returns: optional) { value, other, _ throws(CELError) in
      try content(value) == nil ? other : value
    },
    .member("orValue", of: optional, value, returns: value) { value, other, _ throws(CELError) in
      try content(value) ?? other
    },
    .member("first", of: .list(value), returns: optional) { list, _ throws(CELError) in
      .optional(try elements(list).first)
    },
    .member("last", of: .list(value), returns: optional) { list, _ throws(CELError) in
      .optional(try elements(list).last)
    },
  ])

  private static let value = CELType.parameter("V")
  private static let optional = CELType.optional(value)

  private static func content(_ value: CELValue) throws(CELError) -> CELValue? {
    guard case .optional(let content) = value else {
      throw CELError(.noSuchOverload(function: "optional", arguments: [value.typeName]))
    }
    return content
  }

  private static let unwrap: CELOverload.Unary = { list, evaluation throws(CELError) in
    var values: [CELValue] = []
    for element in try elements(list) {
      try evaluation.charge()
      if let value = try content(element) { values.append(value) }
    }
    return .list(values)
  }
}

extension CELLibrary {
  /// The elements of a value that an overload has accepted as a list.
  static func elements(_ value: CELValue) throws(CELError) -> [CELValue] {
    guard case .list(let list) = value else {
      throw CELError(.noSuchOverload(function: "list", arguments: [value.typeName]))
    }
    return list.elements
  }
}

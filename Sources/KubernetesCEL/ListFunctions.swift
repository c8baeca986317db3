import CEL

extension CELLibrary {
  /// Lists whose elements have an order, or a sum.
  static let kubernetesLists = CELLibrary(
    overloads: comparable.flatMap(comparing) + sums + [
      .member("indexOf", of: .list(element), element, returns: .int) {
        list,
        value,
        evaluation throws(CELError) in
        .int(try position(of: value, in: try elements(list), isLast: false, evaluation))
      },
      .member("lastIndexOf", of: .list(element), element, returns: .int) {
        list,
        value,
        evaluation throws(CELError) in
        .int(try position(of: value, in: try elements(list), isLast: true, evaluation))
      },
      .member("includes", of: .dynamic, .dynamic, returns: .bool) {
        target,
        value,
        evaluation throws(CELError) in
        guard case .list(let list) = target else {
          return .bool(try Comparison.areEqual(target, value, evaluation))
        }
        return .bool(try position(of: value, in: list.elements, isLast: false, evaluation) >= 0)
      },
    ]
  )

  private static let element = CELType.parameter("A")
  private static let comparable: [CELType] = [
    .int, .uint, .double, .bool, .duration, .timestamp, .string, .bytes,
  ]

  private static func elements(_ value: CELValue) throws(CELError) -> [CELValue] {
    guard case .list(let list) = value else { throw CELOverload.noOverload("list", [value]) }
    return list.elements
  }

  private static func comparing(_ type: CELType) -> [CELOverload] {
    [
      .member("isSorted", of: .list(type), returns: .bool) { list, evaluation throws(CELError) in
        let elements = try elements(list)
        for (left, right) in zip(elements, elements.dropFirst()) {
          if try order(left, right, "isSorted", evaluation) == .after { return .bool(false) }
        }
        return .bool(true)
      },
      .member("min", of: .list(type), returns: type) { list, evaluation throws(CELError) in
        try extreme(try elements(list), "min", .before, evaluation)
      },
      .member("max", of: .list(type), returns: type) { list, evaluation throws(CELError) in
        try extreme(try elements(list), "max", .after, evaluation)
      },
    ]
  }

  private static func order(
    _ left: CELValue,
    _ right: CELValue,
    _ function: String,
    _ evaluation: Evaluation
  ) throws(CELError) -> Comparison.Order {
    guard let order = try Comparison.order(left, right, evaluation) else {
      throw CELOverload.noOverload(function, [left, right])
    }
    return order
  }

  private static func extreme(
    _ elements: [CELValue],
    _ function: String,
    _ wanted: Comparison.Order,
    _ evaluation: Evaluation
  ) throws(CELError) -> CELValue {
    guard var result = elements.first else {
      throw CELError(.invalidArgument("\(function) needs an element, and the list is empty"))
    }
    for element in elements.dropFirst() {
      if try order(element, result, function, evaluation) == wanted { result = element }
    }
    return result
  }

  private static let sums: [CELOverload] = [
    (.int, .int(0)), (.uint, .uint(0)), (.double, .double(0)),
    (.duration, .duration(CELDuration(nanoseconds: 0))),
  ].map { (type: CELType, zero: CELValue) in
    CELOverload.member("sum", of: .list(type), returns: type) { list, evaluation throws(CELError) in
      let elements = try elements(list)
      // Only an empty list leaves open which of the overloads it is.
      guard var sum = elements.first else { return zero }
      for element in elements.dropFirst() { sum = try sum.adding(element, evaluation) }
      return try sum.adding(sum.zero, evaluation)
    }
  }

  private static func position(
    of value: CELValue,
    in elements: [CELValue],
    isLast: Bool,
    _ evaluation: Evaluation
  ) throws(CELError) -> Int64 {
    let positions = Array(elements.indices)
    for position in isLast ? positions.reversed() : positions {
      if try Comparison.areEqual(elements[position], value, evaluation) { return Int64(position) }
    }
    return -1
  }
}

extension CELValue {
  /// The zero of a type that has a sum; anything else for others, which then cannot be added.
  fileprivate var zero: CELValue {
    switch self {
    case .uint: .uint(0)
    case .double: .double(0)
    case .duration: .duration(CELDuration(nanoseconds: 0))
    default: .int(0)
    }
  }
}

extension CELLibrary {
  /// The extension of lists.
  static let lists = CELLibrary(overloads: [
    .member("distinct", of: .list(element), returns: .list(element)) {
      list,
      evaluation throws(CELError) in
      .list(try distinct(try elements(list), evaluation))
    },
    .member("flatten", of: .list(.dynamic), returns: .list(.dynamic)) {
      list,
      evaluation throws(CELError) in
      .list(try flattened(try elements(list), depth: 1, evaluation))
    },
    .member("flatten", of: .list(.dynamic), .int, returns: .list(.dynamic)) {
      list,
      depth,
      evaluation throws(CELError) in
      guard case .int(let depth) = depth, depth >= 0 else {
        throw CELError(.invalidArgument("flatten needs a depth that is not negative"))
      }
      return .list(try flattened(try elements(list), depth: depth, evaluation))
    },
    .function("lists.range", .int, returns: .list(.int)) { count, evaluation throws(CELError) in
      guard case .int(let count) = count, count > 0 else { return .list([CELValue]()) }
      try evaluation.charge(UInt64(count))
      return .list((0..<count).map(CELValue.int))
    },
    .member("reverse", of: .list(element), returns: .list(element)) {
      list,
      evaluation throws(CELError) in
      let elements = try elements(list)
      try evaluation.charge(UInt64(elements.count))
      return .list(elements.reversed())
    },
    .member("slice", of: .list(element), taking: [.int, .int], returns: .list(element)) {
      arguments,
      evaluation throws(CELError) in
      let elements = try elements(arguments[0])
      guard case .int(let start) = arguments[1], case .int(let end) = arguments[2] else {
        throw CELOverload.noOverload("slice", arguments)
      }
      guard start >= 0, start <= end, end <= elements.count else {
        throw CELError(
          .invalidArgument("a list of \(elements.count) has no slice \(start) to \(end)")
        )
      }
      try evaluation.charge(UInt64(end - start))
      return .list(Array(elements[Int(start)..<Int(end)]))
    },
    .member("sort", of: .list(element), returns: .list(element)) {
      list,
      evaluation throws(CELError) in
      let elements = try elements(list)
      return .list(try Sorting.sorted(elements, by: elements, evaluation))
    },
  ])

  private static let element = CELType.parameter("T")

  private static func distinct(_ elements: [CELValue], _ evaluation: Evaluation) throws(CELError)
    -> [CELValue]
  {
    var seen: Set<CELMapKey> = []
    var others: [CELValue] = []
    var distinct: [CELValue] = []
    for element in elements {
      try evaluation.charge()
      // What may be a map's key is found by hashing; the rest must be compared.
      if let key = CELMapKey(element) {
        if seen.insert(key).inserted { distinct.append(element) }
        continue
      }
      var isKnown = false
      for other in others where !isKnown {
        isKnown = try Comparison.areEqual(element, other, evaluation)
      }
      guard !isKnown else { continue }
      others.append(element)
      distinct.append(element)
    }
    return distinct
  }

  private static func flattened(_ elements: [CELValue], depth: Int64, _ evaluation: Evaluation)
    throws(CELError) -> [CELValue]
  {
    var result: [CELValue] = []
    for element in elements {
      try evaluation.charge()
      if depth > 0, case .list(let inner) = element {
        result += try evaluation.descending { () throws(CELError) in
          try flattened(inner.elements, depth: depth - 1, evaluation)
        }
      } else {
        result.append(element)
      }
    }
    return result
  }
}

extension CELLibrary {
  /// Lists as sets.
  static let sets = CELLibrary(overloads: [
    .function("sets.contains", list, list, returns: .bool) {
      left,
      right,
      evaluation throws(CELError) in
      .bool(try contains(try elements(left), try elements(right), evaluation))
    },
    .function("sets.equivalent", list, list, returns: .bool) {
      left,
      right,
      evaluation throws(CELError) in
      let (left, right) = (try elements(left), try elements(right))
      guard try contains(left, right, evaluation) else { return .bool(false) }
      return .bool(try contains(right, left, evaluation))
    },
    .function("sets.intersects", list, list, returns: .bool) {
      left,
      right,
      evaluation throws(CELError) in
      let known = try elements(left)
      for element in try elements(right) {
        if try has(element, in: known, evaluation) { return .bool(true) }
      }
      return .bool(false)
    },
  ])

  private static let list = CELType.list(.parameter("T"))

  private static func contains(
    _ elements: [CELValue],
    _ others: [CELValue],
    _ evaluation: Evaluation
  ) throws(CELError) -> Bool {
    for other in others {
      guard try has(other, in: elements, evaluation) else { return false }
    }
    return true
  }

  private static func has(_ value: CELValue, in elements: [CELValue], _ evaluation: Evaluation)
    throws(CELError) -> Bool
  {
    for element in elements {
      if try Comparison.areEqual(element, value, evaluation) { return true }
    }
    return false
  }
}

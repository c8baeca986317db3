import Foundation

extension CELLibrary {
  /// The extension of numbers.
  static let math = CELLibrary(overloads: extremes + roundings + signs + tests + bits + shifts)

  // MARK: The greatest and the least

  private static let extremes: [CELOverload] = [
    ("math.greatest", Comparison.Order.after), ("math.least", .before),
  ].flatMap { (name: String, wanted: Comparison.Order) in
    let body: CELOverload.Many = { arguments, evaluation throws(CELError) in
      try extreme(name, arguments, wanted, evaluation)
    }
    let numbers: [CELType] = [.int, .uint, .double]
    var overloads = numbers.map { type in
      CELOverload.function(name, taking: [type], isVariadic: true, returns: type, body)
    }
    overloads += numbers.map { type in
      CELOverload.function(name, .list(type), returns: type) { list, evaluation throws(CELError) in
        try extreme(name, try elements(list), wanted, evaluation)
      }
    }
    // Of several numbers of different types, none is known before to be the greatest.
    overloads.append(
      .function(name, taking: [.dynamic, .dynamic], isVariadic: true, returns: .dynamic, body)
    )
    overloads.append(
      .function(name, .list(.dynamic), returns: .dynamic) { list, evaluation throws(CELError) in
        try extreme(name, try elements(list), wanted, evaluation)
      }
    )
    return overloads
  }

  private static func extreme(
    _ name: String,
    _ values: [CELValue],
    _ wanted: Comparison.Order,
    _ evaluation: Evaluation
  ) throws(CELError) -> CELValue {
    guard var result = values.first else {
      throw CELError(.invalidArgument("\(name) needs a number, and the list is empty"))
    }
    for value in values {
      try evaluation.charge()
      guard let order = Comparison.order(ofNumbers: value, result) else {
        throw CELOverload.noOverload(name, values)
      }
      if order == wanted { result = value }
    }
    return result
  }

  // MARK: Doubles

  private static let roundings: [CELOverload] = [
    .function("math.ceil") { (value: Double, _) throws(CELError) -> Double in value.rounded(.up) },
    .function("math.floor") { (value: Double, _) throws(CELError) -> Double in
      value.rounded(.down)
    },
    .function("math.round") { (value: Double, _) throws(CELError) -> Double in
      value.rounded(.toNearestOrAwayFromZero)
    },
    .function("math.trunc") { (value: Double, _) throws(CELError) -> Double in
      value.rounded(.towardZero)
    },
    .function("math.sqrt") { (value: Double, _) throws(CELError) -> Double in value.squareRoot() },
    .function("math.sqrt") { (value: Int64, _) throws(CELError) -> Double in
      Double(value).squareRoot()
    },
    .function("math.sqrt") { (value: UInt64, _) throws(CELError) -> Double in
      Double(value).squareRoot()
    },
  ]

  private static let tests: [CELOverload] = [
    .function("math.isNaN") { (value: Double, _) throws(CELError) -> Bool in value.isNaN },
    .function("math.isInf") { (value: Double, _) throws(CELError) -> Bool in value.isInfinite },
    .function("math.isFinite") { (value: Double, _) throws(CELError) -> Bool in value.isFinite },
  ]

  private static let signs: [CELOverload] = [
    .function("math.abs") { (value: Double, _) throws(CELError) -> Double in value.magnitude },
    .function("math.abs") { (value: Int64, _) throws(CELError) -> Int64 in
      guard let magnitude = Int64(exactly: value.magnitude) else {
        throw CELError(.outOfRange("the integer"))
      }
      return magnitude
    },
    .function("math.abs") { (value: UInt64, _) throws(CELError) -> UInt64 in value },
    .function("math.sign") { (value: Double, _) throws(CELError) -> Double in
      value.isNaN ? value : value > 0 ? 1 : value < 0 ? -1 : 0
    },
    .function("math.sign") { (value: Int64, _) throws(CELError) -> Int64 in value.signum() },
    .function("math.sign") { (value: UInt64, _) throws(CELError) -> UInt64 in value.signum() },
  ]

  // MARK: Bits

  private static let bits: [CELOverload] = [
    .function("math.bitAnd") { (left: Int64, right: Int64, _) throws(CELError) -> Int64 in
      left & right
    },
    .function("math.bitAnd") { (left: UInt64, right: UInt64, _) throws(CELError) -> UInt64 in
      left & right
    },
    .function("math.bitOr") { (left: Int64, right: Int64, _) throws(CELError) -> Int64 in
      left | right
    },
    .function("math.bitOr") { (left: UInt64, right: UInt64, _) throws(CELError) -> UInt64 in
      left | right
    },
    .function("math.bitXor") { (left: Int64, right: Int64, _) throws(CELError) -> Int64 in
      left ^ right
    },
    .function("math.bitXor") { (left: UInt64, right: UInt64, _) throws(CELError) -> UInt64 in
      left ^ right
    },
    .function("math.bitNot") { (value: Int64, _) throws(CELError) -> Int64 in ~value },
    .function("math.bitNot") { (value: UInt64, _) throws(CELError) -> UInt64 in ~value },
  ]

  // Swift's shifts by 64 and more give 0; to the right, integers are shifted as bits, without their sign.
  private static let shifts: [CELOverload] = [
    .function("math.bitShiftLeft") { (value: Int64, count: Int64, _) throws(CELError) -> Int64 in
      value << (try shift(count))
    },
    .function("math.bitShiftLeft") { (value: UInt64, count: Int64, _) throws(CELError) -> UInt64 in
      value << (try shift(count))
    },
    .function("math.bitShiftRight") { (value: Int64, count: Int64, _) throws(CELError) -> Int64 in
      Int64(bitPattern: UInt64(bitPattern: value) >> (try shift(count)))
    },
    .function("math.bitShiftRight") {
      (value: UInt64, count: Int64, _) throws(CELError) -> UInt64 in
      value >> (try shift(count))
    },
  ]

  private static func shift(_ count: Int64) throws(CELError) -> Int64 {
    guard count >= 0 else {
      throw CELError(.invalidArgument("bits are shifted by \(count), a negative offset"))
    }
    return count
  }
}

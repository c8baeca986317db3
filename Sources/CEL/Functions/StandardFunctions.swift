extension CELLibrary {
  /// The language's own functions, and the extensions that all expressions have.
  static let language: [CELLibrary] = [
    .conversions, .encoders, .lists, .math, .network, .optionals, .regularExpressions, .sets,
    .standard, .stringFormat, .strings, .times,
  ]

  static let standard = CELLibrary(
    overloads: sizes + tests,
    typeNames: [
      "bool", "bytes", "double", "google.protobuf.Duration", "google.protobuf.Timestamp", "int",
      "list", "map", "null_type", "optional_type", "string", "type", "uint",
    ]
  )

  private static let sizes: [CELOverload] = {
    let key = CELType.parameter("A")
    let types: [CELType] = [.string, .bytes, .list(key), .map(key, .parameter("B"))]
    return types.flatMap { type in
      [
        CELOverload.function("size", type, returns: .int, size),
        .member("size", of: type, returns: .int, size),
      ]
    }
  }()

  private static let size: CELOverload.Unary = { value, evaluation throws(CELError) in
    switch value {
    case .string(let text):
      // All bytes are looked at, though quickly.
      try evaluation.charge(UInt64(text.utf8.count) / 100)
      return .int(Int64(text.unicodeScalars.count))
    case .bytes(let bytes): return .int(Int64(bytes.count))
    default:
      guard let count = value.containerCount else {
        throw CELOverload.noOverload("size", [value])
      }
      return .int(Int64(count))
    }
  }

  private static let tests: [CELOverload] = [
    .member("contains") { (text: String, part: String, evaluation) throws(CELError) -> Bool in
      let (length, partLength) = (text.utf8.count, part.utf8.count)
      try evaluation.charge((1 + UInt64(length) / 10) * (1 + UInt64(partLength) / 10))
      return text.offset(of: part) != nil
    },
    .member("startsWith") { (text: String, part: String, evaluation) throws(CELError) -> Bool in
      try evaluation.charge(traversing: part.utf8.count)
      return text.utf8.starts(with: part.utf8)
    },
    .member("endsWith") { (text: String, part: String, evaluation) throws(CELError) -> Bool in
      try evaluation.charge(traversing: part.utf8.count)
      return text.utf8.reversed().starts(with: part.utf8.reversed())
    },
    .function("type") { (value: CELValue, _) throws(CELError) -> CELValue in
      .type(value.typeName)
    }.returning(.type),
    .function("dyn", .parameter("A"), returns: .dynamic) { value, _ in value },
  ]
}

extension String {
  /// Where a part first is, in bytes, from `start` on.
  func offset(of part: String, from start: Int = 0) -> Int? {
    var text = self
    var part = part
    return text.withUTF8 { bytes in
      part.withUTF8 { bytes.offset(of: $0, from: start) }
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  /// Where a part first is, from `start` on.
  fileprivate func offset(of part: UnsafeBufferPointer<UInt8>, from start: Int) -> Int? {
    guard let first = part.first else { return start }
    guard count >= part.count else { return nil }
    var position = start
    while position <= count - part.count {
      if self[position] == first, self[position..<(position + part.count)].elementsEqual(part) {
        return position
      }
      position += 1
    }
    return nil
  }
}

extension JSONValue {
  /// Reads a whole document; of members with equal names the last wins.
  package init(parsing bytes: [UInt8]) throws(WireError) {
    try self.init(parsing: bytes.span.bytes)
  }

  package init(parsing span: RawSpan) throws(WireError) {
    var reader = JSONReader(span)
    self = try reader.value()
    try reader.end()
  }
}

extension JSONReader {
  /// Reads any value as a tree.
  package mutating func value() throws(WireError) -> JSONValue {
    skipWhiteSpace()
    switch current {
    case UInt8(ascii: "{"):
      var members: [String: JSONValue] = [:]
      try beginObject()
      while let key = try nextKey() { members[key] = try value() }
      return .object(members)
    case UInt8(ascii: "["):
      var elements: [JSONValue] = []
      try beginArray()
      while try nextElement() { elements.append(try value()) }
      return .array(elements)
    case UInt8(ascii: "\""):
      return .string(try string())
    case UInt8(ascii: "t"):
      try read(.true, expected: "a value")
      return .boolean(true)
    case UInt8(ascii: "f"):
      try read(.false, expected: "a value")
      return .boolean(false)
    case UInt8(ascii: "n"):
      try read(.null, expected: "a value")
      return .null
    default:
      guard startsNumber else { throw unexpected("a value") }
      return try numericValue()
    }
  }

  private mutating func numericValue() throws(WireError) -> JSONValue {
    let start = offset
    if try NumberScan(bytes, from: start).isInteger, let value = try? integer() {
      return .integer(value)
    }
    return .number(try number())
  }
}

/// How objects are written on the wire.
@usableFromInline
package enum WireEncoding: Sendable {
  case json
  /// Kubernetes' protobuf (`application/vnd.kubernetes.protobuf`).
  case protobuf
}

/// Walks an object once, in JSON or protobuf, by one declaration of the fields that are read.
///
/// After `begin…`, call `next…` until it says that there is no more, and consume each value with
/// exactly one call. What is read of an array or a map is added to what was read before: protobuf
/// brings one element at a time.
@usableFromInline
package struct FieldReader: ~Escapable {
  @usableFromInline package let encoding: WireEncoding
  @usableFromInline var json: JSONReader
  @usableFromInline var protobuf: ProtobufReader
  /// Texts that came before, in other objects, too, where somebody hands them on.
  package var recentTexts = RecentTexts()

  /// Reads on where `json` stands.
  @_lifetime(copy json)
  package init(_ json: consuming JSONReader) {
    encoding = .json
    protobuf = ProtobufReader(json.bytes, message: 0..<0)
    self.json = json
  }

  /// Reads the protobuf message in `range` of `bytes`.
  @_lifetime(copy bytes)
  package init(_ bytes: RawSpan, protobufMessage range: Range<Int>) {
    encoding = .protobuf
    json = JSONReader(bytes)
    protobuf = ProtobufReader(bytes, message: range)
  }

  /// Where the next byte to read stands.
  package var offset: Int {
    switch encoding {
    case .json: json.offset
    case .protobuf: protobuf.offset
    }
  }

  /// Reads a text of JSON that has `count` bytes of ASCII and no escapes; reads nothing and returns
  /// `nil` where something else is next.
  package mutating func plainText<let count: Int>() -> InlineArray<count, UInt8>? {
    guard encoding == .json else { return nil }
    return json.plainText()
  }

  /// Starts an object or a map.
  package mutating func beginObject() throws(WireError) {
    switch encoding {
    case .json: try json.beginObject()
    case .protobuf: try protobuf.beginMessage()
    }
  }

  /// Returns the next member that `Field` names, with its value next, or nil at the object's end.
  @inlinable
  package mutating func nextField<Field: WireField>(
    _ type: Field.Type
  ) throws(WireError) -> Field? {
    switch encoding {
    case .json: return try json.nextField(type)
    case .protobuf:
      let index = try protobuf.nextField(in: Field.fieldNames.numbers)
      return index < 0 ? nil : Field.fieldNames.fields[index]
    }
  }

  /// Returns the next member of an object that `Field` names, or its metadata, with its value next,
  /// or nil at the object's end.
  @inlinable
  package mutating func nextMember<Field: ObjectField>(
    _ type: Field.Type
  ) throws(WireError) -> ObjectMember<Field>? {
    let names = Field.fieldNames
    let index =
      switch encoding {
      case .json: try json.nextMember(in: names.table)
      case .protobuf: try protobuf.nextField(in: names.numbers)
      }
    guard index >= 0 else { return nil }
    return index < names.fields.count ? .field(names.fields[index]) : .metadata
  }

  /// Returns the next key of a map, with its value next, or nil at the map's end.
  package mutating func nextKey() throws(WireError) -> String? {
    switch encoding {
    case .json:
      guard try json.beginKey() else { return nil }
      let key = try string()
      try json.endKey()
      return key
    case .protobuf:
      guard try protobuf.beginKey() else { return nil }
      let key = try string()
      try protobuf.endKey()
      return key
    }
  }

  package mutating func beginArray() throws(WireError) {
    switch encoding {
    case .json: try json.beginArray()
    case .protobuf: try protobuf.beginArray()
    }
  }

  package mutating func nextElement() throws(WireError) -> Bool {
    switch encoding {
    case .json: try json.nextElement()
    case .protobuf: protobuf.nextElement()
    }
  }

  /// Reads a text that hardly any other object has, and so is not looked for among those that came before.
  package mutating func uncommonString() throws(WireError) -> String {
    switch encoding {
    case .json: return try json.string()
    case .protobuf:
      let range = try protobuf.bytesRange()
      return try RecentTexts.make(protobuf.bytes, range, false)
    }
  }

  package mutating func string() throws(WireError) -> String {
    switch encoding {
    case .json:
      guard let (range, isKnownASCII) = json.plainString() else { return try json.string() }
      return try recentTexts.text(json.bytes, in: range, isKnownASCII: isKnownASCII)
    case .protobuf:
      let range = try protobuf.bytesRange()
      return try recentTexts.text(protobuf.bytes, in: range, isKnownASCII: false)
    }
  }

  /// Reads a text by its bytes, which need not be UTF-8: for what is known by its form, and of which
  /// no string has to be made.
  package mutating func text<Value>(
    by read: (RawSpan) -> Value
  ) throws(WireError) -> Value {
    switch encoding {
    case .json:
      if let (range, _) = json.plainString() { return read(json.bytes.extracting(range)) }
      let text = try json.string()
      return read(text.utf8Span.span.bytes)
    case .protobuf:
      let range = try protobuf.bytesRange()
      return read(protobuf.bytes.extracting(range))
    }
  }

  package mutating func integer() throws(WireError) -> Int64 {
    switch encoding {
    case .json: try json.integer()
    case .protobuf: try protobuf.integer()
    }
  }

  package mutating func boolean() throws(WireError) -> Bool {
    switch encoding {
    case .json: try json.boolean()
    case .protobuf: try protobuf.boolean()
    }
  }

  /// What JSON can have next.
  package enum NextValue: Sendable {
    case object, array, string, number, other
  }

  /// Says what JSON has next, without consuming it.
  package mutating func nextValue() -> NextValue {
    json.skipWhiteSpace()
    return switch json.current {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): .number
    default: .other
    }
  }

  /// Reads any value of JSON as a tree.
  package mutating func value() throws(WireError) -> JSONValue { try json.value() }

  /// Says whether JSON has a string next, without consuming it.
  package mutating func nextIsString() -> Bool { nextValue() == .string }

  /// Skips bytes that only protobuf has, and says where they stood.
  package mutating func protobufBytes() throws(WireError) -> Range<Int> {
    try protobuf.bytesRange()
  }

  /// Lets `read` read JSON: what comes next in JSON, and what protobuf carries in bytes.
  package mutating func readJSON<Value>(
    _ read: (inout FieldReader) throws(WireError) -> Value
  ) throws(WireError) -> Value {
    switch encoding {
    case .json: return try read(&self)
    case .protobuf:
      let range = try protobuf.bytesRange()
      var embedded = JSONReader(protobuf.bytes.extracting(0..<range.upperBound))
      embedded.offset = range.lowerBound
      return try embedded.readFields(read)
    }
  }

  /// Skips a text, and says how many bytes of UTF-8 it has.
  package mutating func textSize() throws(WireError) -> Int {
    switch encoding {
    case .json: try json.stringSize()
    case .protobuf: try protobuf.bytesRange().count
    }
  }

  /// Skips bytes, which are Base64 in JSON, and says how many there are; decodes nothing.
  package mutating func dataSize() throws(WireError) -> Int {
    switch encoding {
    case .json: try json.base64Size()
    case .protobuf: try protobuf.bytesRange().count
    }
  }

  /// Reads bytes, which are Base64 in JSON; what is no Base64 stands for none.
  package mutating func data() throws(WireError) -> [UInt8] {
    switch encoding {
    case .json: return Base64.decode(try json.string().utf8) ?? []
    case .protobuf:
      let range = try protobuf.bytesRange()
      return range.map { protobuf.bytes.byte(at: $0) }
    }
  }

  /// Skips any value.
  package mutating func skip() throws(WireError) {
    switch encoding {
    case .json: try json.skip()
    case .protobuf: try protobuf.skip()
    }
  }

  /// Skips any value, and adds the bytes that it is written in to `digest`.
  package mutating func skip(into digest: inout ByteDigest) throws(WireError) {
    switch encoding {
    case .json: digest.combine(json.bytes, in: try json.rawValue())
    case .protobuf:
      let start = protobuf.offset
      try protobuf.skip()
      digest.combine(protobuf.bytes, in: start..<protobuf.offset)
    }
  }

  /// Lets `read` read ahead; where that finds nothing, the reader stands where it stood.
  @inlinable
  package mutating func readAhead<Value>(
    _ read: (inout FieldReader) throws(WireError) -> Value?
  ) throws(WireError) -> Value? {
    let json = json
    let protobuf = protobuf
    if let value = try read(&self) { return value }
    self.json = json
    self.protobuf = protobuf
    return nil
  }
}

extension JSONReader {
  /// Lets `read` read the value that comes next by its fields.
  @inline(__always)
  package mutating func readFields<Value>(
    _ read: (inout FieldReader) throws(WireError) -> Value
  ) throws(WireError) -> Value {
    var fields = FieldReader(self)
    let value = try read(&fields)
    self = fields.json
    return value
  }
}

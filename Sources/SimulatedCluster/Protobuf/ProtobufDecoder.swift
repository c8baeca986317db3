import Foundation
import WireFormats

/// Reads what clients send as protobuf as the JSON of the same object.
///
/// Fields that are written although they are empty have no member: JSON leaves such values out.
struct ProtobufDecoder {
  struct Malformed: Error {}

  private enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private static let schema = ProtobufSchemaParser(ProtobufSchemaTable.text)

  /// The object in an envelope, as a kind's message.
  static func object(_ body: [UInt8], message: String) throws(Malformed) -> JSONValue {
    guard body.starts(with: "k8s\0".utf8), let index = schema.indices[message] else {
      throw Malformed()
    }
    var object: [String: JSONValue] = [:]
    for (number, value) in try fields(body.dropFirst(4)) {
      switch (number, value) {
      case (1, .bytes(let typeMeta)):
        for case (let number, .bytes(let text)) in try fields(typeMeta) {
          object[number == 1 ? "apiVersion" : "kind"] = .string(try string(text))
        }
      case (2, .bytes(let raw)): try read(raw, of: index, into: &object)
      default: continue
      }
    }
    return .object(object)
  }

  private static func read(
    _ bytes: ArraySlice<UInt8>,
    of message: Int,
    into object: inout [String: JSONValue]
  ) throws(Malformed) {
    for (number, value) in try fields(bytes) {
      guard let entry = schema.entries[message].first(where: { $0.number == number }) else {
        continue
      }
      guard let name = entry.name else {
        guard case .bytes(let inner) = value, let type = schema.indices[entry.type] else {
          throw Malformed()
        }
        try read(inner, of: type, into: &object)
        continue
      }
      if entry.isMap {
        let (key, value) = try mapEntry(value, entry.type)
        object[name, default: [:]][key] = value
      } else if entry.isRepeated {
        let element = try self.value(value, entry.type)
        object[name] = .array((object[name]?.arrayValue ?? []) + [element])
      } else {
        let value = try self.value(value, entry.type)
        guard !entry.isAlways || !value.isEmptyValue else { continue }
        object[name] = value
      }
    }
  }

  private static func mapEntry(
    _ value: Value,
    _ type: String
  ) throws(Malformed) -> (key: String, value: JSONValue) {
    guard case .bytes(let entry) = value else { throw Malformed() }
    var key = ""
    var content = JSONValue.string("")
    for (number, value) in try fields(entry) {
      if number == 2 {
        content = try self.value(value, type)
      } else if case .bytes(let text) = value {
        key = try string(text)
      }
    }
    return (key, content)
  }

  private static func value(_ value: Value, _ type: String) throws(Malformed) -> JSONValue {
    switch (type, value) {
    case ("i", .number(let number)): return .integer(Int64(bitPattern: number))
    case ("b", .number(let number)): return .boolean(number != 0)
    case ("s", .bytes(let text)): return .string(try string(text))
    case ("y", .bytes(let bytes)): return .string(Data(bytes).base64EncodedString())
    case ("d", .number(let bits)): return .number(Double(bitPattern: bits))
    case ("meta.Time", .bytes(let time)), ("meta.MicroTime", .bytes(let time)):
      return try self.time(time, isMicro: type == "meta.MicroTime")
    case ("resource.Quantity", .bytes(let quantity)):
      return .string(try self.quantity(quantity))
    case ("intstr.IntOrString", .bytes(let either)): return try intOrString(either)
    case ("meta.FieldsV1", .bytes(let raw)), ("runtime.RawExtension", .bytes(let raw)),
      ("apiextensions.v1.JSON", .bytes(let raw)):
      return try json(raw)
    case (_, .bytes(let inner)):
      guard let index = schema.indices[type] else { throw Malformed() }
      var object: [String: JSONValue] = [:]
      try read(inner, of: index, into: &object)
      return .object(object)
    default: throw Malformed()
    }
  }

  private static func time(_ bytes: ArraySlice<UInt8>, isMicro: Bool) throws(Malformed) -> JSONValue
  {
    var (seconds, nanoseconds): (Int64?, UInt64) = (nil, 0)
    for case (let number, .number(let value)) in try fields(bytes) {
      if number == 1 { seconds = Int64(bitPattern: value) } else { nanoseconds = value }
    }
    guard let seconds else { return .null }
    let text = SimulatedClock.timestamp(Date(timeIntervalSince1970: TimeInterval(seconds)))
    guard isMicro else { return .string(text) }
    let digits = String(1_000_000 + min(nanoseconds / 1000, 999_999)).dropFirst()
    return .string("\(text.dropLast()).\(digits)Z")
  }

  private static func quantity(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> String {
    for case (1, .bytes(let text)) in try fields(bytes) { return try string(text) }
    return "0"
  }

  private static func intOrString(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> JSONValue {
    var isText = false
    var number: Int64 = 0
    var text = ""
    for field in try fields(bytes) {
      switch field {
      case (1, .number(let type)): isText = type != 0
      case (2, .number(let value)): number = Int64(bitPattern: value)
      case (3, .bytes(let bytes)): text = try string(bytes)
      default: continue
      }
    }
    return isText ? .string(text) : .integer(number)
  }

  private static func json(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> JSONValue {
    for case (1, .bytes(let raw)) in try fields(bytes) where !raw.isEmpty {
      guard let value = try? JSONValue(parsing: Array(raw)) else { throw Malformed() }
      return value
    }
    return [:]
  }

  private static func string(_ bytes: ArraySlice<UInt8>) throws(Malformed) -> String {
    guard let text = String(validating: bytes, as: UTF8.self) else { throw Malformed() }
    return text
  }

  private static func fields(
    _ bytes: ArraySlice<UInt8>
  ) throws(Malformed) -> [(number: Int, value: Value)] {
    var rest = bytes
    var fields: [(number: Int, value: Value)] = []
    while !rest.isEmpty {
      let tag = try varint(&rest)
      let number = Int(truncatingIfNeeded: tag >> 3)
      switch ProtobufWireType(rawValue: UInt8(tag & 7)) {
      case .varint: fields.append((number, .number(try varint(&rest))))
      case .fixed64:
        guard rest.count >= 8 else { throw Malformed() }
        let bits = rest.prefix(8).reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        fields.append((number, .number(bits)))
        rest = rest.dropFirst(8)
      case .lengthDelimited:
        let length = try varint(&rest)
        guard length <= UInt64(rest.count) else { throw Malformed() }
        fields.append((number, .bytes(rest.prefix(Int(length)))))
        rest = rest.dropFirst(Int(length))
      case nil: throw Malformed()
      }
    }
    return fields
  }

  private static func varint(_ rest: inout ArraySlice<UInt8>) throws(Malformed) -> UInt64 {
    var value: UInt64 = 0
    for shift in stride(from: UInt64(0), to: 64, by: 7) {
      guard let byte = rest.popFirst() else { throw Malformed() }
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
    }
    throw Malformed()
  }
}

extension JSONValue {
  /// Whether it is what a field holds that was never set.
  fileprivate var isEmptyValue: Bool {
    switch self {
    case .null: true
    case .boolean(let value): !value
    case .integer(let value): value == 0
    case .number(let value): value == 0
    case .string(let value): value.isEmpty
    case .array(let values): values.isEmpty
    case .object(let members): members.isEmpty
    }
  }
}

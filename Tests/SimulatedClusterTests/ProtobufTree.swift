import Testing
import WireFormats

@testable import SimulatedCluster

/// Reads protobuf as a tree whose members are field numbers, with no more knowledge than the schema's types.
struct ProtobufTree {
  struct Malformed: Error {}

  private let schema = ProtobufSchema.shared

  /// The kind around a message, and the message.
  struct Object {
    let apiVersion: String
    let kind: String
    let message: ArraySlice<UInt8>
    let tree: JSONValue

    /// What the schema calls a message of the same group.
    func message(named kind: some StringProtocol) -> String {
      let parts = apiVersion.split(separator: "/")
      let group = parts.count > 1 ? parts[0].split(separator: ".").first ?? "" : "core"
      return "\(group).\(parts.last ?? "").\(kind)"
    }
  }

  /// The messages of a repeated field.
  func messages(_ bytes: ArraySlice<UInt8>, _ number: Int) throws -> [ArraySlice<UInt8>] {
    try fields(bytes).compactMap { field in
      if field.number == number, case .bytes(let content) = field.value { content } else { nil }
    }
  }

  /// What an answer or the object of an event is.
  func object(_ bytes: some Collection<UInt8>) throws -> Object {
    let bytes = Array(bytes)
    guard bytes.starts(with: "k8s\0".utf8) else { throw Malformed() }
    let fields = try fields(bytes.dropFirst(4))
    guard fields.map(\.number) == [1, 2, 3, 4], case .bytes(let typeMeta) = fields[0].value,
      case .bytes(let raw) = fields[1].value
    else { throw Malformed() }
    let names = try self.fields(typeMeta).map { field -> String in
      guard case .bytes(let text) = field.value else { throw Malformed() }
      return String(decoding: text, as: UTF8.self)
    }
    guard names.count == 2 else { throw Malformed() }
    let message = try #require(index(names[0], names[1]), "\(names) is not in the schema.")
    return Object(
      apiVersion: names[0],
      kind: names[1],
      message: raw,
      tree: try tree(raw, message)
    )
  }

  /// The frames of a watch, as an array of types and objects.
  func events(_ bytes: [UInt8]) throws -> JSONValue {
    var rest = bytes[...]
    var events: [JSONValue] = []
    while !rest.isEmpty {
      let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      guard rest.count >= 4 + length else { throw Malformed() }
      let event = try fields(rest.dropFirst(4).prefix(length))
      guard event.map(\.number) == [1, 2], case .bytes(let type) = event[0].value,
        case .bytes(let extension_) = event[1].value,
        case .bytes(let raw) = try fields(extension_).first?.value
      else { throw Malformed() }
      let object = try object(raw)
      events.append([
        "type": .string(String(decoding: type, as: UTF8.self)), "kind": .string(object.kind),
        "object": object.tree,
      ])
      rest = rest.dropFirst(4 + length)
    }
    return .array(events)
  }

  private func index(_ apiVersion: String, _ kind: String) -> Int? {
    let parts = apiVersion.split(separator: "/")
    let group = parts.count > 1 ? parts[0].split(separator: ".").first ?? "" : "core"
    return schema.index(of: "\(group).\(parts.last ?? "").\(kind)")
      ?? schema.index(of: "meta.\(kind)")
  }

  private enum Value {
    case number(UInt64)
    case bytes(ArraySlice<UInt8>)
  }

  private func fields(
    _ bytes: ArraySlice<UInt8>
  ) throws -> [(number: Int, value: Value)] {
    var rest = bytes
    func varint() throws -> UInt64 {
      var value: UInt64 = 0
      for shift in stride(from: UInt64(0), to: 64, by: 7) {
        guard let byte = rest.popFirst() else { throw Malformed() }
        value |= UInt64(byte & 0x7F) << shift
        if byte < 0x80 { return value }
      }
      throw Malformed()
    }
    var fields: [(number: Int, value: Value)] = []
    while !rest.isEmpty {
      let tag = try varint()
      switch tag & 7 {
      case 0: fields.append((Int(tag >> 3), .number(try varint())))
      case 1:
        fields.append((Int(tag >> 3), .bytes(rest.prefix(8))))
        rest = rest.dropFirst(8)
      case 2:
        let length = Int(try varint())
        guard length <= rest.count else { throw Malformed() }
        fields.append((Int(tag >> 3), .bytes(rest.prefix(length))))
        rest = rest.dropFirst(length)
      default: throw Malformed()
      }
    }
    return fields
  }

  private func tree(_ bytes: ArraySlice<UInt8>, _ message: Int) throws -> JSONValue {
    var steps = schema.messages[message].steps[...]
    return try tree(bytes, &steps, schema.messages[message])
  }

  /// Reads the fields that stand up to the end of the steps, or of the flattened message that is open.
  private func tree(
    _ bytes: ArraySlice<UInt8>,
    _ steps: inout ArraySlice<ProtobufSchema.Step>,
    _ message: ProtobufSchema.Message
  ) throws -> JSONValue {
    var rest = try fields(bytes)[...]
    var members: [String: JSONValue] = [:]
    loop: while let step = steps.popFirst() {
      switch step {
      case .close:
        break loop
      case .open(let number):
        guard let next = rest.popFirst(), next.number == number, case .bytes(let inner) = next.value
        else { throw Malformed() }
        members[String(number)] = try tree(inner, &steps, message)
      case .slot(let slot):
        let field = message.slots[slot]
        let count = rest.prefix { $0.number == field.number }.count
        let values = try rest.prefix(count).map { try value($0.value, field) }
        rest = rest.dropFirst(count)
        guard let last = values.last else { continue }
        members[String(field.number)] = field.isRepeated || field.isMap ? .array(values) : last
      }
    }
    // What is left is unknown, or does not come in the order of the numbers.
    guard rest.isEmpty else { throw Malformed() }
    return .object(members)
  }

  private func value(_ value: Value, _ field: ProtobufSchema.Field) throws -> JSONValue {
    if field.isMap, case .bytes(let entry) = value {
      let parts = try fields(entry)
      guard parts.map(\.number) == [1, 2], case .bytes(let key) = parts[0].value else {
        throw Malformed()
      }
      return [
        "key": .string(String(decoding: key, as: UTF8.self)),
        "value": try plain(parts[1].value, field.kind),
      ]
    }
    return try plain(value, field.kind)
  }

  private func plain(_ value: Value, _ kind: ProtobufSchema.Kind) throws -> JSONValue {
    switch (kind, value) {
    case (.integer, .number(let number)): return .integer(Int64(bitPattern: number))
    case (.boolean, .number(let number)): return .boolean(number == 1)
    case (.text, .bytes(let text)), (.bytes, .bytes(let text)), (.double, .bytes(let text)):
      return .string(String(decoding: text, as: UTF8.self))
    case (.message(let index), .bytes(let content)):
      return try tree(content, index)
    case (.rawJSON, .bytes(let content)):
      guard let field = try fields(content).first, case .bytes(let json) = field.value else {
        return [:]
      }
      return try JSONValue(parsing: Array(json))
    case (.time, .bytes(let content)), (.microTime, .bytes(let content)),
      (.quantity, .bytes(let content)), (.intOrString, .bytes(let content)):
      return .array(
        try fields(content).map { field in
          switch field.value {
          case .number(let number): .integer(Int64(bitPattern: number))
          case .bytes(let text): .string(String(decoding: text, as: UTF8.self))
          }
        }
      )
    default: throw Malformed()
    }
  }
}

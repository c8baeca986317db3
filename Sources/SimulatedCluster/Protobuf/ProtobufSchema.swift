/// The protobuf messages of the built-in kinds, read once from ``ProtobufSchemaTable``.
struct ProtobufSchema: Sendable {
  static let shared = ProtobufSchema(parsing: ProtobufSchemaTable.text)

  /// How the value of a field is written, and what JSON has in its place.
  enum Kind: Sendable, Equatable {
    case text
    case integer
    case boolean
    /// Base64 in JSON.
    case bytes
    case double
    case message(Int)
    /// A time of seconds, and of microseconds.
    case time, microTime
    case quantity
    case intOrString
    /// JSON within a message of one field.
    case rawJSON
  }

  struct Field: Sendable {
    let number: Int
    let kind: Kind
    let isRepeated: Bool
    /// Whether the field is repeated as entries of a text and a value.
    let isMap: Bool
    /// The field as it is written where an object has no value for it; empty where it is left out then.
    fileprivate(set) var ifMissing: [UInt8] = []
  }

  /// The order in which a message is written: the fields that JSON has, and the messages that JSON flattens.
  indirect enum Part: Sendable {
    case slot(Int)
    case flattened(number: Int, [Part])
  }

  struct Message: Sendable {
    let name: String
    /// The fields that JSON names, those of flattened messages among them, in the order in which they are written.
    fileprivate(set) var slots: [Field] = []
    fileprivate(set) var names = MemberNames()
    fileprivate(set) var parts: [Part] = []

    func slot(ofNumber number: Int) -> Int? { slots.firstIndex { $0.number == number } }

    /// One of the messages of apiextensions for which JSON has a schema or something simpler.
    var isAlternative: Bool { name.hasPrefix("apiextensions.v1.JSONSchemaPropsOr") }
  }

  private(set) var messages: [Message]
  private let indices: [String: Int]

  func index(of name: String) -> Int? { indices[name] }

  /// The message of a resource's objects; nil where it has none, as custom resources.
  func index(of resource: ServedResource) -> Int? {
    guard !resource.isCustom else { return nil }
    let group = resource.group.split(separator: ".").first ?? "core"
    return indices["\(group).\(resource.version).\(resource.kind)"]
  }
}

extension ProtobufSchema {
  /// A field as the table has it.
  private struct Entry {
    let number: Int
    let isAlways: Bool
    /// Nil where JSON flattens the message.
    let name: String?
    let isRepeated: Bool
    let isMap: Bool
    let type: String

    init(_ text: Substring, group: Substring) {
      let halves = text.split(separator: "=", maxSplits: 1)
      let digits = halves[0].prefix(while: \.isWholeNumber)
      var rest = halves[0].dropFirst(digits.count)
      number = Int(digits) ?? 0
      isAlways = rest.first == "!"
      if isAlways { rest.removeFirst() }
      name = rest == "~" ? nil : String(rest)
      isRepeated = halves[1].first == "*"
      isMap = halves[1].first == "%"
      let type = isRepeated || isMap ? halves[1].dropFirst() : halves[1]
      self.type = type.count == 1 || type.contains(".") ? String(type) : "\(group).\(type)"
    }
  }

  init(parsing table: String) {
    var entries: [(name: String, fields: [Entry])] = []
    for line in table.split(separator: "\n") {
      var words = line.split(separator: " ")[...]
      if line.first != " ", let name = words.popFirst() {
        entries.append((String(name), []))
      }
      guard let name = entries.last?.name, let dot = name.lastIndex(of: ".") else { continue }
      entries[entries.count - 1].fields += words.map { Entry($0, group: name[..<dot]) }
    }
    indices = Dictionary(
      entries.enumerated().map { ($1.name, $0) },
      uniquingKeysWith: { first, _ in first }
    )
    messages = entries.map { Message(name: $0.name) }
    for (index, entry) in entries.enumerated() {
      messages[index].parts = parts(of: entry.fields, in: index, entries.map(\.fields))
    }
    var isZeroKnown = entries.map { _ in false }
    for index in messages.indices { fillZeros(of: index, entries.map(\.fields), &isZeroKnown) }
  }

  private mutating func parts(of fields: [Entry], in message: Int, _ all: [[Entry]]) -> [Part] {
    fields.map { entry in
      guard let name = entry.name else {
        let flattened = all[indices[entry.type] ?? message]
        return .flattened(number: entry.number, parts(of: flattened, in: message, all))
      }
      let slot = messages[message].slots.count
      messages[message].slots.append(
        Field(
          number: entry.number,
          kind: kind(entry.type),
          isRepeated: entry.isRepeated,
          isMap: entry.isMap
        )
      )
      messages[message].names.add(name, slot)
      return .slot(slot)
    }
  }

  private func kind(_ type: String) -> Kind {
    switch type {
    case "s": .text
    case "i": .integer
    case "b": .boolean
    case "y": .bytes
    case "d": .double
    case "meta.Time": .time
    case "meta.MicroTime": .microTime
    case "resource.Quantity": .quantity
    case "intstr.IntOrString": .intOrString
    case "apiextensions.v1.JSON", "meta.FieldsV1", "runtime.RawExtension": .rawJSON
    default: .message(indices[type] ?? 0)
    }
  }

  /// Finds what is written for fields without a value, those of the messages within first.
  private mutating func fillZeros(of message: Int, _ all: [[Entry]], _ isKnown: inout [Bool]) {
    guard !isKnown[message] else { return }
    isKnown[message] = true
    var always: [Bool] = []
    func collect(_ fields: [Entry]) {
      for field in fields {
        if field.name == nil {
          collect(all[indices[field.type] ?? message])
        } else {
          always.append(field.isAlways)
        }
      }
    }
    collect(all[message])
    for slot in messages[message].slots.indices where always[slot] {
      let field = messages[message].slots[slot]
      var zero: [UInt8] = []
      switch field.kind {
      case .integer, .boolean:
        zero.appendTag(field.number, .varint)
        zero.append(0)
      case .double:
        zero.appendTag(field.number, .fixed64)
        zero += Array(repeating: 0, count: 8)
      case .message(let inner):
        fillZeros(of: inner, all, &isKnown)
        zero.append(field: field.number, zeroBytes(of: inner))
      case .quantity:
        zero.append(field: field.number, [0x0A, 1, UInt8(ascii: "0")])
      case .intOrString:
        zero.append(field: field.number, [0x08, 0, 0x10, 0, 0x1A, 0])
      case .text, .bytes, .time, .microTime, .rawJSON:
        zero.append(field: field.number, [])
      }
      messages[message].slots[slot].ifMissing = zero
    }
  }

  /// A message without any value.
  func zeroBytes(of message: Int) -> [UInt8] {
    func bytes(_ parts: [Part]) -> [UInt8] {
      var result: [UInt8] = []
      for part in parts {
        switch part {
        case .slot(let slot): result += messages[message].slots[slot].ifMissing
        case .flattened(let number, let inner): result.append(field: number, bytes(inner))
        }
      }
      return result
    }
    return bytes(messages[message].parts)
  }
}

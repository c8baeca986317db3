/// Reads ``ProtobufSchemaTable``, whose form is told there.
package struct ProtobufSchemaParser {
  /// A field as the table has it.
  package struct Entry: Sendable {
    package let number: Int
    package let isAlways: Bool
    /// Nil where JSON flattens the message.
    package let name: String?
    package let isRepeated: Bool
    package let isMap: Bool
    package let type: String

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

  package let indices: [String: Int]
  private let names: [String]
  package let entries: [[Entry]]

  package init(_ table: String) {
    var names: [String] = []
    var entries: [[Entry]] = []
    for line in table.split(separator: "\n") {
      var words = line.split(separator: " ")[...]
      // A line that begins with a space goes on with the message before it.
      if line.first != " ", let name = words.popFirst() {
        names.append(String(name))
        entries.append([])
      }
      guard let name = names.last, let dot = name.lastIndex(of: ".") else { continue }
      entries[entries.count - 1] += words.map { Entry($0, group: name[..<dot]) }
    }
    self.names = names
    self.entries = entries
    indices = Dictionary(
      names.enumerated().map { ($1, $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  func messages() -> [ProtobufSchema.Message] {
    var empty: [Int: [UInt8]] = [:]
    return names.indices.map { index in
      var slots: [ProtobufSchema.Field] = []
      var zeros: [[UInt8]] = []
      var members = MemberNames()
      var steps: [ProtobufSchema.Step] = []
      func add(_ entries: [Entry]) {
        for entry in entries {
          guard let name = entry.name else {
            steps.append(.open(number: entry.number))
            add(self.entries[indices[entry.type] ?? index])
            steps.append(.close)
            continue
          }
          members.add(name, slots.count)
          steps.append(.slot(slots.count))
          slots.append(field(entry))
          zeros.append(entry.isAlways ? zero(of: field(entry), &empty) : [])
        }
      }
      add(entries[index])
      return ProtobufSchema.Message(
        name: names[index],
        slots: slots,
        names: members,
        steps: steps,
        zeros: zeros
      )
    }
  }

  private func field(_ entry: Entry) -> ProtobufSchema.Field {
    ProtobufSchema.Field(
      number: entry.number,
      kind: kind(entry.type),
      isRepeated: entry.isRepeated,
      isMap: entry.isMap
    )
  }

  private func kind(_ type: String) -> ProtobufSchema.Kind {
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

  /// A field that is written although there is no value for it.
  private func zero(of field: ProtobufSchema.Field, _ empty: inout [Int: [UInt8]]) -> [UInt8] {
    var zero: [UInt8] = []
    switch field.kind {
    case .integer, .boolean:
      zero.appendTag(field.number, .varint)
      zero.append(0)
    case .double:
      zero.appendTag(field.number, .fixed64)
      zero += Array(repeating: 0, count: 8)
    case .message(let inner):
      zero.append(field: field.number, emptyMessage(inner, &empty))
    case .quantity:
      zero.append(field: field.number, [0x0A, 1, UInt8(ascii: "0")])
    case .intOrString:
      zero.append(field: field.number, [0x08, 0, 0x10, 0, 0x1A, 0])
    case .text, .bytes, .time, .microTime, .rawJSON:
      zero.append(field: field.number, [])
    }
    return zero
  }

  /// A message without any value.
  private func emptyMessage(_ index: Int, _ empty: inout [Int: [UInt8]]) -> [UInt8] {
    if let known = empty[index] { return known }
    var bytes: [UInt8] = []
    for entry in entries[index] where entry.isAlways {
      bytes += zero(of: field(entry), &empty)
    }
    empty[index] = bytes
    return bytes
  }
}

package import WireFormats

extension CELValue {
  /// How many values one JSON text may have: lists may hold the same list many times over.
  private static let typedJSONLimit = 1_000_000

  /// The value as JSON that tells its type: `{"type": "int", "value": "1"}`.
  ///
  /// Numbers are strings, as JSON's may lose digits; bytes are base64, and a map is an array of pairs.
  package func typedJSON() throws(CELError) -> JSONValue {
    var budget = Self.typedJSONLimit
    return try typedJSON(&budget, depth: 0)
  }

  private func typedJSON(_ budget: inout Int, depth: Int) throws(CELError) -> JSONValue {
    budget -= 1
    guard budget >= 0, depth <= Evaluation.depthLimit else {
      throw CELError(.tooLarge("the value as JSON"))
    }
    switch self {
    case .null: return .object(["type": .string("null")])
    case .bool(let value): return Self.typed("bool", .boolean(value))
    case .int(let value): return Self.typed("int", .string(String(value)))
    case .uint(let value): return Self.typed("uint", .string(String(value)))
    case .double(let value):
      return Self.typed("double", .string(value.isFinite ? String(value) : value.plainText))
    case .string(let value): return Self.typed("string", .string(value))
    case .bytes(let value): return Self.typed("bytes", .string(value.base64Text))
    case .duration(let value): return Self.typed("duration", .string(value.protobufText))
    case .timestamp(let value): return Self.typed("timestamp", .string(value.protobufText))
    case .type(let name): return Self.typed("type", .string(name))
    case .opaque(let value): return Self.typed(value.typeName, .string(value.text))
    case .optional(let value):
      return Self.typed("optional", try value?.typedJSON(&budget, depth: depth + 1) ?? .null)
    case .list(let list):
      var elements: [JSONValue] = []
      for element in list.elements {
        elements.append(try element.typedJSON(&budget, depth: depth + 1))
      }
      return Self.typed("list", .array(elements))
    case .map, .object:
      var entries: [JSONValue] = []
      for key in mapKeys {
        let value = mapValue(key) ?? .null
        entries.append(
          .array([
            try key.typedJSON(&budget, depth: depth + 1),
            try value.typedJSON(&budget, depth: depth + 1),
          ])
        )
      }
      return Self.typed("map", .array(entries))
    }
  }

  private static func typed(_ type: String, _ value: JSONValue) -> JSONValue {
    .object(["type": .string(type), "value": value])
  }

  /// Reads what ``typedJSON()`` writes, but for types that libraries bring; nil for anything else.
  package init?(typedJSON json: JSONValue) {
    let text = json["value"]?.stringValue
    switch json["type"]?.stringValue {
    case "null": self = .null
    case "bool":
      guard let value = json["value"]?.booleanValue else { return nil }
      self = .bool(value)
    case "int":
      guard let value = text.flatMap({ Int64($0) }) else { return nil }
      self = .int(value)
    case "uint":
      guard let value = text.flatMap({ UInt64($0) }) else { return nil }
      self = .uint(value)
    case "double":
      guard let value = text.flatMap({ Double($0) }) else { return nil }
      self = .double(value)
    case "string":
      guard let text else { return nil }
      self = .string(text)
    case "bytes":
      guard let value = text.flatMap({ Base64.decode($0.utf8) }) else { return nil }
      self = .bytes(value)
    case "duration":
      guard let value = text.flatMap({ CELDuration($0) }) else { return nil }
      self = .duration(value)
    case "timestamp":
      guard let value = text.flatMap({ CELTimestamp($0) }) else { return nil }
      self = .timestamp(value)
    case "type":
      guard let text else { return nil }
      self = .type(text)
    case "optional":
      guard let value = json["value"] else { return nil }
      if value == .null {
        self = .optional(nil)
      } else {
        guard let inner = CELValue(typedJSON: value) else { return nil }
        self = .optional(inner)
      }
    case "list":
      guard let elements = json["value"]?.arrayValue else { return nil }
      let values = elements.compactMap { CELValue(typedJSON: $0) }
      guard values.count == elements.count else { return nil }
      self = .list(values)
    case "map":
      guard let pairs = json["value"]?.arrayValue, let map = Self.map(typedJSON: pairs) else {
        return nil
      }
      self = .map(map)
    default:
      return nil
    }
  }

  private static func map(typedJSON pairs: [JSONValue]) -> CELMap? {
    var entries: [CELMap.Entry] = []
    for pair in pairs {
      guard let parts = pair.arrayValue, parts.count == 2, let key = CELValue(typedJSON: parts[0]),
        let value = CELValue(typedJSON: parts[1])
      else { return nil }
      entries.append(CELMap.Entry(key: key, value: value))
    }
    return try? CELMap(entries)
  }
}

extension CELDuration {
  /// The text with none, three, six or nine decimals, as protobuf's JSON has it.
  fileprivate var protobufText: String {
    (nanoseconds < 0 ? "-" : "") + String(nanoseconds.magnitude / 1_000_000_000)
      + (nanoseconds.magnitude % 1_000_000_000).decimalsInThrees + "s"
  }
}

extension CELTimestamp {
  fileprivate var protobufText: String {
    let whole = CELTimestamp(seconds: seconds, nanoseconds: 0).text
    return whole.dropLast() + UInt64(nanoseconds).decimalsInThrees + "Z"
  }
}

extension UInt64 {
  /// Nanoseconds as decimals behind a point.
  fileprivate var decimalsInThrees: String {
    guard self > 0 else { return "" }
    let digits = decimals(9)
    let count = (digits.count + 2) / 3 * 3
    return "." + digits + String(repeating: "0", count: count - digits.count)
  }
}

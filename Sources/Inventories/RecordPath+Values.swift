import UserConfiguration
import WireFormats

extension RecordPath {
  /// The values that the path leads to in a record.
  func values(in record: JSONValue) -> [JSONValue] {
    steps.reduce([record]) { values, step in
      values.flatMap { value -> [JSONValue] in
        switch step {
        case .name(let name): value[name].map { [$0] } ?? []
        case .index(let index): value[index].map { [$0] } ?? []
        case .all: value.arrayValue ?? []
        }
      }
    }
  }

  /// The texts that the path leads to, without blanks around them; a list counts as its elements.
  func texts(in record: JSONValue) -> [String] {
    values(in: record).flatMap { value in
      if case .array(let elements) = value { return elements.compactMap(\.scalarText) }
      return [value.scalarText].compactMap(\.self)
    }
  }
}

extension JSONValue {
  /// A scalar as text; `nil` for what is empty, and for lists and maps.
  fileprivate var scalarText: String? {
    let text: String
    switch self {
    case .string(let value): text = value.trimmed
    case .integer(let value): text = String(value)
    case .number(let value): text = String(value)
    case .boolean(let value): text = String(value)
    case .null, .array, .object: return nil
    }
    return text.isEmpty ? nil : text
  }
}

extension StringProtocol {
  /// The text without blanks at its ends.
  var trimmed: String {
    let start = drop { $0.isWhitespace }
    guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return String(start[...last])
  }
}

/// Values of a record as people read them.
enum FieldText {
  /// A part of a list or a map, by its name.
  typealias Part = (name: String, value: Any)

  /// How many characters of a value are shown.
  private static let longest = 60

  /// The text of a value in no more characters than fit a line.
  static func short(_ value: Any?) -> String {
    if let list = value as? [Any], let first = list.first, isStructure(first) {
      return list.count == 1 ? "1 entry" : "\(list.count) entries"
    }
    let text = whole(value)
    return text.count > longest ? text.prefix(longest - 1) + "…" : text
  }

  /// The whole text of a value, the same for equal ones; empty where there is none.
  static func whole(_ value: Any?) -> String {
    guard let value = value.flatMap(unwrapped) else { return "" }
    if let parts = mapParts(of: value) {
      return parts.map { "\($0.name)=\(whole($0.value))" }.joined(separator: ", ")
    }
    switch value {
    case let text as String: return text
    case let time as Timestamp: return time.rfc3339
    case let value as any NamedFlags: return value.description
    case let value as any RawRepresentable: return "\(value.rawValue)"
    case let list as [Any]: return list.map(whole).joined(separator: ", ")
    default: return structureText(value)
    }
  }

  private static func structureText(_ value: Any) -> String {
    guard isStructure(value) else { return "\(value)" }
    return fields(of: value).compactMap { path, value in
      let text = whole(value)
      return ["", "false", "0"].contains(text) ? nil : "\(path): \(text)"
    }.joined(separator: ", ")
  }

  /// The parts of a map, or of a list whose elements have names; `nil` for anything else.
  static func parts(of value: Any?) -> [Part]? {
    guard let value else { return nil }
    if let parts = mapParts(of: value) { return parts }
    guard let elements = value as? [any NamedElement] else { return nil }
    // Names that are not unique tell nothing.
    guard Set(elements.map(\.elementName)).count == elements.count else { return nil }
    return elements.map { ($0.elementName, $0) }
  }

  private static func mapParts(of value: Any) -> [Part]? {
    if let labels = value as? Labels { return labels.all.map { ($0.key, $0.value) } }
    guard let map = value as? [String: Any] else { return nil }
    return map.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether a value is shown by its fields: those that describe themselves are shown whole.
  static func isStructure(_ value: Any) -> Bool {
    Mirror(reflecting: value).displayStyle == .struct && !(value is any CustomStringConvertible)
      && !(value is Labels) && !(value is Timestamp)
  }

  /// The fields of a structure by the API's names.
  static func fields(of value: Any) -> [(path: String, value: Any)] {
    let paths = (value as? any FieldNaming).map { type(of: $0).fieldPaths } ?? [:]
    return Mirror(reflecting: value).children.compactMap { child in
      // A wrapped property is stored under a name that begins so.
      guard let name = child.label?.trimmingPrefix("_") else { return nil }
      return (paths[String(name)] ?? String(name), child.value)
    }
  }

  static func unwrapped(_ value: Any) -> Any? {
    if let wrapper = value as? any FieldWrapper { return wrapper.noticedValue.flatMap(unwrapped) }
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return value }
    return mirror.children.first.flatMap { unwrapped($0.value) }
  }
}

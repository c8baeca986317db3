import WireFormats

/// Where two JSON values differ in structure: members, lengths and kinds of values, not the values.
struct Differences {
  /// What a member is told apart by in arrays whose order says nothing.
  private static let identities = ["name", "resource", "subresource", "version", "groupVersion"]
  /// Who wrote which field the simulated server keeps no account of, but passes on what it has.
  private let ignored: Set<String>

  private(set) var texts: [String] = []
  /// Whether lists may have more on either side, as discovery has.
  private let isPartial: Bool

  /// Of what a request has just written, `isWritten`, nobody is noted as the writer.
  init(
    _ own: JSONValue,
    _ recorded: JSONValue,
    isPartial: Bool = false,
    isWritten: Bool = false
  ) {
    ignored = isWritten ? ["managedFields"] : []
    self.isPartial = isPartial
    compare(own, recorded, "")
  }

  private mutating func compare(_ own: JSONValue, _ recorded: JSONValue, _ path: String) {
    switch (own, recorded) {
    case (.object(let own), .object(let recorded)):
      compare(own, recorded, path)
    case (.array(let own), .array(let recorded)):
      compare(own, recorded, path)
    default:
      if kind(own) != kind(recorded) {
        texts.append("\(path): \(kind(own)) instead of \(kind(recorded))")
      }
    }
  }

  private mutating func compare(
    _ own: [String: JSONValue],
    _ recorded: [String: JSONValue],
    _ path: String
  ) {
    for key in Set(own.keys).union(recorded.keys).subtracting(ignored).sorted() {
      switch (own[key], recorded[key]) {
      case (let own?, let recorded?): compare(own, recorded, "\(path)/\(key)")
      case (_?, nil): texts.append("\(path)/\(key): not recorded")
      default: texts.append("\(path)/\(key): missing")
      }
    }
  }

  private mutating func compare(_ own: [JSONValue], _ recorded: [JSONValue], _ path: String) {
    let ownNames = own.map(identity)
    let recordedNames = recorded.map(identity)
    if isPartial, !ownNames.contains(nil), !recordedNames.contains(nil) {
      for (value, name) in zip(own, ownNames) {
        guard let index = recordedNames.firstIndex(of: name) else { continue }
        compare(value, recorded[index], "\(path)[\(name ?? "")]")
      }
      return
    }
    if own.count != recorded.count {
      texts.append("\(path): \(own.count) elements instead of \(recorded.count)")
    }
    for (index, pair) in zip(own, recorded).enumerated() {
      compare(pair.0, pair.1, "\(path)[\(index)]")
    }
  }

  private func identity(_ value: JSONValue) -> String? {
    if let name = value[path: "metadata", "name"]?.stringValue { return name }
    if value["versions"] != nil, value["metadata"] != nil { return "core" }
    return Self.identities.lazy.compactMap { value[$0]?.stringValue }.first
  }

  private func kind(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .boolean: "boolean"
    case .integer, .number: "number"
    case .string: "string"
    case .array: "array"
    case .object: "object"
    }
  }
}

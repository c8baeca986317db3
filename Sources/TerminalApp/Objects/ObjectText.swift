import TerminalKit
package import WireFormats

/// One line of an object's YAML.
struct YAMLLine: Sendable, Hashable {
  /// The spaces before it, with the dashes of lists.
  let lead: String
  /// Empty where there is none.
  let key: String
  /// Empty where what follows is the value.
  let value: String
  let role: Role
  /// Whether it tells who manages which fields, which hardly anybody wants to know.
  let isAboutManagers: Bool

  var text: String {
    lead + (key.isEmpty ? value : value.isEmpty ? "\(key):" : "\(key): \(value)")
  }
}

/// An object as YAML, as `kubectl get -o yaml` writes it.
package struct ObjectText: Sendable, Hashable {
  private(set) var lines: [YAMLLine] = []
  private var isAboutManagers = false

  /// The lines as plain text.
  package var plainLines: [String] { lines.map(\.text) }

  package init(_ object: JSONValue) {
    add(object.objectValue ?? [:], indent: 0)
  }

  private mutating func add(
    _ members: [String: JSONValue],
    indent: Int,
    lead first: String? = nil,
    isMetadata: Bool = false
  ) {
    var lead = first ?? Self.spaces(indent)
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      let wasAboutManagers = isAboutManagers
      if isMetadata, key == "managedFields" { isAboutManagers = true }
      let name = YAMLScalar.text(key)
      switch value {
      case .object(let members) where !members.isEmpty:
        add(lead, name, "")
        add(members, indent: indent + 2, isMetadata: indent == 0 && key == "metadata")
      case .array(let elements) where !elements.isEmpty:
        add(lead, name, "")
        add(elements, indent: indent)
      default: add(scalar: value, indent: indent + 2, lead, name)
      }
      isAboutManagers = wasAboutManagers
      lead = Self.spaces(indent)
    }
  }

  private mutating func add(_ elements: [JSONValue], indent: Int, lead first: String? = nil) {
    var lead = (first ?? Self.spaces(indent)) + "- "
    for element in elements {
      switch element {
      case .object(let members) where !members.isEmpty:
        add(members, indent: indent + 2, lead: lead)
      case .array(let elements) where !elements.isEmpty:
        add(elements, indent: indent + 2, lead: lead)
      default: add(scalar: element, indent: indent + 2, lead, "")
      }
      lead = Self.spaces(indent) + "- "
    }
  }

  private mutating func add(scalar: JSONValue, indent: Int, _ lead: String, _ key: String) {
    switch scalar {
    case .string(let text):
      guard let block = YAMLScalar.block(text) else {
        return add(lead, key, YAMLScalar.text(text), .text)
      }
      add(lead, key, block.sign)
      for line in block.lines { add(line.isEmpty ? "" : Self.spaces(indent), "", line, .text) }
    case .object: add(lead, key, "{}")
    case .array: add(lead, key, "[]")
    case .null, .boolean, .integer, .number:
      add(lead, key, String(decoding: scalar.encoded(), as: UTF8.self), .progress)
    }
  }

  private mutating func add(
    _ lead: String,
    _ key: String,
    _ value: String,
    _ role: Role = .muted
  ) {
    lines.append(
      YAMLLine(
        lead: lead,
        key: key,
        value: value,
        role: role,
        isAboutManagers: isAboutManagers
      )
    )
  }

  private static func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}

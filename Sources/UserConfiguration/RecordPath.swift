/// A way through a JSON value: `primary_ip.address`, `interfaces[0].mac`, `addresses[*]`,
/// `["Serial Number"]`; a `$` for the value itself may stand at its beginning.
package struct RecordPath: Hashable, Sendable {
  package enum Step: Hashable, Sendable {
    case name(String)
    case index(Int)
    /// Each element of a list.
    case all
  }

  package private(set) var steps: [Step] = []

  /// The value itself.
  package static let root = RecordPath()

  private init() {}

  /// A member of the value.
  package init(name: String) { steps = [.name(name)] }

  /// Fails where the text is no path.
  package init?(_ text: String) {
    var rest = Substring(text)
    if rest.first == "$" {
      rest.removeFirst()
      if rest.first == "." { rest.removeFirst() }
      if rest.isEmpty { return }
    }
    guard !rest.isEmpty else { return nil }
    var mayStartName = true
    while let character = rest.first {
      if character == "[" {
        guard let step = Self.bracket(&rest) else { return nil }
        steps.append(step)
      } else if character == "." {
        rest.removeFirst()
        guard !mayStartName, let next = rest.first, next != ".", next != "[" else { return nil }
        mayStartName = true
        continue
      } else {
        guard mayStartName else { return nil }
        let name = rest.prefix { $0 != "." && $0 != "[" }
        guard !name.contains("]"), !name.contains("\"") else { return nil }
        steps.append(.name(String(name)))
        rest = rest[name.endIndex...]
      }
      mayStartName = false
    }
  }

  /// Reads `[0]`, `[*]` or `["a name"]`.
  private static func bracket(_ rest: inout Substring) -> Step? {
    rest.removeFirst()
    if rest.first == "\"" {
      rest.removeFirst()
      guard let end = rest.firstIndex(of: "\""), end > rest.startIndex else { return nil }
      let name = String(rest[..<end])
      rest = rest[rest.index(after: end)...]
      guard rest.popFirst() == "]" else { return nil }
      return .name(name)
    }
    guard let end = rest.firstIndex(of: "]") else { return nil }
    let inner = rest[..<end]
    rest = rest[rest.index(after: end)...]
    if inner == "*" { return .all }
    guard let index = Int(inner), index >= 0, !inner.hasPrefix("+") else { return nil }
    return .index(index)
  }
}

extension RecordPath: CustomStringConvertible {
  package var description: String {
    var text = ""
    for step in steps {
      switch step {
      case .index(let index): text += "[\(index)]"
      case .all: text += "[*]"
      case .name(let name):
        let isPlain = !name.contains { ".[]\"".contains($0) } && !name.hasPrefix("$")
        text += isPlain ? (text.isEmpty ? "" : ".") + name : "[\"\(name)\"]"
      }
    }
    return text.isEmpty ? "$" : text
  }
}

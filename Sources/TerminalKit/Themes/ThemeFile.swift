import Yams

/// Why a theme file cannot be used.
package enum ThemeError: Error, Equatable, Sendable {
  case unreadable(path: String, reason: String)
  case broken(path: String, line: Int, reason: String)
}

extension ThemeError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)."
    case .broken(let path, let line, let reason): "\(path):\(line): \(reason)."
    }
  }
}

extension Theme {
  /// Reads a theme's YAML: each role's `foreground`, `background` and `attributes`.
  package init(parsing text: String, name: String, path: String) throws(ThemeError) {
    let root: Node
    do {
      root = try Yams.compose(yaml: text) ?? Node([:])
    } catch {
      throw .broken(path: path, line: 1, reason: "not valid YAML: \(error)")
    }
    guard let roles = root.mapping else {
      throw .broken(path: path, line: 1, reason: "expected a map of roles")
    }
    var looks: [Role: Look] = [:]
    for (key, value) in roles {
      guard let name = key.string, let role = Role(rawValue: name) else {
        let roles = Role.allCases.map(\.rawValue)
        throw .unknown("role", key, among: roles, path: path)
      }
      looks[role] = try Look(value, role: name, path: path)
    }
    self.init(name: name, looks: looks)
  }
}

extension Theme.Look {
  private enum Attribute: String, CaseIterable { case bold, dim, underline, reverse }

  fileprivate init(_ node: Node, role: String, path: String) throws(ThemeError) {
    guard let fields = node.mapping else {
      throw .broken(path: path, line: node.line, reason: "\(role): expected a map")
    }
    for (key, value) in fields {
      switch key.string {
      case "foreground": foreground = try Self.color(value, role: role, path: path)
      case "background": background = try Self.color(value, role: role, path: path)
      case "attributes":
        for attribute in value.sequence.map(Array.init) ?? [value] { try set(attribute, path) }
      default:
        throw .unknown("field", key, among: ["foreground", "background", "attributes"], path: path)
      }
    }
  }

  private mutating func set(_ node: Node, _ path: String) throws(ThemeError) {
    switch Attribute(rawValue: node.string ?? "") {
    case .bold: isBold = true
    case .dim: isDim = true
    case .underline: isUnderlined = true
    case .reverse: isReversed = true
    case nil:
      throw .unknown("attribute", node, among: Attribute.allCases.map(\.rawValue), path: path)
    }
  }

  private static func color(
    _ node: Node,
    role: String,
    path: String
  ) throws(ThemeError) -> Color {
    guard let color = node.string.flatMap(Color.init) else {
      throw .broken(
        path: path,
        line: node.line,
        reason: "\(role): \(node.string ?? "a list") is no colour; "
          + "write a name, 0-255, default or \"#rrggbb\""
      )
    }
    return color
  }
}

extension ThemeError {
  fileprivate static func unknown(
    _ what: String,
    _ node: Node,
    among known: [String],
    path: String
  ) -> ThemeError {
    let name = node.string ?? "?"
    let nearest = known.min { name.editDistance(to: $0) < name.editDistance(to: $1) } ?? ""
    return .broken(
      path: path,
      line: node.line,
      reason: "there is no \(what) \(name); did you mean \(nearest)?"
    )
  }
}

extension Node {
  fileprivate var line: Int { mark?.line ?? 1 }
}

extension String {
  /// How many letters must change to make one word the other (Levenshtein).
  fileprivate func editDistance(to other: String) -> Int {
    let target = Array(other)
    var row = Array(0...target.count)
    for (index, letter) in enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in target.indices {
        let substitution = diagonal + (letter == target[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = Swift.min(substitution, row[column] + 1, diagonal + 1)
      }
    }
    return row[target.count]
  }
}

import NameMatching
import YAMLReading

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
  /// Reads a theme's YAML: each role's `foreground`, `background`, `basic` and `attributes`; or a skin
  /// of k9s.
  package init(parsing text: String, name: String, path: String) throws(ThemeError) {
    let root: YAMLValue
    do {
      root = try YAMLValue(parsing: text, path: path)
      if root.isMap, let skin = root.value("k9s") {
        self.init(name: name, looks: try SkinOfK9s.looks(skin))
        return
      }
    } catch {
      throw ThemeError(error)
    }
    let roles = try Self.entries { () throws(YAMLProblem) in
      root.isNull ? [] : try root.entries()
    }
    var looks: [Role: Look] = [:]
    for entry in roles {
      guard let role = Role(rawValue: entry.name) else {
        throw .unknown("role", entry.name, among: Role.allCases.map(\.rawValue), at: entry.place)
      }
      let fields = try Self.entries { () throws(YAMLProblem) in try entry.value.entries() }
      looks[role] = try Look(fields)
    }
    self.init(name: name, looks: looks)
  }

  private static func entries(
    _ read: () throws(YAMLProblem) -> [YAMLValue.Entry]
  ) throws(ThemeError) -> [YAMLValue.Entry] {
    do {
      return try read()
    } catch {
      throw ThemeError(error)
    }
  }
}

extension Theme.Look {
  private enum Attribute: String, CaseIterable { case bold, dim, underline, reverse }

  fileprivate init(_ fields: [YAMLValue.Entry]) throws(ThemeError) {
    for field in fields {
      switch field.name {
      case "foreground": foreground = try Self.color(field.value)
      case "background": background = try Self.color(field.value)
      case "basic": basic = try Self.color(field.value)
      case "attributes":
        for attribute in (try? field.value.elements()) ?? [field.value] { try set(attribute) }
      default:
        let known = ["foreground", "background", "basic", "attributes"]
        throw .unknown("field", field.name, among: known, at: field.place)
      }
    }
  }

  private mutating func set(_ value: YAMLValue) throws(ThemeError) {
    let name = value.scalar ?? "?"
    switch Attribute(rawValue: name) {
    case .bold: isBold = true
    case .dim: isDim = true
    case .underline: isUnderlined = true
    case .reverse: isReversed = true
    case nil:
      throw .unknown("attribute", name, among: Attribute.allCases.map(\.rawValue), at: value.place)
    }
  }

  private static func color(_ value: YAMLValue) throws(ThemeError) -> Color {
    guard let color = value.scalar.flatMap(Color.init) else {
      throw .broken(
        path: value.place.path,
        line: value.place.line,
        reason: "\(value.place.field): \(value.scalar ?? "a list") is no colour; "
          + "write a name, 0-255, default or \"#rrggbb\""
      )
    }
    return color
  }
}

extension ThemeError {
  fileprivate init(_ problem: YAMLProblem) {
    switch problem {
    case .notYAML(let path, let line, _, let reason):
      self = .broken(path: path, line: line, reason: "not valid YAML: \(reason)")
    case .wrongType(let place, let expected):
      let subject = place.field.isEmpty ? "" : "\(place.field): "
      self = .broken(path: place.path, line: place.line, reason: "\(subject)expected \(expected)")
    }
  }

  fileprivate static func unknown(
    _ what: String,
    _ name: String,
    among known: [String],
    at place: FieldPlace
  ) -> ThemeError {
    let hint = name.nearest(of: known).map { "; did you mean \($0)?" } ?? ""
    return .broken(
      path: place.path,
      line: place.line,
      reason: "there is no \(what) \(name)\(hint)"
    )
  }
}

import Yams

/// A mapping of a YAML file, whose fields are read with errors that tell where.
struct YAMLFields {
  let path: String
  private let field: String
  private let node: Node

  /// Reads a whole file's text.
  init(parsing text: String, path: String) throws(KubeconfigError) {
    do {
      node = try Yams.compose(yaml: text) ?? Node([:])
    } catch let error as YamlError {
      throw .broken(path: path, line: Self.line(of: error), reason: Self.reason(of: error))
    } catch {
      throw .broken(path: path, line: 1, reason: "\(error)")
    }
    self.path = path
    field = ""
    guard node.mapping != nil || node.null != nil else {
      throw wrongType(node, "the file", "a map")
    }
  }

  private init(_ node: Node, path: String, field: String) {
    self.node = node
    self.path = path
    self.field = field
  }

  private var line: Int { node.mark?.line ?? 1 }

  /// Where the map itself stands.
  var place: FieldPlace { FieldPlace(path: path, line: line, field: field) }

  /// Where a field stands, or where it would have to stand.
  func place(of name: String) -> FieldPlace {
    FieldPlace(path: path, line: value(name)?.mark?.line ?? line, field: qualified(name))
  }

  func string(_ name: String) throws(KubeconfigError) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.scalar?.string else { throw wrongType(value, name, "a string") }
    return text
  }

  func boolean(_ name: String) throws(KubeconfigError) -> Bool {
    guard let value = value(name) else { return false }
    guard let flag = value.bool else { throw wrongType(value, name, "true or false") }
    return flag
  }

  func map(_ name: String) throws(KubeconfigError) -> YAMLFields? {
    guard let value = value(name) else { return nil }
    guard value.mapping != nil else { throw wrongType(value, name, "a map") }
    return YAMLFields(value, path: path, field: qualified(name))
  }

  /// What stands for an entry without fields.
  func empty(_ name: String) -> YAMLFields {
    YAMLFields(.mapping(Node.Mapping([])), path: path, field: qualified(name))
  }

  func maps(_ name: String) throws(KubeconfigError) -> [YAMLFields] {
    guard let value = value(name) else { return [] }
    guard let elements = value.sequence else { throw wrongType(value, name, "a list") }
    var maps: [YAMLFields] = []
    for (index, element) in elements.enumerated() {
      let elementName = "\(name)[\(index)]"
      guard element.mapping != nil else { throw wrongType(element, elementName, "a map") }
      maps.append(YAMLFields(element, path: path, field: qualified(elementName)))
    }
    return maps
  }

  func strings(_ name: String) throws(KubeconfigError) -> [String] {
    guard let value = value(name) else { return [] }
    guard let elements = value.sequence else { throw wrongType(value, name, "a list") }
    var strings: [String] = []
    for (index, element) in elements.enumerated() {
      guard let text = element.scalar?.string else {
        throw wrongType(element, "\(name)[\(index)]", "a string")
      }
      strings.append(text)
    }
    return strings
  }

  /// The names of all fields, in order.
  var names: [String] { (node.mapping ?? [:]).compactMap(\.key.string) }

  func value(_ name: String) -> Node? {
    guard let value = node.mapping?[Node(name)], value.null == nil else { return nil }
    return value
  }

  private func qualified(_ name: String) -> String { field.isEmpty ? name : "\(field).\(name)" }

  func wrongType(_ name: String, _ expected: String) -> KubeconfigError {
    wrongType(value(name) ?? node, name, expected)
  }

  private func wrongType(_ node: Node, _ name: String, _ expected: String) -> KubeconfigError {
    .wrongType(
      path: path,
      line: node.mark?.line ?? line,
      field: qualified(name),
      expected: expected
    )
  }

  private static func line(of error: YamlError) -> Int {
    switch error {
    case .scanner(_, _, let mark, _), .parser(_, _, let mark, _), .composer(_, _, let mark, _):
      mark.line
    default: 1
    }
  }

  private static func reason(of error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, _, _), .parser(_, let problem, _, _),
      .composer(_, let problem, _, _):
      problem
    default: "\(error)"
    }
  }
}

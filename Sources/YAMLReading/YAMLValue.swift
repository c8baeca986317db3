package import Yams

/// A value of a YAML file, which knows where it stands.
package struct YAMLValue {
  /// A key of a map with its value.
  package struct Entry {
    package let name: String
    /// Where the key stands; the value's place is its own.
    package let place: FieldPlace
    package let value: YAMLValue
  }

  private static var nothing: Node { Node("null", Tag(.implicit), .plain) }

  package let place: FieldPlace
  package let node: Node

  /// Reads a whole file's text; one without any content is null.
  package init(parsing text: String, path: String) throws(YAMLProblem) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw YAMLProblem(error, path: path)
    } catch {
      throw .notYAML(path: path, line: 1, column: 1, reason: "\(error)")
    }
    let node = root ?? Self.nothing
    self.init(node, at: FieldPlace(path: path, line: 1, column: 1, field: ""))
  }

  private init(_ node: Node, at place: FieldPlace) {
    self.node = node
    self.place = FieldPlace(
      path: place.path,
      line: node.mark?.line ?? place.line,
      column: node.mark?.column ?? place.column,
      field: place.field
    )
  }

  package var isNull: Bool { node.null != nil }
  package var isMap: Bool { node.mapping != nil }

  /// A scalar's text; `nil` for a list or a map.
  package var scalar: String? { node.scalar?.string }

  /// The names of a map's fields, in order.
  package var names: [String] { (node.mapping ?? [:]).compactMap(\.key.string) }

  /// Any scalar's text: `1` and `true` are names too where a name is wanted.
  package func string() throws(YAMLProblem) -> String {
    guard let text = scalar else { throw wrongType("a string") }
    return text
  }

  package func boolean() throws(YAMLProblem) -> Bool {
    guard let flag = node.bool else { throw wrongType("true or false") }
    return flag
  }

  package func elements() throws(YAMLProblem) -> [YAMLValue] {
    guard let elements = node.sequence else { throw wrongType("a list") }
    return elements.enumerated().map { index, element in
      let field = "\(place.field)[\(index)]"
      return YAMLValue(
        element,
        at: FieldPlace(path: place.path, line: place.line, column: place.column, field: field)
      )
    }
  }

  package func entries() throws(YAMLProblem) -> [Entry] {
    guard let mapping = node.mapping else { throw wrongType("a map") }
    var entries: [Entry] = []
    for (key, value) in mapping {
      guard let name = key.scalar?.string else {
        throw YAMLValue(key, at: place).wrongType("a string as key")
      }
      let field = place.appending(name)
      entries.append(
        Entry(
          name: name,
          place: YAMLValue(key, at: field).place,
          value: YAMLValue(value, at: field)
        )
      )
    }
    return entries
  }

  /// A field of a map; `nil` where there is none, or it is null.
  package func value(_ name: String) -> YAMLValue? {
    guard let value = node.mapping?[Node(name)], value.null == nil else { return nil }
    return YAMLValue(value, at: place.appending(name))
  }

  /// What stands for a field that is not there.
  package func absent(_ name: String) -> YAMLValue {
    YAMLValue(Self.nothing, at: place.appending(name))
  }

  package func wrongType(_ expected: String) -> YAMLProblem {
    .wrongType(at: place, expected: expected)
  }
}

/// Where in a YAML file something stands.
package struct FieldPlace: Sendable, Equatable {
  package let path: String
  /// Counted from 1, as the column is.
  package let line: Int
  package let column: Int
  /// The way to it from the file's root: `users[0].user.exec`; empty for the root itself.
  package let field: String

  package init(path: String, line: Int, column: Int, field: String) {
    self.path = path
    self.line = line
    self.column = column
    self.field = field
  }

  /// The place of a field that is not there.
  package func appending(_ name: String) -> FieldPlace {
    FieldPlace(
      path: path,
      line: line,
      column: column,
      field: field.isEmpty ? name : "\(field).\(name)"
    )
  }
}

extension FieldPlace: CustomStringConvertible {
  package var description: String { "\(path):\(line): \(field)" }
}

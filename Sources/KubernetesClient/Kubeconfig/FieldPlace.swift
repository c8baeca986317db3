/// Where in a kubeconfig something stands.
package struct FieldPlace: Sendable, Equatable {
  package let path: String
  package let line: Int
  /// The way to it from the file's root: `users[0].user.exec`.
  package let field: String

  package init(path: String, line: Int, field: String) {
    self.path = path
    self.line = line
    self.field = field
  }

  /// The place of a field that is not there.
  func appending(_ name: String) -> FieldPlace {
    FieldPlace(path: path, line: line, field: "\(field).\(name)")
  }
}

extension FieldPlace: CustomStringConvertible {
  package var description: String { "\(path):\(line): \(field)" }
}

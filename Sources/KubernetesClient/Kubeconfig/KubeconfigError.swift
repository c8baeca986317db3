/// Why a kubeconfig, or a context of it, cannot be used.
package enum KubeconfigError: Error, Equatable, Sendable {
  /// No file exists where kubectl would look.
  case none(searched: [String])
  case unreadable(path: String, reason: String)
  case broken(path: String, line: Int, reason: String)
  case wrongType(path: String, line: Int, field: String, expected: String)
  case noSuchContext(String, known: [String])
  case noCurrentContext(known: [String])
  /// A context names a cluster or user that no file has.
  case missing(context: String, field: String, name: String)
  case badValue(field: String, reason: String)
  case unsupported(user: String, field: String)
}

extension KubeconfigError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .none(let searched):
      "No kubeconfig: looked for \(searched.joined(separator: ", ")). "
        + "Name one with --kubeconfig, or see the demo with --demo."
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)."
    case .broken(let path, let line, let reason): "\(path):\(line): not valid YAML: \(reason)."
    case .wrongType(let path, let line, let field, let expected):
      "\(path):\(line): \(field): expected \(expected)."
    case .noSuchContext(let name, let known):
      "No context is named \(name). There are: \(known.joined(separator: ", "))."
    case .noCurrentContext(let known):
      "The kubeconfig has no current-context. Choose one with --context: "
        + "\(known.joined(separator: ", "))."
    case .missing(let context, let field, let name):
      "Context \(context): \(field) \(name) is in no kubeconfig. Check the file."
    case .badValue(let field, let reason): "\(field): \(reason)."
    case .unsupported(let user, let field):
      "User \(user): \(field) is not supported yet. Use a token or a client certificate."
    }
  }
}

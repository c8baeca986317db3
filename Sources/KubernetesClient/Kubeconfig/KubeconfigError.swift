import NameMatching
package import YAMLReading

/// Why a kubeconfig, or a context of it, cannot be used; no case holds a secret.
package enum KubeconfigError: Error, Equatable, Sendable {
  /// No file exists where kubectl would look.
  case none(searched: [String])
  case unreadable(path: String, reason: String)
  case broken(path: String, line: Int, reason: String)
  case wrongType(path: String, line: Int, field: String, expected: String)
  /// A name or a pattern that no context has.
  case noSuchContext(String, known: [String])
  case noCurrentContext(known: [String])
  /// A context names a cluster or user that no file has.
  case missing(context: String, field: String, name: String, at: FieldPlace)
  /// The file is well-formed, and what stands there cannot be used.
  case unusable(at: FieldPlace, reason: String)
  /// The files of the Pod's own service account are not as Kubernetes makes them.
  case serviceAccount(path: String, reason: String)
}

extension KubeconfigError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .none(let searched):
      "No kubeconfig: "
        + (searched.isEmpty
          ? "KUBECONFIG names no file. " : "looked for \(searched.joined(separator: ", ")). ")
        + "Name one with --kubeconfig, or see the demo with --demo."
    case .unreadable(let path, let reason): "\(path): cannot be read: \(reason)."
    case .broken(let path, let line, let reason): "\(path):\(line): not valid YAML: \(reason)."
    case .wrongType(let path, let line, let field, let expected):
      "\(path):\(line): \(field): expected \(expected)."
    case .noSuchContext(let name, let known): Self.noSuchContext(name, known)
    case .noCurrentContext(let known) where known.isEmpty:
      "The kubeconfig holds no context. Name another with --kubeconfig, or see the demo with --demo."
    case .noCurrentContext(let known):
      "The kubeconfig has no current-context. Choose one with --context: "
        + "\(known.joined(separator: ", "))."
    case .missing(let context, let field, let name, let place):
      "Context \(context): \(field) \(name) is in no kubeconfig. "
        + "Check \(place.path), line \(place.line)."
    case .unusable(let place, let reason): "\(place): \(reason)."
    case .serviceAccount(let path, let reason):
      "The service account of this Pod cannot be used: \(path): \(reason)."
    }
  }

  private static func noSuchContext(_ name: String, _ known: [String]) -> String {
    guard !known.isEmpty else { return "No context is named \(name). There are none." }
    let verb = NamePattern(name).isGlob ? "matches" : "is named"
    let nearest = name.nearest(of: known).map { " Did you mean \($0)?" } ?? ""
    return "No context \(verb) \(name).\(nearest) There are: \(known.joined(separator: ", "))."
  }
}

import Yams

/// Why a YAML text cannot be read; no case holds any of the text, which may be secret.
package enum YAMLProblem: Error, Equatable, Sendable {
  case notYAML(path: String, line: Int, column: Int, reason: String)
  case wrongType(at: FieldPlace, expected: String)
}

extension YAMLProblem {
  /// What the parser said; its own description would repeat the text.
  init(_ error: YamlError, path: String) {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      self.init(path, mark.line, mark.column, problem)
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.joined(separator: ", ")
      let verb = keys.count == 1 ? "is" : "are"
      let reason = "\(names) \(verb) there more than once in one map"
      self.init(path, context.mark.line, context.mark.column, reason)
    case .reader(let problem, let offset, _, let text):
      let before = text.prefix(offset ?? 0)
      let line = before.count(where: \.isNewline) + 1
      let column =
        before.count
        - (before.lastIndex(where: \.isNewline).map { index in
          before.distance(from: before.startIndex, to: index) + 1
        } ?? 0) + 1
      self.init(path, line, column, problem)
    case .memory: self.init(path, 1, 1, "it is too large")
    case .no, .writer, .emitter, .representer, .dataCouldNotBeDecoded:
      self.init(path, 1, 1, "it cannot be read")
    }
  }

  private init(_ path: String, _ line: Int, _ column: Int, _ reason: String) {
    self = .notYAML(path: path, line: line, column: column, reason: reason)
  }
}

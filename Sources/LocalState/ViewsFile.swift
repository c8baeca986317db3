import WireFormats
import YAMLReading

/// The file with the views that the user named: each a command that opens it again.
package struct ViewsFile: Sendable {
  package let path: String

  package init(_ path: String) { self.path = path }

  /// The commands by the names of their views; none where there is no file.
  package func load() throws(StateProblem) -> [String: String] {
    do {
      guard let text = try FileText.text(of: path, megabytes: 1) else { return [:] }
      return try Self.views(in: text, path: path)
    } catch let problem as YAMLProblem {
      throw StateProblem(problem)
    } catch let problem as FileText.Problem {
      throw StateProblem(path: path, reason: problem.reason)
    } catch {
      throw StateProblem(path: path, reason: "\(error)")
    }
  }

  private static func views(in text: String, path: String) throws -> [String: String] {
    let root = try YAMLValue(parsing: text, path: path)
    guard !root.isNull else { return [:] }
    var views: [String: String] = [:]
    for entry in try root.entries() { views[entry.name] = try entry.value.string() }
    return views
  }

  /// Keeps a command under a name, or forgets the name; a file that cannot be read is not overwritten.
  package func set(_ name: String, to command: String?) throws(StateProblem) -> [String: String] {
    var views = try load()
    views[name] = command
    try save(views)
    return views
  }

  private func save(_ views: [String: String]) throws(StateProblem) {
    var text = "# Views saved by :view save NAME: a command line each.\n"
    for (name, command) in views.sorted(by: { $0.key < $1.key }) {
      // A JSON string is one of YAML.
      let (key, value) = (JSONValue.string(name).encoded(), JSONValue.string(command).encoded())
      text += String(decoding: key + Array(": ".utf8) + value, as: UTF8.self) + "\n"
    }
    try PrivateFile.write(text, to: path)
  }
}

extension StateProblem {
  fileprivate init(_ problem: YAMLProblem) {
    switch problem {
    case .notYAML(let path, let line, _, let reason):
      self.init(path: "\(path):\(line)", reason: "not valid YAML: \(reason)")
    case .wrongType(let place, let expected):
      self.init(path: "\(place.path):\(place.line)", reason: "\(expected) is wanted here")
    }
  }
}

import Glibc
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

  /// Writes another file and puts it in the place of this one, so that nobody reads half of it.
  private func save(_ views: [String: String]) throws(StateProblem) {
    try StateFolder.make(for: path)
    var bytes = Array("# Views saved by :view save NAME: a command line each.\n".utf8)
    for (name, command) in views.sorted(by: { $0.key < $1.key }) {
      // A JSON string is one of YAML.
      bytes += JSONValue.string(name).encoded() + Array(": ".utf8)
      bytes += JSONValue.string(command).encoded() + Array("\n".utf8)
    }
    let temporary = "\(path).\(getpid())"
    let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw StateProblem(temporary) }
    let isWritten = FileBytes.write(bytes, to: file) && fsync(file) == 0
    close(file)
    guard isWritten, rename(temporary, path) == 0 else {
      let problem = StateProblem(path)
      unlink(temporary)
      throw problem
    }
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

enum FileBytes {
  /// Writes all of them, and tells whether that could be done.
  static func write(_ bytes: [UInt8], to file: CInt) -> Bool {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      start += count
    }
    return true
  }
}

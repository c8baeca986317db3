import WireFormats
import YAMLReading

/// Reads a file's documents one by one, so that one that cannot be read takes no other with it.
struct SnapshotDocuments {
  /// A document, and the line where it begins.
  struct Document {
    let line: Int
    let value: JSONValue
  }

  private(set) var documents: [Document] = []
  private(set) var problems: [SnapshotProblem] = []
  private let path: String

  init(_ bytes: [UInt8], path: String) {
    self.path = path
    guard Self.mayBeJSON(bytes) else {
      readYAML(bytes)
      return
    }
    do {
      documents = [Document(line: 1, value: try JSONValue(parsing: bytes))]
    } catch {
      guard !readSeveral(bytes) else { return }
      (documents, problems) = ([], [])
      readYAML(bytes)
      notePlausible(problem(error, in: bytes, at: 1))
    }
  }

  /// Whether the first thing in the file is an object or a list of JSON, or of YAML that looks like it.
  private static func mayBeJSON(_ bytes: some Sequence<UInt8>) -> Bool {
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  /// Of two readings of a file that both failed, tells of the one that came further: it knew what the
  /// file is.
  private mutating func notePlausible(_ asJSON: SnapshotProblem) {
    guard documents.isEmpty, let asYAML = problems.first, asYAML.line <= asJSON.line else { return }
    problems = [asJSON]
  }
}

// MARK: - JSON

extension SnapshotDocuments {
  /// Reads documents that follow one another, as `kubectl cluster-info dump` prints them, with logs
  /// between: each begins and ends with a brace at the start of a line, or is a line.
  ///
  /// Answers whether they are that; lines of three dashes part documents of YAML.
  private mutating func readSeveral(_ bytes: [UInt8]) -> Bool {
    var start: (line: Int, offset: Int)?
    var isInLog = false
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      if start == nil {
        if line.starts(with: "==== START logs".utf8) { isInLog = true }
        if line.starts(with: "==== END logs".utf8) { isInLog = false }
        if isInLog { continue }
        if line.starts(with: "---".utf8) { return false }
        if line.first == UInt8(ascii: "{") { start = (index + 1, line.startIndex) }
      }
      guard let begun = start else { continue }
      let isLast = line.first == UInt8(ascii: "}") || begun.line == index + 1 && line.isWholeObject
      guard isLast else { continue }
      start = nil
      read(Array(bytes[begun.offset..<line.endIndex]), at: begun.line)
    }
    guard !documents.isEmpty else { return false }
    if let start { read(Array(bytes[start.offset...]), at: start.line) }
    return true
  }

  private mutating func read(_ bytes: [UInt8], at line: Int) {
    do {
      documents.append(Document(line: line, value: try JSONValue(parsing: bytes)))
    } catch {
      problems.append(problem(error, in: bytes, at: line))
    }
  }

  private func problem(_ error: WireError, in bytes: [UInt8], at line: Int) -> SnapshotProblem {
    let before = bytes.prefix(error.offset).count { $0 == 0x0A }
    return SnapshotProblem(path: path, line: line + before, reason: error.fault)
  }
}

extension ArraySlice<UInt8> {
  fileprivate var isWholeObject: Bool {
    last { ![0x20, 0x09, 0x0D].contains($0) } == UInt8(ascii: "}")
  }
}

// MARK: - YAML

extension SnapshotDocuments {
  /// Reads documents that lines of three dashes part.
  private mutating func readYAML(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return problems.append(SnapshotProblem(path: path, line: 1, reason: "it is no UTF-8"))
    }
    var lines: [Substring] = []
    var start = 1
    // On Windows a line's end is one character of two.
    let split = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in split.enumerated() {
      if line == "---" || line.hasPrefix("--- ") {
        readYAML(lines, at: start)
        lines = []
        start = index + 2
      } else {
        lines.append(line)
      }
    }
    readYAML(lines, at: start)
  }

  private mutating func readYAML(_ lines: [Substring], at start: Int) {
    let text = lines.joined(separator: "\n")
    let first = start + (lines.firstIndex { !$0.isEmpty && !$0.hasPrefix("#") } ?? 0)
    // Texts of JSON may be escaped in ways that YAML does not know.
    if Self.mayBeJSON(text.utf8), let value = try? JSONValue(parsing: Array(text.utf8)) {
      return documents.append(Document(line: first, value: value))
    }
    do {
      let value = try YAMLValue(parsing: text, path: path)
      guard !value.isNull else { return }
      documents.append(Document(line: first, value: JSONValue(value.node)))
    } catch .notYAML(_, let line, _, let reason) {
      // What ends too early ends behind its last line.
      let last = start + min(line, lines.count) - 1
      problems.append(SnapshotProblem(path: path, line: last, reason: reason))
    } catch {
      problems.append(SnapshotProblem(path: path, line: start, reason: "\(error)"))
    }
  }
}

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
    if Self.isJSON(bytes) { readJSON(bytes) } else { readYAML(bytes) }
  }

  /// Whether the first thing in the file is an object or a list of JSON.
  private static func isJSON(_ bytes: [UInt8]) -> Bool {
    let first = bytes.first { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}

// MARK: - JSON

extension SnapshotDocuments {
  private mutating func readJSON(_ bytes: [UInt8]) {
    do {
      documents = [Document(line: 1, value: try JSONValue(parsing: bytes))]
    } catch {
      readSeveral(bytes, whole: error)
    }
  }

  /// Reads documents that follow one another, as `kubectl cluster-info dump` prints them, with logs
  /// between: each begins and ends with a brace at the start of a line, or is a line.
  private mutating func readSeveral(_ bytes: [UInt8], whole: WireError) {
    var start: (line: Int, offset: Int)?
    var found = 0
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    {
      if start == nil, line.first == UInt8(ascii: "{") { start = (index + 1, line.startIndex) }
      guard let begun = start else { continue }
      let isLast = line.first == UInt8(ascii: "}") || begun.line == index + 1 && line.isWholeObject
      guard isLast else { continue }
      start = nil
      found += 1
      read(Array(bytes[begun.offset..<line.endIndex]), at: begun.line)
    }
    if let start, found > 0 { read(Array(bytes[start.offset...]), at: start.line) }
    if found == 0 { note(whole, in: bytes, at: 1) }
  }

  private mutating func read(_ bytes: [UInt8], at line: Int) {
    do {
      documents.append(Document(line: line, value: try JSONValue(parsing: bytes)))
    } catch {
      note(error, in: bytes, at: line)
    }
  }

  private mutating func note(_ error: WireError, in bytes: [UInt8], at line: Int) {
    let before = bytes.prefix(error.offset).count { $0 == 0x0A }
    problems.append(SnapshotProblem(path: path, line: line + before, reason: "\(error)"))
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
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if line == "---" || line.hasPrefix("--- ") || line == "---\r" {
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
    do {
      let value = try YAMLValue(parsing: lines.joined(separator: "\n"), path: path)
      guard !value.isNull else { return }
      let first = lines.firstIndex { !$0.isEmpty && !$0.hasPrefix("#") } ?? 0
      documents.append(Document(line: start + first, value: JSONValue(value.node)))
    } catch .notYAML(_, let line, _, let reason) {
      problems.append(SnapshotProblem(path: path, line: start + line - 1, reason: reason))
    } catch {
      problems.append(SnapshotProblem(path: path, line: start, reason: "\(error)"))
    }
  }
}

/// Splits a log into lines, of which each keeps its beginning: one that never ends costs no more than another.
struct LogLineFramer: Sendable {
  struct Line: Sendable, Equatable {
    var bytes: [UInt8] = []
    var omittedBytes = 0
  }

  /// What is kept of a line, in bytes: as much as a container runtime writes in one piece.
  static let longestLine = 16 << 10

  private var lines: [Line] = []
  private var unfinished = Line()

  /// Takes the next bytes of the stream.
  mutating func append(_ chunk: [UInt8]) {
    var rest = chunk[...]
    while let newline = rest.firstIndex(of: UInt8(ascii: "\n")) {
      add(rest[..<newline])
      endLine()
      rest = rest[(newline + 1)...]
    }
    add(rest)
  }

  /// Takes out the lines that are whole.
  mutating func takeLines() -> [Line] {
    defer { lines = [] }
    return lines
  }

  /// Takes the end of the stream for the end of its last line.
  mutating func finish() {
    if !unfinished.bytes.isEmpty { endLine() }
  }

  private mutating func add(_ bytes: ArraySlice<UInt8>) {
    let kept = bytes.prefix(Self.longestLine - unfinished.bytes.count)
    unfinished.bytes += kept
    unfinished.omittedBytes += bytes.count - kept.count
  }

  private mutating func endLine() {
    var line = unfinished
    unfinished = Line()
    if line.omittedBytes > 0 {
      let whole = Self.wholeCharacters(of: line.bytes)
      line.omittedBytes += line.bytes.count - whole
      line.bytes.removeLast(line.bytes.count - whole)
    } else if line.bytes.last == UInt8(ascii: "\r") {
      line.bytes.removeLast()
    }
    lines.append(line)
  }

  /// How many bytes come before a character of UTF-8 that is cut at the end.
  private static func wholeCharacters(of bytes: [UInt8]) -> Int {
    let tail = bytes.suffix(4)
    guard let lead = tail.lastIndex(where: { $0 & 0b1100_0000 != 0b1000_0000 }) else {
      return bytes.count
    }
    let length =
      switch bytes[lead] {
      case 0xC0..<0xE0: 2
      case 0xE0..<0xF0: 3
      case 0xF0..<0xF8: 4
      default: 1
      }
    return lead + length > bytes.count ? lead : bytes.count
  }
}

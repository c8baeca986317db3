import KubernetesClient
import Monitoring
import TerminalKit

/// The lines of a log that are kept: the newest, up to a bound, in the order of their times.
struct LogBuffer: Sendable {
  struct Line: Sendable {
    let entry: LogEntry
    /// As it is shown.
    let text: String
    /// Whether it has what is searched for.
    var isMatch = false
  }

  static let mostLines = 20_000
  static let mostBytes = 8 << 20
  /// How many lines more may be there until the oldest are dropped together.
  private static let slack = 1000

  private(set) var lines: [Line] = []
  private(set) var bytes = 0
  /// How many lines were dropped for the bound's sake.
  private(set) var droppedCount = 0
  private(set) var matchCount = 0
  private(set) var search = ""

  /// What became of the places of lines: first so many were inserted at a place, then so many dropped.
  struct Shift: Equatable {
    var insertedAt = 0
    var inserted = 0
    var dropped = 0

    /// Where a line is now that was at a place before.
    func place(of index: Int) -> Int {
      max(0, index + (index >= insertedAt ? inserted : 0) - dropped)
    }
  }

  /// Takes in entries that are in the order of their times.
  mutating func add(_ entries: [LogEntry]) -> Shift {
    guard !entries.isEmpty else { return Shift(insertedAt: lines.count) }
    let new = entries.map { entry in
      let text = LogText.shown(entry)
      return Line(entry: entry, text: text, isMatch: matches(text))
    }
    bytes += new.reduce(0) { $0 + $1.text.utf8.count }
    matchCount += new.count(where: \.isMatch)
    var shift = Shift(insertedAt: lines.count)
    let first = entries.lazy.compactMap(\.time).first
    let place = first.map(placeBefore) ?? lines.count
    if place == lines.count {
      lines += new
    } else {
      // Lines of several containers come in pieces: what is later than the first of these is merged with them.
      let later = Array(lines[place...])
      lines.removeSubrange(place...)
      lines += Self.merged(later, new)
      shift = Shift(insertedAt: place, inserted: new.count)
    }
    shift.dropped = drop()
    return shift
  }

  /// Where the lines begin that are later than a time.
  private func placeBefore(_ time: LogTime) -> Int {
    var place = lines.count
    while place > 0, let other = lines[place - 1].entry.time, other > time { place -= 1 }
    return place
  }

  private static func merged(_ left: [Line], _ right: [Line]) -> [Line] {
    var merged: [Line] = []
    merged.reserveCapacity(left.count + right.count)
    var (i, j) = (0, 0)
    while i < left.count, j < right.count {
      // What has no time stays behind what it came after.
      let isFirst = left[i].entry.time.map { time in
        right[j].entry.time.map { time <= $0 } ?? false
      }
      if isFirst ?? true {
        merged.append(left[i])
        i += 1
      } else {
        merged.append(right[j])
        j += 1
      }
    }
    return merged + left[i...] + right[j...]
  }

  private mutating func drop() -> Int {
    guard lines.count > Self.mostLines + Self.slack || bytes > Self.mostBytes + Self.mostBytes / 8
    else { return 0 }
    var count = max(0, lines.count - Self.mostLines)
    bytes -= lines[..<count].reduce(0) { $0 + $1.text.utf8.count }
    while bytes > Self.mostBytes, count < lines.count {
      bytes -= lines[count].text.utf8.count
      count += 1
    }
    matchCount -= lines[..<count].count(where: \.isMatch)
    lines.removeFirst(count)
    droppedCount += count
    return count
  }

  mutating func clear() {
    let search = search
    self = LogBuffer()
    self.search = search
  }

  // MARK: - Searching

  mutating func setSearch(_ text: String) {
    search = text.lowercased()
    for index in lines.indices { lines[index].isMatch = matches(lines[index].text) }
    matchCount = lines.count(where: \.isMatch)
  }

  private func matches(_ text: String) -> Bool {
    guard !search.isEmpty else { return false }
    // Nearly everybody looks for ASCII, and a copy of each line for each letter typed would be felt.
    guard search.utf8.allSatisfy({ $0 < 0x80 }) else { return text.lowercased().contains(search) }
    let wanted = Array(search.utf8)
    return text.utf8.withContiguousStorageIfAvailable { Self.contains(wanted, $0) }
      ?? text.lowercased().contains(search)
  }

  /// Whether some bytes, in lower case, are among others of any case.
  private static func contains(_ wanted: [UInt8], _ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    func lowercased(_ byte: UInt8) -> UInt8 {
      (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
    guard bytes.count >= wanted.count else { return false }
    for start in 0...bytes.count - wanted.count where lowercased(bytes[start]) == wanted[0] {
      var length = 1
      while length < wanted.count, lowercased(bytes[start + length]) == wanted[length] {
        length += 1
      }
      if length == wanted.count { return true }
    }
    return false
  }

  /// The next line that has what is searched for, behind one or before it; goes on at the other end.
  func match(from index: Int, forwards: Bool) -> Int? {
    let rest = forwards ? lines[min(lines.count, index + 1)...] : lines[..<max(0, index)]
    let found = forwards ? rest.firstIndex(where: \.isMatch) : rest.lastIndex(where: \.isMatch)
    return found
      ?? (forwards ? lines.firstIndex(where: \.isMatch) : lines.lastIndex(where: \.isMatch))
  }

  /// How many matches there are up to a line.
  func matchNumber(at index: Int) -> Int { lines[...index].count(where: \.isMatch) }
}

import Glibc
package import Inspection
import KubernetesObjects
import WireFormats

/// What people said of findings, kept in a file: a line for each time.
///
/// Several programs may have it open. Each adds its lines whole, under a lock, and reads those of the others.
/// Where most lines hold no longer, whoever has the lock puts a file of the others in its place.
package actor FindingNotesFile {
  /// A larger one was not written by people.
  private static let sizeLimit = 64 << 20

  private let path: String
  private var notes = FindingNotes()
  /// Up to where it was read, and which file that was.
  private var offset = 0
  private var inode: ino_t = 0
  /// That file, held open, so that no other one gets its number when it is replaced.
  private var held: CInt = -1
  private var lineCount = 0
  /// The first line that could not be read, and is passed over.
  package private(set) var problem: StateProblem?

  package init(_ path: String) { self.path = path }

  deinit { if held >= 0 { close(held) } }

  /// What holds by now.
  package func read() throws(StateProblem) -> FindingNotes {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      guard errno == ENOENT else { throw StateProblem(path) }
      forget()
      return notes
    }
    defer { close(file) }
    try read(from: file)
    return notes
  }

  /// Adds lines, and answers what holds then.
  package func append(_ new: [FindingNote]) throws(StateProblem) -> FindingNotes {
    try StateFolder.make(for: path)
    let file = try openLocked()
    defer {
      // Closing alone would not give it back, as the file is held open besides.
      flock(file, LOCK_UN)
      close(file)
    }
    var bytes: [UInt8] = []
    // Whoever ended in the middle of a line must not spoil the next.
    if !endsWithLine(file) { bytes.append(UInt8(ascii: "\n")) }
    for note in new { bytes += note.json.encoded() + [UInt8(ascii: "\n")] }
    guard FileBytes.write(bytes, to: file) else { throw StateProblem(path) }
    try read(from: file)
    if let now = new.map(\.time).max(), isMostlyOver { try? compact(file, at: now) }
    return notes
  }

  /// Opens the file that stands there, and not one that another program has replaced while the lock
  /// was waited for: what is written into that one, nobody reads.
  private func openLocked() throws(StateProblem) -> CInt {
    while true {
      let file = open(path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
      guard file >= 0 else { throw StateProblem(path) }
      while flock(file, LOCK_EX) != 0 {
        guard errno == EINTR else {
          let problem = StateProblem(path)
          close(file)
          throw problem
        }
      }
      var (opened, there) = (stat(), stat())
      if fstat(file, &opened) == 0, stat(path, &there) == 0, opened.st_ino == there.st_ino,
        opened.st_dev == there.st_dev
      {
        return file
      }
      close(file)
    }
  }

  private func forget() {
    (notes, offset, lineCount, problem) = (FindingNotes(), 0, 0, nil)
  }

  private func endsWithLine(_ file: CInt) -> Bool {
    let end = lseek(file, 0, SEEK_END)
    guard end > 0 else { return true }
    var last: UInt8 = 0
    return pread(file, &last, 1, end - 1) == 1 && last == UInt8(ascii: "\n")
  }

  /// Whether most lines are of what was taken back, said anew, or is over.
  private var isMostlyOver: Bool { lineCount > 2 * notes.count + Self.spareLines }

  /// How many such lines are no reason to write a file.
  private static let spareLines = 200

  /// Puts a file in place of the locked one that has only what still holds, and what we cannot read,
  /// which may be a newer program's.
  private func compact(_ file: CInt, at now: Timestamp) throws(StateProblem) {
    var link = stat()
    // Whoever keeps it elsewhere does not want a file in place of the link.
    guard lstat(path, &link) == 0, link.st_mode & S_IFMT == S_IFREG else { return }
    let lines = try bytes(of: file, from: 0, count: offset).split(separator: UInt8(ascii: "\n"))
    var seen: Set<Key> = []
    var kept: [ArraySlice<UInt8>] = []
    // The last word on a finding counts.
    for line in lines.reversed() {
      if let value = try? JSONValue(parsing: Array(line)), let note = FindingNote(value) {
        guard seen.insert(Key(note)).inserted, note.holds(at: now) else { continue }
      }
      kept.append(line)
    }
    try PrivateFile.write(kept.reversed().flatMap { $0 + [UInt8(ascii: "\n")] }, to: path)
    _ = try read()
  }

  /// What a note takes the place of others by.
  private struct Key: Hashable {
    let finding: FindingID
    let isAboutMuting: Bool

    init(_ note: FindingNote) {
      finding = note.finding
      isAboutMuting =
        switch note.content {
        case .muted, .unmuted: true
        case .acknowledged, .unacknowledged: false
        }
    }
  }

  /// Reads what was added since the last time; all, where it is another file or shorter by now.
  private func read(from file: CInt) throws(StateProblem) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw StateProblem(path) }
    if held < 0 || status.st_ino != inode || Int(status.st_size) < offset {
      forget()
      if held >= 0 { close(held) }
      held = fcntl(file, F_DUPFD_CLOEXEC, 0)
    }
    inode = status.st_ino
    let count = Int(status.st_size) - offset
    guard count > 0 else { return }
    let bytes = try bytes(of: file, from: offset, count: count)
    // What is not whole yet is read when it is.
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return }
    for line in bytes[..<end].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    {
      lineCount += 1
      guard !line.isEmpty else { continue }
      if let value = try? JSONValue(parsing: Array(line)), let note = FindingNote(value) {
        notes.add(note)
      } else if problem == nil {
        problem = StateProblem(path: "\(path):\(lineCount)", reason: "no note of a finding")
      }
    }
    offset += end + 1
  }

  /// So many bytes from there, or as many as there are.
  private func bytes(
    of file: CInt,
    from start: Int,
    count: Int
  ) throws(StateProblem) -> ArraySlice<UInt8> {
    guard count <= Self.sizeLimit else {
      throw StateProblem(path: path, reason: "it is larger than \(Self.sizeLimit >> 20) MiB")
    }
    var bytes = [UInt8](repeating: 0, count: count)
    var length = 0
    while length < count {
      let position = off_t(start + length)
      let read = bytes.withUnsafeMutableBytes { buffer in
        let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[length...])
        return pread(file, rest.baseAddress, rest.count, position)
      }
      if read < 0, errno == EINTR { continue }
      guard read >= 0 else { throw StateProblem(path) }
      guard read > 0 else { break }
      length += read
    }
    return bytes[..<length]
  }
}

extension FindingNote {
  /// Whether anything is to be shown for it at that time.
  fileprivate func holds(at now: Timestamp) -> Bool {
    switch content {
    case .acknowledged, .muted(until: nil): true
    case .muted(let until?): now < until
    case .unacknowledged, .unmuted: false
    }
  }

  fileprivate var json: JSONValue {
    var value: JSONValue = [
      "finding": .string(finding.description), "author": .string(author),
      "time": .string(time.rfc3339), "reason": .string(reason),
    ]
    switch content {
    case .acknowledged: value["note"] = "acknowledged"
    case .unacknowledged: value["note"] = "unacknowledged"
    case .unmuted: value["note"] = "unmuted"
    case .muted(let until):
      value["note"] = "muted"
      value["until"] = until.map { .string($0.rfc3339) }
    }
    return value
  }

  fileprivate init?(_ value: JSONValue) {
    guard let finding = value["finding"]?.stringValue.flatMap(FindingID.init(_:)),
      let author = value["author"]?.stringValue,
      let time = value["time"]?.stringValue.flatMap(Timestamp.init(rfc3339:)),
      let reason = value["reason"]?.stringValue
    else { return nil }
    let content: Content
    switch value["note"]?.stringValue {
    case "acknowledged": content = .acknowledged
    case "unacknowledged": content = .unacknowledged
    case "unmuted": content = .unmuted
    case "muted":
      guard let until = value["until"] else {
        content = .muted(until: nil)
        break
      }
      guard let time = until.stringValue.flatMap(Timestamp.init(rfc3339:)) else { return nil }
      content = .muted(until: time)
    default: return nil
    }
    self.init(content, finding, author: author, time: time, reason: reason)
  }
}

import Glibc

/// The pages of the program and its libraries that are in memory.
enum FilePages {
  /// Lets go of all that are as they stand in their files.
  ///
  /// Most of them were read to start: relocations, tables of types, reading the configuration. What is
  /// needed again the system still has, and gives back at the first touch.
  static func letGo() {
    guard let file = fopen("/proc/self/smaps", "r") else { return }
    defer { fclose(file) }
    var line: UnsafeMutablePointer<CChar>?
    var room = 0
    defer { free(line) }
    var mapping: Range<UInt>?
    while getline(&line, &room, file) > 0, let line {
      let words = String(cString: line).split(separator: " ", maxSplits: 5)
      guard words.count > 1 else { continue }
      if let range = range(words[0]) {
        // Readable and not writable, and of a file, which has a number.
        mapping = words[1].hasPrefix("r-") && words.count > 4 && words[4] != "0" ? range : nil
      } else if words[0] == "Anonymous:", words[1] == "0", let range = mapping {
        // No page differs from the file: not even by what the loader wrote before it was protected.
        madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
      }
    }
  }

  /// Does so once more when the first pages of a screen have been made, for which the program is read all over.
  static func letGoSoon() {
    Task.detached(priority: .background) {
      try? await Task.sleep(for: .seconds(10))
      letGo()
    }
  }

  /// The addresses of a mapping, as in `7f4c04929000-7f4c0492b000`.
  private static func range(_ text: Substring) -> Range<UInt>? {
    let ends = text.split(separator: "-").map { UInt($0, radix: 16) }
    guard ends.count == 2, let start = ends[0], let end = ends[1], start < end else { return nil }
    return start..<end
  }
}

extension TerminalProgram {
  /// A letter that the program shows nowhere else and that stands in no control sequence of ncurses.
  private static let letter = "Q"
  private static let backspace = "\u{7F}"

  /// Types letters into the filter; answers how many milliseconds each took until its bytes came back.
  func keysToFrames(_ count: Int) async throws -> [Double] {
    _ = try type("/")
    _ = try await painted("Keep the filter", within: .seconds(10))
    var times: [Double] = []
    for _ in 0..<count {
      try await Task.sleep(for: .milliseconds(Int.random(in: 30...90)))
      forget()
      let typed = try type(Self.letter)
      let shown = try await painted(Self.letter, within: .seconds(10))
      times.append(typed.duration(to: shown).seconds * 1000)
      // A letter that comes before the last one is gone would change nothing to be painted.
      forget()
      _ = try type(Self.backspace)
      try await paintedAnything(within: .seconds(10))
      // What was painted may be something else that has changed.
      try await Task.sleep(for: .milliseconds(30))
    }
    return times
  }
}

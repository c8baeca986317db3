import Foundation
import TestServers
import Testing

/// What the real program does with a real terminal beside showing screens.
@Suite(
  .fewAtOnce,
  .serialized,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct TerminalTests {
  private func open(
    _ options: String = "",
    _ environment: String = "",
    in session: TerminalSession
  ) async throws {
    try session.type("\(environment) \(TerminalSession.program) --demo \(options)")
    try session.press("Enter")
    #expect(await session.shows("enter Open"))
  }

  private func run(_ command: String, in session: TerminalSession) throws {
    try session.type(":\(command)")
    try session.press("Enter")
  }

  @Test func itStopsAndGoesOn() async throws {
    let session = try TerminalSession()
    let before = try await session.settings()
    let modes = session.modes
    try await open(in: session)
    for _ in 1...2 {
      try run("suspend", in: session)
      #expect(await session.shows("Stopped"))
      #expect(session.modes == modes)
      #expect(try await session.settings() == before)
      try session.type("fg")
      try session.press("Enter")
      #expect(await session.shows("enter Open"))
    }
    try session.press("q")
    #expect(await session.hides("enter Open"))
    #expect(try await session.settings() == before)
  }

  @Test func whatIsPastedIsNoKeys() async throws {
    let session = try TerminalSession()
    try await open(in: session)
    try session.paste("q")
    #expect(await session.shows("Pasted text is ignored here"))
    try session.type("/")
    try session.paste("inven\ntory\u{1b}[31m")
    #expect(await session.shows("/inven tory"))
    try session.press("C-c")
    #expect(await session.hides("── Findings"))
  }

  @Test func bordersAreOfASCIIWhereTheLocaleIs() async throws {
    let session = try TerminalSession()
    try await open("", "LANG=C", in: session)
    #expect(await session.shows("-- Findings ---"))
    #expect(await eventually { session.screen.utf8.allSatisfy { $0 < 0x80 } })
  }

  /// Where the selection stands on the screen.
  private func selectedRow(in session: TerminalSession) -> Int? {
    session.screen.split(separator: "\n", omittingEmptySubsequences: false)
      .firstIndex { $0.hasPrefix(">") }
  }

  /// What a terminal calls itself, and what it sends for its keys behind an escape.
  struct Keyboard: CustomTestStringConvertible {
    let type: String
    let home: String
    let end: String
    let down: String

    init(_ type: String, _ home: String, _ end: String, _ down: String) {
      (self.type, self.home, self.end, self.down) = (type, home, end, down)
    }

    var testDescription: String { "\(type), \(home)" }
  }

  @Test(
    "Keys are those of the terminal, whether this machine has heard of it or not",
    arguments: [
      Keyboard("linux", "[1~", "[4~", "[B"), Keyboard("vt100", "[H", "[F", "OB"),
      Keyboard("xterm", "OH", "OF", "OB"), Keyboard("xterm", "[1~", "[4~", "OB"),
      Keyboard("putty-256color", "[1~", "[4~", "OB"), Keyboard("xterm-kitty", "OH", "OF", "OB"),
      Keyboard("screen", "[1~", "[4~", "OB"),
    ]
  )
  func keysOfTerminals(keyboard: Keyboard) async throws {
    let session = try TerminalSession()
    try await open("", "TERM=\(keyboard.type)", in: session)
    try session.press("C-a")
    #expect(await session.shows("apiservices"))
    let first = try #require(selectedRow(in: session))
    func selects(_ keys: String, row: Int) async throws -> Bool {
      try session.type("\u{1b}\(keys)")
      return await eventually { selectedRow(in: session) == row }
    }
    #expect(try await selects(keyboard.down, row: first + 1))
    #expect(try await selects(keyboard.end, row: 22))
    #expect(try await selects(keyboard.home, row: first))
    // None of the keys was taken for an escape and some letters.
    #expect(session.screen.contains("── Aliases ──"), "\(session.screen)")
    if keyboard.type == "linux" { #expect(!session.screen.contains { "✖▸●✔…".contains($0) }) }
    if keyboard.type == "vt100" {
      let styled = session.styledScreen.replacingOccurrences(of: "\u{1B}[39m", with: "")
      #expect(!styled.contains("\u{1B}[3"))
    }
    try await session.quit()
  }

  @Test func coloursAreShownAsTheyAreWhereTheTerminalCan() async throws {
    let session = try TerminalSession()
    try await open("--theme nord", "COLORTERM=truecolor", in: session)
    #expect(await eventually { session.styledScreen.contains("\u{1B}[38;2;229;233;240m") })
    try run("theme tritanopia", in: session)
    #expect(await eventually { session.styledScreen.contains("\u{1B}[48;2;16;19;24m") })
  }

  @Test func aStormOfSizesIsSurvived() async throws {
    let session = try TerminalSession()
    try await open(in: session)
    for (columns, rows) in [(60, 16), (20, 5), (400, 120), (1, 1), (59, 16), (200, 50)] {
      for step in 0..<4 { try session.resize(columns: columns + step, rows: rows) }
    }
    #expect(await session.shows("CHECK"))
    try session.resize(columns: 50, rows: 12)
    #expect(await session.shows("60×16 needed, 50×12 here"))
    try session.resize(columns: 80, rows: 24)
    #expect(await session.shows("enter Open"))
  }

  @Test func aLineThatIsCutSavesWhatIsToBeKept() async throws {
    let session = try TerminalSession()
    let file = session.path(of: "pid")
    let state = session.path(of: ".local/state/kpatrol/state.json")
    try session.type("\(TerminalSession.program) --demo & echo $! > \(file); fg")
    try session.press("Enter")
    #expect(await session.shows("Any key hides this."))
    try run("theme nord", in: session)
    #expect(await session.hides("Any key hides this."))
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let process = try #require(pid_t(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    // The theme is read, and then in use.
    #expect(
      await eventually {
        (try? String(contentsOfFile: state, encoding: .utf8))?.contains("nord") == true
      }
    )
    try session.press("F")
    #expect(await session.shows("── Fleet"))
    kill(process, SIGHUP)
    #expect(await session.hides("── Fleet"))
    #expect(
      await eventually {
        (try? String(contentsOfFile: state, encoding: .utf8))?.contains(#""demo" : "clusters""#)
          == true
      }
    )
    try session.type("clear; \(TerminalSession.program) --demo")
    try session.press("Enter")
    #expect(await session.shows("── Fleet"))
  }

  @Test func theScreenIsPutOnTheClipboard() async throws {
    let session = try TerminalSession()
    try session.takeClipboard()
    try await open(in: session)
    try run("copy", in: session)
    #expect(await session.shows("Copied the text of this screen."))
    #expect(await eventually { session.clipboard.contains("── Findings ──") })
  }

  @Test func theScreenIsSavedAndTheMouseGivenBack() async throws {
    let session = try TerminalSession(columns: 160)
    try await open(in: session)
    #expect(session.modes.split(separator: " ").dropFirst(2).first == "1")
    try run("mouse", in: session)
    #expect(await session.shows("The mouse is the terminal's"))
    #expect(await eventually { session.modes.split(separator: " ").dropFirst(2).first == "0" })
    try session.press("C-s")
    #expect(await session.shows("lines saved in "))
    let folder = session.path(of: ".local/state/kpatrol/screens")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
    let name = try #require(files.first)
    let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    #expect(text.contains("── Findings"))
  }

  @Test func keysAreThoseOfTheConfiguration() async throws {
    let session = try TerminalSession(columns: 120)
    let file = session.path(of: "c.yaml")
    try "keys:\n  global: { quit: Z, help: [] }\nmouse: false\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    try await open("--config \(file)", in: session)
    #expect(session.screen.contains("Z Quit") && !session.screen.contains("? Help"))
    #expect(session.modes.split(separator: " ").dropFirst(2).first == "0")
    try session.type("q?Z")
    #expect(await session.hides("── Findings"))
    try "keys:\n  findings:\n    filter: q\n"
      .write(toFile: file, atomically: true, encoding: .utf8)
    try session.type("clear; \(TerminalSession.program) --demo --config \(file); echo code $?")
    try session.press("Enter")
    #expect(await session.shows("code 2"))
    #expect(session.screen.contains(":3:13: keys.findings.filter: q is already quit of global"))
  }

  @Test func plainLinesNeedNoTerminal() async throws {
    let session = try TerminalSession(columns: 120)
    let file = session.path(of: "lines")
    try session.type("\(TerminalSession.program) --demo --plain < /dev/null | tee \(file)")
    try session.press("Enter")
    #expect(await session.shows("raised, "))
    #expect(await session.shows("demo: live, everything is inspected."))
    let lines = try String(contentsOfFile: file, encoding: .utf8)
    #expect(!lines.contains("\u{1b}"))
  }

  @Test("Plain lines end well by a signal", arguments: [SIGINT, SIGTERM])
  func plainEnds(signal: Int32) async throws {
    let program = try Program()
    let run = try program.begin(["--demo", "--plain"])
    #expect(await program.prints("demo: live", run))
    program.send(signal, to: run)
    #expect(try await program.end(run).code == 0)
  }
}

import Foundation
import TestServers
import Testing

/// A shell in tmux, with a screen of its own, that a test types into.
final class TerminalSession {
  private let socket = "kpatrol-\(UInt64.random(in: 0 ... .max))"
  private let folder: URL
  /// The server of this session alone, in the foreground: a daemon would never seem to end.
  private let server: Process

  static var isAvailable: Bool { FileManager.default.isExecutableFile(atPath: "/usr/bin/tmux") }

  /// The program that the tests were built with.
  static let program: String = {
    var folder = URL(filePath: CommandLine.arguments[0])
    if let bundle = Bundle.allBundles.first(where: { $0.bundlePath.hasSuffix(".xctest") }) {
      folder = bundle.bundleURL
    }
    return folder.deletingLastPathComponent().appending(path: "kpatrol").path
  }()

  init(columns: Int = 80, rows: Int = 24) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: socket)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    server = try Self.start(["-u", "-L", socket, "-f", "/dev/null", "-D"])
    let shell =
      "env -i PATH=/usr/bin:/bin HOME=\(folder.path) LANG=C.UTF-8 TERM=screen-256color "
      + "PS1='$ ' sh"
    let size = ["-x", "\(columns)", "-y", "\(rows)"]
    // The server needs a moment until it takes commands.
    while try !tmux(["-N", "new-session", "-d"] + size + [shell]) {
      try #require(server.isRunning, "tmux does not start.")
    }
  }

  deinit {
    _ = try? tmux("kill-server")
    // A server in the foreground outlives its sessions.
    kill(server.processIdentifier, SIGKILL)
    try? FileManager.default.removeItem(at: folder)
  }

  /// The lines that the terminal shows.
  var screen: String { captured("-p") }

  /// The same with the sequences that set colours and attributes.
  var styledScreen: String { captured("-p", "-e") }

  private func captured(_ options: String...) -> String {
    let file = folder.appending(path: "screen")
    try? Data().write(to: file)
    guard let output = try? FileHandle(forWritingTo: file) else { return "" }
    _ = try? tmux(["capture-pane"] + options, output: output)
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// Where a file of this session alone may stand.
  func path(of name: String) -> String { folder.appending(path: name).path }

  /// Types keys by tmux's names.
  func press(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

  /// Ends the program by its key, and waits until the shell has the terminal again: what is typed
  /// before would be keys of the program.
  ///
  /// No plan may be under way: it would ask whether to end all the same.
  func quit() async throws {
    try press("q")
    #expect(await eventually(within: .seconds(60)) { self.modes.hasPrefix("0") }, "\(screen)")
  }

  /// Types text as it is.
  func type(_ text: String) throws { try tmux("send-keys", "-l", text) }

  /// Has the terminal take what programs put on its clipboard.
  func takeClipboard() throws { try tmux("set-option", "-s", "set-clipboard", "on") }

  /// What is on the clipboard.
  var clipboard: String {
    let file = folder.appending(path: "clipboard")
    try? Data().write(to: file)
    guard let output = try? FileHandle(forWritingTo: file) else { return "" }
    _ = try? tmux(["show-buffer"], output: output)
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// Pastes text as a terminal does: marked as such where the program asked for that.
  func paste(_ text: String) throws {
    try tmux("set-buffer", text)
    try tmux("paste-buffer", "-p", "-r")
  }

  /// Waits until the screen shows a text.
  func shows(_ text: String) async -> Bool {
    await eventually { screen.contains(text) }
  }

  /// Waits until the screen no longer shows a text.
  func hides(_ text: String) async -> Bool {
    await eventually { !screen.contains(text) }
  }

  /// The settings of the terminal, as `stty` tells them.
  func settings() async throws -> String {
    let file = folder.appending(path: "stty").path
    try type("stty -a > \(file).new; mv \(file).new \(file)")
    try press("Enter")
    #expect(await eventually { FileManager.default.fileExists(atPath: file) })
    defer { try? FileManager.default.removeItem(atPath: file) }
    return try String(contentsOfFile: file, encoding: .utf8)
  }

  /// Whether the terminal shows the alternate screen and the cursor, and asks for the mouse.
  var modes: String {
    let file = folder.appending(path: "modes")
    try? Data().write(to: file)
    guard let output = try? FileHandle(forWritingTo: file) else { return "" }
    let format = "#{alternate_on} #{cursor_flag} #{mouse_any_flag} #{keypad_cursor_flag}"
    _ = try? tmux(["display-message", "-p", format], output: output)
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// The title that programs gave the terminal.
  var title: String {
    let file = folder.appending(path: "title")
    try? Data().write(to: file)
    guard let output = try? FileHandle(forWritingTo: file) else { return "" }
    _ = try? tmux(["display-message", "-p", "#{pane_title}"], output: output)
    return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
  }

  /// Presses and releases the mouse's first button there.
  func click(row: Int, column: Int) throws {
    try mouse(0, row, column)
    try mouse(3, row, column)
  }

  func turnWheel(down: Bool, row: Int, column: Int) throws {
    try mouse(down ? 65 : 64, row, column)
  }

  /// What a terminal of this type sends of the mouse: each number as one character above 32.
  private func mouse(_ button: UInt8, _ row: Int, _ column: Int) throws {
    let codes = [button + 32, UInt8(column + 33), UInt8(row + 33)]
    try type("\u{1b}[M" + String(decoding: codes, as: UTF8.self))
  }

  func resize(columns: Int, rows: Int) throws {
    try tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
  }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> Bool { try tmux(arguments) }

  /// Runs a command of tmux and answers whether it succeeded.
  @discardableResult
  private func tmux(_ arguments: [String], output: FileHandle = .nullDevice) throws -> Bool {
    let command = try Self.start(["-u", "-L", socket] + arguments, output: output)
    command.waitUntilExit()
    return command.terminationStatus == 0
  }

  private static func start(
    _ arguments: [String],
    output: FileHandle = .nullDevice
  ) throws -> Process {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/tmux")
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }
}

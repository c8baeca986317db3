import CNCurses
import Dispatch
import Glibc

/// The real terminal, through ncurses.
///
/// While it is open nothing else may write to standard output or error.
@MainActor
package final class Terminal: Display {
  package nonisolated static let minimumSize = Size(columns: 60, rows: 16)

  package let inputs = Inputs()
  package private(set) var size: Size
  private var sources: [any DispatchSourceProtocol] = []
  private var painter: CursesPainter
  private var isOpen = true
  /// Whether somebody else has the terminal.
  private var isLent = false
  private var usesMouse = true
  private let environment: [String: String]
  private var waitingForTerminal: [CheckedContinuation<Void, Never>] = []

  /// Takes over the terminal.
  package static func open(
    theme: Theme,
    environment: [String: String]
  ) throws(TerminalError) -> Terminal {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard let name = environment["TERM"], !name.isEmpty, name != "dumb" else {
      throw .noTerminalType
    }
    setlocale(LC_ALL, "")
    let isUnicode = String(cString: nl_langinfo(CInt(CODESET))) == "UTF-8"
    if !isUnicode { setlocale(LC_CTYPE, "C.UTF-8") }
    guard let type = [name, TerminalLikeness.of(name)].compactMap(\.self).first(where: isKnown)
    else { throw .unknownTerminalType(name) }
    let size = Self.currentSize()
    guard size.columns >= minimumSize.columns, size.rows >= minimumSize.rows else {
      throw .tooSmall(size, minimum: minimumSize)
    }
    let hasColor = environment["NO_COLOR", default: ""].isEmpty
    let description =
      hasColor && offersAllColors(environment)
      ? DirectColor.terminfo(of: environment.merging(["TERM": type]) { $1 }) : nil
    return Terminal(
      size: size,
      theme: theme,
      hasColor: hasColor,
      glyphs: !isUnicode ? .ascii : name == "linux" ? .console : .all,
      type: type,
      description: description,
      environment
    )
  }

  /// Whether this machine has a description of a type of terminal.
  private static func isKnown(_ type: String) -> Bool {
    var status: CInt = 0
    return setupterm(type, STDOUT_FILENO, &status) == OK
  }

  /// Whether the environment says that all colours are shown, or the terminal's description does.
  private static func offersAllColors(_ environment: [String: String]) -> Bool {
    DirectColor.isOffered(by: environment) || kpatrol_has_flag("RGB") != 0
  }

  /// `type` is what curses is to take the terminal for, `description` that of the terminal where it is to
  /// be another than that of its type.
  private init(
    size: Size,
    theme: Theme,
    hasColor: Bool,
    glyphs: GlyphSet,
    type: String,
    description: String?,
    _ environment: [String: String]
  ) {
    self.size = size
    self.environment = environment
    CrashRestorer.arm()
    let own = getenv("TERMINFO").map { String(cString: $0) }
    if let description { setenv("TERMINFO", description, 1) }
    setenv("TERM", type, 1)
    initscr()
    // Children have the terminal as it is.
    if let name = environment["TERM"] { setenv("TERM", name, 1) }
    if description != nil {
      if let own { setenv("TERMINFO", own, 1) } else { unsetenv("TERMINFO") }
    }
    raw()
    noecho()
    nonl()
    keypad(kpatrol_stdscr(), true)
    nodelay(kpatrol_stdscr(), true)
    set_escdelay(25)
    CursesInput.teachKeys()
    painter = CursesPainter(theme: theme, hasColor: hasColor, glyphs: glyphs)
    takeModes()
    listen()
  }

  /// Gives the terminal back as it was.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    for source in sources { source.cancel() }
    leaveModes()
    endwin()
    CrashRestorer.disarm()
  }

  /// Leaves the screen, lets somebody else have the terminal, and comes back.
  ///
  /// Two who want it at once have it one after the other.
  package func lend<Outcome: Sendable>(
    _ body: @Sendable () async -> Outcome
  ) async -> Outcome {
    while isLent { await withCheckedContinuation { waitingForTerminal.append($0) } }
    guard isOpen else { return await body() }
    isLent = true
    sources.first?.suspend()  // The input is the borrower's.
    def_prog_mode()
    leaveModes()
    endwin()
    let outcome = await body()
    isLent = false
    if isOpen { comeBack() }
    sources.first?.resume()
    if !waitingForTerminal.isEmpty { waitingForTerminal.removeFirst().resume() }
    return outcome
  }

  package func present(_ canvas: Canvas) {
    guard isOpen, !isLent else { return }
    painter.paint(canvas)
  }

  package func useMouse(_ isUsed: Bool) {
    usesMouse = isUsed
    guard isOpen, !isLent else { return }
    if isUsed { kpatrol_enable_mouse() } else { kpatrol_disable_mouse() }
  }

  package func redraw() {
    guard isOpen, !isLent else { return }
    painter.forget()
    inputs.send(.resize(size))
  }

  package func copy(_ text: String) -> Bool {
    guard isOpen, !isLent,
      let bytes = Clipboard.sequence(for: text, environment: environment)
    else { return false }
    Self.send(bytes)
    return true
  }

  package func suspend() {
    guard isOpen, !isLent else { return }
    def_prog_mode()
    leaveModes()
    endwin()
    ProcessStop.stop()
    comeBack()
  }

  /// Takes the screen again, as large as it is by now.
  private func comeBack() {
    reset_prog_mode()
    takeModes()
    size = Self.currentSize()
    resizeterm(CInt(size.rows), CInt(size.columns))
    painter.forget()
    inputs.send(.resize(size))
  }

  /// What curses does not do by itself: no cursor, the mouse, and pasted text marked as such.
  private func takeModes() {
    curs_set(0)
    if usesMouse { kpatrol_enable_mouse() }
    Self.send(Array("\u{1b}[?2004h".utf8))
  }

  private func leaveModes() {
    Self.send(Array("\u{1b}[?2004l".utf8))
    kpatrol_disable_mouse()
    curs_set(1)
  }

  /// Writes what curses does not know of.
  private static func send(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  package func use(_ theme: Theme) {
    guard isOpen else { return }
    painter.use(theme)
    // Nothing else may be new, and all looks different.
    inputs.send(.resize(size))
  }

  private func listen() {
    let input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
    input.setEventHandler { [weak self] in
      MainActor.assumeIsolated { self?.readInput() }
    }
    sources.append(input)
    for number in [SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP, SIGCONT] {
      signal(number, SIG_IGN)  // The source below is told of it all the same.
      let source = DispatchSource.makeSignalSource(signal: number, queue: .main)
      source.setEventHandler { [weak self] in
        MainActor.assumeIsolated { self?.take(signal: number) }
      }
      sources.append(source)
    }
    for source in sources { source.resume() }
  }

  private func take(signal number: CInt) {
    // What a borrower is interrupted with does not concern us.
    if isLent, [SIGINT, SIGQUIT].contains(number) { return }
    // Whoever else stopped the process may have changed the terminal.
    if number == SIGCONT { return isOpen && !isLent ? comeBack() : () }
    if number == SIGTSTP { return suspend() }
    guard number == SIGWINCH else {
      inputs.send(.signal(number))
      return CrashRestorer.endIfStuck(after: 5, signal: number)
    }
    size = Self.currentSize()
    resizeterm(CInt(size.rows), CInt(size.columns))
    if !isLent { painter.forget() }
    inputs.send(.resize(size))
  }

  private func readInput() {
    var read: [Input] = []
    while let input = CursesInput.next() { read.append(input) }
    inputs.send(read)
    var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    let isGone = poll(&descriptor, 1, 0) > 0 && descriptor.revents & Int16(POLLHUP | POLLERR) != 0
    guard isGone else { return }
    sources.first?.cancel()  // Else a terminal that is gone would wake us for ever.
    inputs.send(.signal(SIGHUP))
  }

  private static func currentSize() -> Size {
    var window = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0, window.ws_col > 0 else {
      return Size(columns: 80, rows: 24)
    }
    return Size(columns: Int(window.ws_col), rows: Int(window.ws_row))
  }
}

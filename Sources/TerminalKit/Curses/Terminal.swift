import CNCurses
import Dispatch
import Glibc

/// The real terminal, through ncurses.
///
/// While it is open nothing else may write to standard output or error.
@MainActor
package final class Terminal: Display {
  package static let minimumSize = Size(columns: 60, rows: 16)

  package let inputs = Inputs()
  package private(set) var size: Size
  private var sources: [any DispatchSourceProtocol] = []
  private var painter: CursesPainter
  private var isOpen = true
  /// Whether somebody else has the terminal.
  private var isLent = false
  private var waitingForTerminal: [CheckedContinuation<Void, Never>] = []

  /// Takes over the terminal.
  package static func open(
    theme: Theme,
    environment: [String: String]
  ) throws(TerminalError) -> Terminal {
    guard isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else { throw .notATerminal }
    guard let type = environment["TERM"], !type.isEmpty, type != "dumb" else {
      throw .noTerminalType
    }
    setlocale(LC_ALL, "")
    let isUnicode = String(cString: nl_langinfo(CInt(CODESET))) == "UTF-8"
    if !isUnicode { setlocale(LC_CTYPE, "C.UTF-8") }
    var status: CInt = 0
    guard setupterm(nil, STDOUT_FILENO, &status) == OK else { throw .unknownTerminalType(type) }
    let size = Self.currentSize()
    guard size.columns >= minimumSize.columns, size.rows >= minimumSize.rows else {
      throw .tooSmall(size, minimum: minimumSize)
    }
    let hasColor = environment["NO_COLOR", default: ""].isEmpty
    return Terminal(size: size, theme: theme, hasColor: hasColor, isUnicode: isUnicode)
  }

  private init(size: Size, theme: Theme, hasColor: Bool, isUnicode: Bool) {
    self.size = size
    CrashRestorer.arm()
    initscr()
    raw()
    noecho()
    nonl()
    keypad(kpatrol_stdscr(), true)
    nodelay(kpatrol_stdscr(), true)
    set_escdelay(25)
    CursesInput.teachKeys()
    curs_set(0)
    kpatrol_enable_mouse()
    painter = CursesPainter(theme: theme, hasColor: hasColor, isUnicode: isUnicode)
    listen()
  }

  /// Gives the terminal back as it was.
  package func close() {
    guard isOpen else { return }
    isOpen = false
    for source in sources { source.cancel() }
    curs_set(1)
    endwin()
    CrashRestorer.disarm()
  }

  /// Leaves the screen, lets somebody else have the terminal, and comes back.
  ///
  /// Two who want it at once have it one after the other.
  package func lend(_ body: @Sendable () async -> Void) async {
    while isLent { await withCheckedContinuation { waitingForTerminal.append($0) } }
    guard isOpen else { return await body() }
    isLent = true
    sources.first?.suspend()  // The input is the borrower's.
    def_prog_mode()
    curs_set(1)
    endwin()
    await body()
    isLent = false
    if isOpen {
      reset_prog_mode()
      curs_set(0)
      painter.forget()
      inputs.send(.resize(size))
    }
    sources.first?.resume()
    if !waitingForTerminal.isEmpty { waitingForTerminal.removeFirst().resume() }
  }

  package func present(_ canvas: Canvas) {
    guard isOpen, !isLent else { return }
    painter.paint(canvas)
  }

  package func use(_ theme: Theme) {
    guard isOpen else { return }
    painter.use(theme)
    // Nothing else may be new, and all looks different.
    inputs.send(.resize(size))
  }

  package func copy(_ text: String) {
    guard isOpen, !isLent else { return }
    Clipboard.copy(text)
  }

  private func listen() {
    let input = DispatchSource.makeReadSource(fileDescriptor: STDIN_FILENO, queue: .main)
    input.setEventHandler { [weak self] in
      MainActor.assumeIsolated { self?.readInput() }
    }
    sources.append(input)
    for number in [SIGWINCH, SIGINT, SIGTERM, SIGHUP, SIGQUIT] {
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

import CNCurses
import Dispatch
import Glibc

/// Gives the terminal back when the program crashes, or is asked to end and does not.
///
/// A signal handler may only do what is async-signal-safe (signal-safety(7)): everything that it
/// needs is made ready before, and it does no more than write(2), tcsetattr(3) and raise(3).
enum CrashRestorer {
  /// Whatever ends a process by default and is not taken as a wish to end.
  private static let fatalSignals = [
    SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT, SIGFPE, SIGSYS, SIGXCPU, SIGXFSZ, SIGSTKFLT,
    SIGALRM, SIGVTALRM, SIGPROF, SIGUSR1, SIGUSR2, SIGPOLL, SIGPWR,
  ]

  // `nonisolated(unsafe)`: written before the handler is installed, only read after.
  nonisolated(unsafe) private static var settings = termios()
  nonisolated(unsafe) private static var bytes: UnsafeMutableBufferPointer<UInt8>?
  // `nonisolated(unsafe)`: likewise; taken back once the handler no longer is installed.
  nonisolated(unsafe) private static var last: TerminalGuard?
  // `nonisolated(unsafe)`: the main thread's alone, and never given back.
  nonisolated(unsafe) private static var stack: UnsafeMutableRawPointer?

  /// Remembers how the terminal is now, and how to undo what curses does to it.
  static func arm() {
    tcgetattr(STDIN_FILENO, &settings)
    let names = ["sgr0", "rmkx", "cnorm", "rmcup"]
    let mouseOff = "\u{1b}[?1000l\u{1b}[?1002l\u{1b}[?1006l\u{1b}[?2004l"
    let text =
      mouseOff
      + names.compactMap { kpatrol_terminfo($0).map { String(cString: $0) } }
      .joined()
    let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.utf8.count)
    _ = buffer.initialize(from: text.utf8)
    bytes?.deallocate()
    bytes = buffer
    last = TerminalGuard(restoring: settings, writing: Array(text.utf8))
    lendStack()
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    action.sa_flags = CInt(SA_ONSTACK)
    for number in fatalSignals { sigaction(number, &action, nil) }
  }

  /// Gives this thread's handlers a stack of their own: one that overflowed has no room for them.
  private static func lendStack() {
    guard stack == nil else { return }
    let size = 64 << 10
    let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack = memory
    var description = stack_t(ss_sp: memory, ss_flags: 0, ss_size: size)
    sigaltstack(&description, nil)
  }

  static func disarm() {
    for number in fatalSignals { signal(number, SIG_DFL) }
    last?.dismiss()
    last = nil
  }

  private static let handler: @convention(c) (CInt) -> Void = { number in
    restore()
    signal(number, SIG_DFL)
    raise(number)
  }

  private static func restore() {
    if let bytes { _ = write(STDOUT_FILENO, bytes.baseAddress, bytes.count) }
    tcsetattr(STDIN_FILENO, TCSANOW, &settings)
    last?.dismiss()
  }

  /// Ends the process the hard way if it is still there after so many seconds.
  static func endIfStuck(after seconds: Int, signal number: CInt) {
    DispatchQueue.global().asyncAfter(deadline: .now() + .seconds(seconds)) {
      restore()
      _exit(128 + number)
    }
  }
}

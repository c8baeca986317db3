import CNCurses
import CSpawn
import Glibc

/// A process that gives the terminal back when the program dies without being able to: killed, or
/// with a stack that overflowed on a thread whose signal handlers have no other.
///
/// It holds the end of a pipe. A byte says that the terminal was given back; an end without one, that
/// nobody did. It needs nothing but a shell and stty(1).
struct TerminalGuard {
  /// Waits for the byte; `$1` is what to write, `$2` the terminal's settings.
  private static let script = """
    trap '' INT TERM HUP QUIT TSTP TTIN TTOU PIPE
    read -r word && exit
    printf %s "$1"
    stty "$2" <&1
    """

  private let pipe: Int32

  /// Starts it; `nil` where that is not possible, for then nothing is lost but a last resort.
  init?(restoring settings: termios, writing sequences: [UInt8]) {
    var ends: [Int32] = [-1, -1]
    guard kpatrol_pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    let arguments = [
      "sh", "-c", Self.script, "kpatrol-terminal", String(decoding: sequences, as: UTF8.self),
      Self.sttyForm(of: settings),
    ]
    guard Self.spawn("/bin/sh", arguments, reading: ends[0]) else {
      close(ends[1])
      return nil
    }
    pipe = ends[1]
  }

  /// Says that the terminal was given back; may be called by a signal handler.
  func dismiss() {
    var word: (UInt8, UInt8) = (UInt8(ascii: "y"), UInt8(ascii: "\n"))
    _ = write(pipe, &word, 2)
    close(pipe)
  }

  /// As `stty -g` prints them, which stty takes back.
  private static func sttyForm(of settings: termios) -> String {
    let flags = [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
    let characters = withUnsafeBytes(of: settings.c_cc) { $0.map { tcflag_t($0) } }
    return (flags + characters).map { String($0, radix: 16) }.joined(separator: ":")
  }

  /// Its output is the terminal, and it has no other file of ours.
  private static func spawn(_ path: String, _ arguments: [String], reading input: Int32) -> Bool {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO)
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    kpatrol_spawn_close(&actions, 3)
    var pointers = arguments.map { strdup($0) } + [nil]
    defer { for pointer in pointers { free(pointer) } }
    var process = pid_t()
    return posix_spawn(&process, path, &actions, nil, &pointers, environ) == 0
  }
}

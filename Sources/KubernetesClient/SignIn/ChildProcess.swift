import CSpawn
import Glibc

/// A process of ours, its output in pipes; it is used on one thread.
final class ChildProcess {
  enum Exit {
    case status(Int32)
    case signal(Int32)
  }

  /// The number and text of a system error.
  struct Failure: Error {
    let description: String

    init(_ number: Int32) { description = String(cString: strerror(number)) }
  }

  private let process: pid_t
  private let isInteractive: Bool
  private let output: Pipe
  private let errors: Pipe
  private var known: Exit?

  init(
    path: String,
    arguments: [String],
    environment: [String: String],
    isInteractive: Bool
  ) throws(Failure) {
    output = try Pipe()
    errors = try Pipe()
    self.isInteractive = isInteractive
    process = try Self.spawn(
      path,
      arguments,
      environment.map { "\($0.key)=\($0.value)" },
      isInteractive,
      output: output.writing,
      errors: errors.writing
    )
    output.closeWriting()
    errors.closeWriting()
  }

  deinit {
    output.close()
    errors.close()
  }

  /// Waits until there is something to read, or the time is over.
  func wait(milliseconds: Int) {
    var descriptors = [output, errors].map { pipe in
      pollfd(fd: pipe.isAtEnd ? -1 : pipe.reading, events: Int16(POLLIN), revents: 0)
    }
    poll(&descriptors, nfds_t(descriptors.count), Int32(milliseconds))
  }

  func readOutput() -> [UInt8] { output.read() }

  func readErrors() -> [UInt8] { errors.read() }

  /// How it ended; `nil` while it goes on.
  func exit() -> Exit? {
    if known == nil { reap(WNOHANG) }
    return known
  }

  /// Ends it, and what it started.
  func kill() {
    guard known == nil else { return }
    _ = Glibc.kill(isInteractive ? process : -process, SIGKILL)
    reap(0)
  }

  private func reap(_ options: Int32) {
    var status: Int32 = 0
    while true {
      let result = waitpid(process, &status, options)
      if result == process {
        let signal = status & 0x7F
        known = signal == 0 ? .status((status >> 8) & 0xFF) : .signal(signal)
        return
      }
      guard result < 0 else { return }
      guard errno == EINTR else {
        known = .status(-1)  // Somebody else took its status.
        return
      }
    }
  }
}

// MARK: - Starting

extension ChildProcess {
  /// One that is not interactive gets a session of its own: it cannot reach our terminal.
  private static func spawn(
    _ path: String,
    _ arguments: [String],
    _ environment: [String],
    _ isInteractive: Bool,
    output: Int32,
    errors: Int32
  ) throws(Failure) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if !isInteractive { posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, errors, 2)
    kpatrol_spawn_close(&actions, 3)

    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    let session = isInteractive ? 0 : kpatrol_spawn_new_session
    let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF) | Int32(session)
    posix_spawnattr_setflags(&attributes, Int16(flags))

    var argumentPointers = arguments.map { strdup($0) } + [nil]
    var environmentPointers = environment.map { strdup($0) } + [nil]
    defer { for pointer in argumentPointers + environmentPointers { free(pointer) } }
    var process = pid_t()
    let status = posix_spawn(
      &process,
      path,
      &actions,
      &attributes,
      &argumentPointers,
      &environmentPointers
    )
    guard status == 0 else { throw Failure(status) }
    return process
  }
}

/// The two ends of a pipe, closed in programs that we start.
private final class Pipe {
  let reading: Int32
  private(set) var writing: Int32
  private(set) var isAtEnd = false

  init() throws(ChildProcess.Failure) {
    var ends: [Int32] = [-1, -1]
    guard kpatrol_pipe(&ends) == 0 else { throw ChildProcess.Failure(errno) }
    reading = ends[0]
    writing = ends[1]
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  func closeWriting() {
    guard writing >= 0 else { return }
    Glibc.close(writing)
    writing = -1
  }

  func close() {
    closeWriting()
    Glibc.close(reading)
  }

  /// What is there now, up to a bound: somebody may write faster than we read.
  func read() -> [UInt8] {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 16 << 10)
    while !isAtEnd, bytes.count < 1 << 20 {
      let count = Glibc.read(reading, &buffer, buffer.count)
      if count > 0 {
        bytes += buffer[..<count]
      } else if count == 0 {
        isAtEnd = true
      } else if errno != EINTR {
        break
      }
    }
    return bytes
  }
}

import CSpawn
import Foundation
import Synchronization

/// A program that has the terminal for itself, as one that a shell starts, until it ends.
package struct ForegroundProgram: Sendable {
  /// How it ended.
  package enum End: Sendable, Equatable {
    case exited(status: Int32)
    case killed(signal: Int32)
    case notStarted(reason: String)
  }

  private let path: String
  private let arguments: [String]
  private let environment: [String: String]

  /// `arguments` are those behind the program's name.
  package init(path: String, arguments: [String], environment: [String: String]) {
    self.path = path
    self.arguments = arguments
    self.environment = environment
  }

  /// Runs it to its end; it is asked to end when the task is cancelled.
  ///
  /// What it complains of goes to the terminal, and the last of it is answered, too, where
  /// `keepsErrors` says so: the screen that comes back would hide it.
  package func run(keepsErrors: Bool = false) async -> (end: End, errors: String) {
    var errors: ErrorPipe?
    if keepsErrors { errors = ErrorPipe() }
    let process: pid_t
    switch spawn(errors: errors?.writing) {
    case .success(let id): process = id
    case .failure(let failure): return (.notStarted(reason: failure.description), "")
    }
    errors?.closeWriting()
    let (pipe, id) = (errors, process)
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        // It may take hours, for which none of Swift's threads is to be blocked.
        Thread.detachNewThread { continuation.resume(returning: Self.wait(for: id, pipe)) }
      }
    } onCancel: {
      kill(id, SIGHUP)
    }
  }

  private static func wait(for process: pid_t, _ errors: ErrorPipe?) -> (end: End, errors: String) {
    while true {
      errors?.pass(milliseconds: 100)
      var status: Int32 = 0
      let result = waitpid(process, &status, WUNTRACED | (errors == nil ? 0 : WNOHANG))
      if result < 0, errno == EINTR { continue }
      guard result >= 0 else { return (.exited(status: -1), errors?.rest() ?? "") }
      guard result == process else { continue }
      // Its own ctrl-z: the whole job stops, and goes on with it.
      if status & 0xFF == 0x7F {
        ProcessStop.stop()
        kill(process, SIGCONT)
        continue
      }
      let signal = status & 0x7F
      let end = signal == 0 ? End.exited(status: (status >> 8) & 0xFF) : .killed(signal: signal)
      return (end, errors?.rest() ?? "")
    }
  }

  private struct Failure: Error {
    let description: String
  }

  private func spawn(errors: Int32?) -> Result<pid_t, Failure> {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if let errors { posix_spawn_file_actions_adddup2(&actions, errors, STDERR_FILENO) }
    kpatrol_spawn_close(&actions, 3)
    var none = sigset_t()
    var all = sigset_t()
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    // We pass over the terminal's signals, which is inherited.
    posix_spawnattr_setsigdefault(&attributes, &all)
    let flags = Int32(POSIX_SPAWN_SETSIGMASK) | Int32(POSIX_SPAWN_SETSIGDEF)
    posix_spawnattr_setflags(&attributes, Int16(flags))
    var argumentPointers = ([path] + arguments).map { strdup($0) } + [nil]
    var environmentPointers = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
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
    guard status == 0 else {
      return .failure(Failure(description: String(cString: strerror(status))))
    }
    return .success(process)
  }
}

/// What a program complains of, on its way to the terminal.
private final class ErrorPipe: Sendable {
  private static let most = 4096

  let writing: Int32
  private let reading: Int32
  private let kept = Mutex<[UInt8]>([])

  init?() {
    var ends: [Int32] = [-1, -1]
    guard kpatrol_pipe(&ends) == 0 else { return nil }
    (reading, writing) = (ends[0], ends[1])
    _ = fcntl(reading, F_SETFL, O_NONBLOCK)
  }

  deinit { close(reading) }

  func closeWriting() { close(writing) }

  /// Waits for more for so long, and passes it on.
  func pass(milliseconds: Int32) {
    var descriptor = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
    poll(&descriptor, 1, milliseconds)
    var buffer = [UInt8](repeating: 0, count: Self.most)
    let count = read(reading, &buffer, buffer.count)
    guard count > 0 else {
      // An end of file would be told at once, again and again.
      if count == 0 { poll(nil, 0, milliseconds) }
      return
    }
    _ = write(STDERR_FILENO, buffer, count)
    kept.withLock { $0 = ($0 + buffer[..<count]).suffix(Self.most) }
  }

  /// The last line that says something.
  func rest() -> String {
    pass(milliseconds: 0)
    let text = String(decoding: kept.withLock { $0 }, as: UTF8.self)
    return text.split(whereSeparator: \.isNewline).last { $0.contains { !$0.isWhitespace } }
      .map(String.init) ?? ""
  }
}

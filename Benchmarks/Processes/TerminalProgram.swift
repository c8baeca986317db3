import CPseudoTerminal
import Foundation
import Glibc
import Synchronization

/// The real `kpatrol` on a terminal of its own, of which this process is the other end.
final class TerminalProgram: Sendable {
  /// What the program painted since ``forget()``.
  private struct Painted {
    var bytes: [UInt8] = []
    /// When each of the bytes' pieces came, and where it ends.
    var pieces: [(end: Int, time: ContinuousClock.Instant)] = []
    var isAtEnd = false

    func time(of text: [UInt8]) -> ContinuousClock.Instant? {
      guard !text.isEmpty else { return pieces.first?.time }
      guard let range = bytes.firstRange(of: text) else { return nil }
      return pieces.first { $0.end >= range.upperBound }?.time
    }
  }

  private static let size = (columns: 200, rows: 50)

  private let lifeline: Mutex<Lifeline>
  private let process: pid_t
  private let keyboard: FileHandle
  private let painted: Mutex<Painted>

  /// Opens it on a reader's context.
  convenience init(_ simulation: SimulationProcess, as reader: SimulationProcess.Reader) throws {
    try self.init(["--kubeconfig", simulation.kubeconfig(of: reader)])
  }

  /// Opens it on what the arguments name.
  init(_ arguments: [String]) throws {
    var (controller, screen): (Int32, Int32) = (-1, -1)
    var window = winsize()
    window.ws_col = UInt16(Self.size.columns)
    window.ws_row = UInt16(Self.size.rows)
    guard openpty(&controller, &screen, nil, nil, &window) == 0 else {
      throw BenchmarkFailure("There is no terminal to be had.")
    }
    for end in [controller, screen] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    keyboard = FileHandle(fileDescriptor: controller, closeOnDealloc: true)
    let terminal = FileHandle(fileDescriptor: screen, closeOnDealloc: true)
    let folder = try Programs.makeFolder()
    try Self.introduce(in: folder)
    let lifeline = try Lifeline(
      try Programs.kpatrol(),
      arguments,
      environment: [
        "PATH": "/usr/bin:/bin", "HOME": folder.path, "LANG": "C.UTF-8", "TERM": "xterm-256color",
      ],
      standard: .terminal(terminal),
      folder: folder
    )
    process = lifeline.process
    self.lifeline = Mutex(lifeline)
    painted = Mutex(Painted())
    Thread.detachNewThread { [weak self, controller] in
      var buffer = [UInt8](repeating: 0, count: 65_536)
      while true {
        let count = read(controller, &buffer, buffer.count)
        guard let self, count > 0 else { break }
        self.note(buffer.prefix(count), at: .now)
      }
      self?.painted.withLock { $0.isAtEnd = true }
    }
  }

  /// Leaves a state in which the hints of the first start were seen: they stand over what is measured.
  private static func introduce(in home: URL) throws {
    let folder = home.appending(path: ".local/state/kpatrol")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let state = Data(#"{"isIntroduced": true, "lastCommands": {}, "screens": {}}"#.utf8)
    try state.write(to: folder.appending(path: "state.json"))
  }

  /// Waits until the cluster is listed and inspected.
  func waitUntilSynced() async throws {
    _ = try await painted("live", within: .seconds(120))
  }

  func end() { lifeline.withLock { $0.end() } }

  func usage() throws -> ProcessUsage { try ProcessUsage(of: process) }

  /// Types, as a terminal would send it; answers when.
  func type(_ text: String) throws -> ContinuousClock.Instant {
    let time = ContinuousClock.now
    try keyboard.write(contentsOf: Data(text.utf8))
    return time
  }

  /// Forgets what was painted so far.
  func forget() { painted.withLock { $0 = Painted(isAtEnd: $0.isAtEnd) } }

  /// How much was painted since ``forget()``.
  var paintedByteCount: Int { painted.withLock { $0.bytes.count } }

  /// Waits until the program has painted a text, and answers when that had come in whole.
  func painted(_ text: String, within limit: Duration) async throws -> ContinuousClock.Instant {
    let end = ContinuousClock.now + limit
    while ContinuousClock.now < end {
      let (time, isAtEnd) = painted.withLock { painted in
        (painted.time(of: Array(text.utf8)), painted.isAtEnd)
      }
      if let time { return time }
      guard !isAtEnd else { throw BenchmarkFailure("kpatrol ended before it was to.") }
      try await Task.sleep(for: .milliseconds(2))
    }
    throw BenchmarkFailure("kpatrol did not show \(text) in time.")
  }

  /// Waits until the program has painted something.
  func paintedAnything(within limit: Duration) async throws {
    _ = try await painted("", within: limit)
  }

  private func note(_ bytes: ArraySlice<UInt8>, at time: ContinuousClock.Instant) {
    painted.withLock { painted in
      painted.bytes += bytes
      painted.pieces.append((painted.bytes.count, time))
    }
  }
}

import Glibc
import LocalState

/// One run of a program on one machine.
package struct ProgramName: Sendable, Equatable, CustomStringConvertible {
  private let host: String
  private let process: pid_t
  /// When the process began, in ticks since the machine did: numbers of processes are used again.
  private let start: UInt64
  /// Which start of the machine that was.
  private let boot: String

  /// This run.
  package static let current: ProgramName = {
    let process = getpid()
    return ProgramName(
      host: UserName.host ?? "localhost",
      process: process,
      start: start(of: process) ?? 0,
      boot: boot ?? ""
    )
  }()

  init(host: String, process: pid_t, start: UInt64, boot: String) {
    (self.host, self.process, self.start, self.boot) = (host, process, start, boot)
  }

  /// One of which nothing is known.
  static let unknown = ProgramName(host: "", process: 0, start: 0, boot: "")

  /// Reads what ``description`` wrote.
  init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.count == 4, let process = pid_t(parts[1]), let start = UInt64(parts[2]) else {
      return nil
    }
    self.init(host: String(parts[0]), process: process, start: start, boot: String(parts[3]))
  }

  package var description: String { "\(host) \(process) \(start) \(boot)" }

  /// Whether it runs at the moment; `nil` where that is another machine's to say.
  package var isRunning: Bool? {
    let current = Self.current
    guard host == current.host else { return nil }
    return boot == current.boot && Self.start(of: process) == start
  }

  /// Where it ran, in words.
  package var place: String { "process \(process) on \(host)" }

  private static var boot: String? {
    text(of: "/proc/sys/kernel/random/boot_id").map { String($0.prefix { $0 != "\n" }) }
  }

  private static func start(of process: pid_t) -> UInt64? {
    // The name of the program, in brackets, may have anything in it.
    guard let text = text(of: "/proc/\(process)/stat"), let end = text.lastIndex(of: ")") else {
      return nil
    }
    let fields = text[end...].split(separator: " ")
    return fields.count > 20 ? UInt64(fields[20]) : nil
  }

  private static func text(of path: String) -> String? {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var bytes = [UInt8](repeating: 0, count: 4096)
    let count = Glibc.read(file, &bytes, bytes.count)
    return count > 0 ? String(decoding: bytes[..<count], as: UTF8.self) : nil
  }
}

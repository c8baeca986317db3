import Foundation
import Glibc

/// A program that ends with this process, whatever ends this process.
///
/// Between the two stands a shell that waits for the end of its standard input, a pipe that only this process
/// holds open.
final class Lifeline {
  /// Where the program reads and writes.
  enum Standard {
    /// It reads nothing, and what it prints can be read here.
    case output(Pipe)
    /// It is on this terminal.
    case terminal(FileHandle)
  }

  private static let shell = """
    trap : HUP INT TERM
    folder=$1 input=$2
    shift 2
    if [ "$input" = terminal ]; then "$@" <&1 2>&1 & else "$@" </dev/null 2>/dev/null & fi
    child=$!
    exec >&-
    echo $child >&2
    cat >/dev/null
    kill $child
    wait $child
    [ -z "$folder" ] || rm -rf "$folder"
    """

  /// The program's own process.
  let process: pid_t
  private let shell = Process()
  private let line = Pipe()

  /// Starts a program; `folder`, if there is one, is removed once it has ended.
  init(
    _ executable: String,
    _ arguments: [String],
    environment: [String: String]? = nil,
    standard: Standard,
    folder: URL? = nil
  ) throws {
    let report = Pipe()
    shell.executableURL = URL(filePath: "/bin/sh")
    let input: String
    switch standard {
    case .output(let pipe):
      input = "nothing"
      shell.standardOutput = pipe
    case .terminal(let handle):
      input = "terminal"
      shell.standardOutput = handle
    }
    shell.arguments = ["-c", Self.shell, "sh", folder?.path ?? "", input, executable] + arguments
    if let environment { shell.environment = environment }
    shell.standardInput = line
    shell.standardError = report
    try shell.run()
    let answer = String(decoding: report.fileHandleForReading.availableData, as: UTF8.self)
    guard let process = pid_t(answer.trimmingCharacters(in: .whitespacesAndNewlines)) else {
      try? line.fileHandleForWriting.close()
      throw BenchmarkFailure("\(executable) could not be started.")
    }
    self.process = process
  }

  deinit { end() }

  /// Ends the program and waits until it has ended.
  func end() {
    guard shell.isRunning else { return }
    try? line.fileHandleForWriting.close()
    shell.waitUntilExit()
  }

  /// Whether the program still runs.
  var isRunning: Bool { kill(process, 0) == 0 }
}

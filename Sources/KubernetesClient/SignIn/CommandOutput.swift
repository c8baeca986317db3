/// What a program prints that nobody watches.
package enum CommandOutput {
  /// Why there is no output; what it printed is never part of that, for it may be a secret.
  package enum Problem: Error, Equatable, Sendable, CustomStringConvertible {
    case notFound(String)
    case failed(String, reason: String)

    package var description: String {
      switch self {
      case .notFound(let command): "there is no program \(command)"
      case .failed(let command, let reason): "\(command) \(reason)"
      }
    }
  }

  /// The standard output of a program, which is the first of `words`, with the others as arguments.
  package static func text(
    of words: [String],
    environment: [String: String],
    timeLimit: Duration
  ) async throws(Problem) -> String {
    let command = words.first ?? ""
    guard let path = ExecutableSearch.path(of: command, in: environment["PATH"]) else {
      throw .notFound(command)
    }
    let process = PluginProcess(
      path: path,
      arguments: words,
      environment: environment,
      isInteractive: false,
      timeLimit: timeLimit
    )
    switch await process.run() {
    case .exited(0, let output, _): return String(decoding: output, as: UTF8.self)
    case .exited(let status, _, _): throw .failed(command, reason: "ended with status \(status)")
    case .killed(let signal, _): throw .failed(command, reason: "was ended by signal \(signal)")
    case .timedOut: throw .failed(command, reason: "did not end in time")
    case .notStarted(let reason): throw .failed(command, reason: "cannot be run: \(reason)")
    case .cancelled: throw .failed(command, reason: "was cancelled")
    }
  }
}

import Foundation
import Synchronization

/// One run of a plugin, on a thread of its own: none of Swift's is blocked.
struct PluginProcess: Sendable {
  /// How a run ended; output is for reading alone, since it holds tokens.
  enum End: Sendable {
    case exited(status: Int32, output: [UInt8], errorText: String)
    case killed(signal: Int32, errorText: String)
    case timedOut(errorText: String)
    case notStarted(reason: String)
    case cancelled
  }

  let path: String
  let arguments: [String]
  let environment: [String: String]
  /// Whether the plugin may talk with the user on our terminal.
  let isInteractive: Bool
  let timeLimit: Duration?

  private static let outputLimit = 4 << 20
  private static let errorLimit = 4096
  /// How often it is looked whether the process has ended.
  private static let interval = 20

  /// Runs the plugin to its end, or until the task is cancelled.
  func run() async -> End {
    let isCancelled = CancellationFlag()
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        Thread.detachNewThread {
          continuation.resume(returning: runBlocking(isCancelled))
        }
      }
    } onCancel: {
      isCancelled.set()
    }
  }

  /// Does not wait for the ends of the pipes: a grandchild may hold them open for as long as it
  /// lives.
  private func runBlocking(_ isCancelled: CancellationFlag) -> End {
    let child: ChildProcess
    do {
      child = try ChildProcess(
        path: path,
        arguments: arguments,
        environment: environment,
        isInteractive: isInteractive
      )
    } catch {
      return .notStarted(reason: error.description)
    }
    let start = ContinuousClock.now
    var output: [UInt8] = []
    var errors: [UInt8] = []
    while true {
      child.wait(milliseconds: Self.interval)
      let exit = child.exit()
      let newErrors = child.readErrors()
      if isInteractive { FileHandle.standardError.write(Data(newErrors)) }
      errors = (errors + newErrors).suffix(Self.errorLimit)
      output += child.readOutput()
      if output.count > Self.outputLimit { output.removeLast(output.count - Self.outputLimit) }
      switch exit {
      case .status(let status):
        return .exited(status: status, output: output, errorText: QuotedText.line(errors))
      case .signal(let signal): return .killed(signal: signal, errorText: QuotedText.line(errors))
      case nil: break
      }
      if isCancelled.isSet {
        child.kill()
        return .cancelled
      }
      if let timeLimit, start.duration(to: .now) > timeLimit {
        child.kill()
        return .timedOut(errorText: QuotedText.line(errors))
      }
    }
  }
}

/// Tells a thread that its work is no longer wanted.
private final class CancellationFlag: Sendable {
  private let flag = Atomic(false)

  var isSet: Bool { flag.load(ordering: .relaxed) }

  func set() { flag.store(true, ordering: .relaxed) }
}

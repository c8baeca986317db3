import Foundation
import Synchronization

/// The lines of a log, made only as fast as they are read, and on and on where they are followed.
final class PodLogBody: PieceSource {
  private static let pieceSize = 32 * 1024
  /// How long a follower may not notice that a container ended.
  private static let longestWait = 0.5
  private static let shortestWait = 0.01

  private struct Progress {
    var run: ContainerRun
    var next: Int
    var remainingBytes: Int?
    var hasEnded = false
  }

  private let options: PodLogOptions
  private let registry: Registry
  private let progress: Mutex<Progress>

  init(_ run: ContainerRun, _ options: PodLogOptions, registry: Registry) {
    self.options = options
    self.registry = registry
    let now = registry.clock.now()
    let lines = ContainerLines(of: run)
    let count = lines.count(until: now)
    var first = max(0, count - min(options.tailLines ?? .max, ContainerLines.kept))
    if let since = options.since(now) { first = max(first, lines.first(since: since, until: now)) }
    progress = Mutex(Progress(run: run, next: first, remainingBytes: options.limitBytes))
  }

  func next() async throws -> [UInt8]? {
    while !Task.isCancelled {
      switch step() {
      case .piece(let bytes): return bytes
      case .end: return nil
      case .wait(let seconds): try? await Task.sleep(for: .seconds(seconds))
      }
    }
    return nil
  }

  private enum Step {
    case piece([UInt8])
    case wait(seconds: Double)
    case end
  }

  private func step() -> Step {
    progress.withLock { progress in
      guard !progress.hasEnded else { return .end }
      let now = registry.clock.now()
      let isLeft = options.follows && look(&progress, now)
      let lines = ContainerLines(of: progress.run)
      let count = lines.count(until: now)
      var bytes: [UInt8] = []
      while progress.next < count, bytes.count < Self.pieceSize, progress.remainingBytes != 0 {
        append(lines.line(progress.next), to: &bytes, &progress)
        progress.next += 1
      }
      if !bytes.isEmpty { return .piece(bytes) }
      guard isLeft, progress.run.end == nil, progress.remainingBytes != 0 else {
        progress.hasEnded = true
        return .end
      }
      let due = lines.line(progress.next).date.timeIntervalSince(now)
      return .wait(seconds: min(max(due, Self.shortestWait), Self.longestWait))
    }
  }

  /// Looks at what became of the run meanwhile; `false` if nothing is left of it.
  private func look(_ progress: inout Progress, _ now: Date) -> Bool {
    let pod = registry.store.object(.pods, at: progress.run.podPath)
    guard let run = progress.run.looked(at: pod, at: now) else { return false }
    progress.run = run
    return true
  }

  private func append(
    _ line: ContainerLines.Line,
    to bytes: inout [UInt8],
    _ progress: inout Progress
  ) {
    var text = line.text
    if options.hasTimestamps { text = "\(SimulatedClock.nanoTimestamp(line.date)) \(text)" }
    var line = Array("\(text)\n".utf8)
    if let remaining = progress.remainingBytes {
      line = Array(line.prefix(remaining))
      progress.remainingBytes = remaining - line.count
    }
    bytes += line
  }
}

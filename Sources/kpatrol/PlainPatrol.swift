import Dispatch
import Foundation
import Glibc
import Journal
import KubernetesObjects
import Monitoring
import TerminalApp

/// Prints what happens in a fleet as lines, and keeps the journal, until a signal or the reader of the pipe
/// ends it.
struct PlainPatrol {
  private let fleet: Fleet
  private let journal: JournalKeeper?

  init(_ fleet: Fleet, _ journal: JournalKeeper?) {
    self.fleet = fleet
    self.journal = journal
  }

  func run() async {
    let (ends, continuation) = AsyncStream.makeStream(of: Void.self)
    let sources = [SIGINT, SIGTERM, SIGHUP].map { number in
      signal(number, SIG_IGN)  // The source is told of it all the same.
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler { continuation.yield() }
      source.resume()
      return source
    }
    let printing = Task {
      await printChanges()
      continuation.yield()
    }
    let keeping = Task { [journal] in
      await journal?.run(now: WallClock.system.now, sleep: WallClock.system.sleep) { sentence in
        FileHandle.standardError.write(Data("\(sentence)\n".utf8))
      }
    }
    for await _ in ends { break }
    printing.cancel()
    keeping.cancel()
    await keeping.value
    for source in sources { source.cancel() }
  }

  private func printChanges() async {
    var feed = PlainFeed()
    repeat {
      let now = WallClock.system.now()
      var lines = feed.take(await fleet.statuses(), at: now)
      if let page = await fleet.findings(FindingsQuery(limit: 1_000_000)) {
        lines += feed.take(page.rows.map(\.finding), at: now)
      }
      guard Self.write(lines) else { return }
    } while (try? await Task.sleep(for: .seconds(1))) != nil
  }

  /// Writes lines at once; answers whether anybody still reads them.
  private static func write(_ lines: [String]) -> Bool {
    var rest = Array(lines.map { $0 + "\n" }.joined().utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }
}

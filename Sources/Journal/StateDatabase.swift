import Dispatch
package import GRDB
import Glibc
import LocalState

/// A database of the state folder: one small connection to its file, which several programs may have at once.
package struct StateDatabase: Sendable {
  /// What is in one, and how safe that has to be.
  package struct Layout: Sendable {
    let label: String
    let migrator: DatabaseMigrator
    let outlastsPowerCuts: Bool

    /// The steps of the `migrator` lead from an empty file to what this program knows; where a database need
    /// not outlast power cuts to the last entry, it is whole all the same, and much quicker.
    package init(label: String, migrator: DatabaseMigrator, outlastsPowerCuts: Bool) {
      (self.label, self.migrator) = (label, migrator)
      self.outlastsPowerCuts = outlastsPowerCuts
    }
  }

  let path: String
  private let queue: DatabaseQueue
  /// Which file that is, whatever is put in its place meanwhile.
  private let inode: ino_t

  /// Opens the file, checks that it is whole, and brings it to what this program knows; makes it
  /// where there is none.
  package static func open(
    _ path: String,
    _ layout: Layout
  ) async throws(JournalProblem) -> StateDatabase {
    let opened = await withCheckedContinuation { continuation in
      // It may have to wait for another program, which no thread of Swift's pool should.
      DispatchQueue.global().async { continuation.resume(returning: openAtOnce(path, layout)) }
    }
    return try opened.get()
  }

  /// One that is nowhere but in memory, and ends with the program.
  package static func inMemory(_ layout: Layout) throws(JournalProblem) -> StateDatabase {
    do {
      let queue = try DatabaseQueue(configuration: configuration(layout))
      try layout.migrator.migrate(queue)
      return StateDatabase(path: ":memory:", queue: queue, inode: 0)
    } catch {
      throw JournalProblem(error, path: ":memory:")
    }
  }

  private static func openAtOnce(
    _ path: String,
    _ layout: Layout
  ) -> Result<StateDatabase, JournalProblem> {
    do {
      try StateFolder.make(for: path)
      let lock = try OpeningLock("\(path).lock")
      defer { lock.release() }
      // What belongs to a file that was moved away would be taken for the new one's.
      if access(path, F_OK) != 0 { for suffix in ["-wal", "-shm"] { unlink(path + suffix) } }
      let inode = try PrivateFile.make(path)
      return .success(try StateDatabase(opening: path, inode, layout))
    } catch let problem as StateProblem {
      return .failure(.unusable(problem))
    } catch let problem as JournalProblem {
      return .failure(problem)
    } catch {
      return .failure(JournalProblem(error, path: path))
    }
  }

  private init(path: String, queue: DatabaseQueue, inode: ino_t) {
    (self.path, self.queue, self.inode) = (path, queue, inode)
  }

  private init(opening path: String, _ inode: ino_t, _ layout: Layout) throws {
    var configuration = Self.configuration(layout)
    configuration.journalMode = .wal
    let queue = try DatabaseQueue(path: path, configuration: configuration)
    let migrator = layout.migrator
    let (isWhole, isNewer) = try queue.inDatabase { database in
      let level = layout.outlastsPowerCuts ? "FULL" : "NORMAL"
      try database.execute(sql: "PRAGMA synchronous = \(level)")
      let verdict = try String.fetchOne(database, sql: "PRAGMA quick_check(1)")
      return (verdict == "ok" ? nil : verdict ?? "", try migrator.hasBeenSuperseded(database))
    }
    if let reason = isWhole { throw JournalProblem.damaged(path: path, reason: reason) }
    if isNewer { throw JournalProblem.newer(path: path) }
    try migrator.migrate(queue)
    self.init(path: path, queue: queue, inode: inode)
  }

  private static func configuration(_ layout: Layout) -> Configuration {
    var configuration = Configuration()
    configuration.label = layout.label
    configuration.busyMode = .timeout(5)
    configuration.prepareDatabase { database in
      // Has an effect only while the file is empty: pages that are freed can be given back then.
      try database.execute(sql: "PRAGMA auto_vacuum = INCREMENTAL")
      try database.execute(sql: "PRAGMA cache_size = -256")
      try database.execute(sql: "PRAGMA mmap_size = 0")
      try database.execute(sql: "PRAGMA temp_store = MEMORY")
      try database.execute(sql: "PRAGMA journal_size_limit = 1048576")
    }
    return configuration
  }

  /// Whether the path still leads to the file that was opened.
  package var isInPlace: Bool {
    guard inode != 0 else { return true }
    var status = stat()
    return stat(path, &status) == 0 && status.st_ino == inode
  }

  /// Writes all or nothing, even where whoever asked is cancelled meanwhile.
  package func write<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalProblem) -> Value {
    try await perform { [queue] in try await queue.write(body) }
  }

  package func read<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalProblem) -> Value {
    try await perform { [queue] in try await queue.read(body) }
  }

  /// The same where what is done with what was read may fail, too.
  func readThrowing(_ body: @escaping @Sendable (Database) throws -> Void) async throws {
    do {
      try await queue.read(body)
    } catch let error as DatabaseError {
      throw JournalProblem(error, path: path)
    }
  }

  /// What must not be part of a transaction.
  package func maintain(
    _ body: @escaping @Sendable (Database) throws -> Void
  ) async throws(JournalProblem) {
    try await perform { [queue] in try await queue.writeWithoutTransaction(body) }
  }

  private func perform<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) async throws(JournalProblem) -> Value {
    do {
      // A task of its own, since GRDB gives up what a cancelled one has begun.
      return try await Task { try await body() }.value
    } catch {
      throw JournalProblem(error, path: path)
    }
  }
}

/// Lets one program after the other open a database: each may be the one that makes its tables.
private struct OpeningLock {
  private let file: CInt

  init(_ path: String) throws(StateProblem) {
    file = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard file >= 0 else { throw StateProblem(path) }
    while flock(file, LOCK_EX) != 0 {
      guard errno == EINTR else {
        let problem = StateProblem(path)
        close(file)
        throw problem
      }
    }
  }

  func release() { close(file) }
}

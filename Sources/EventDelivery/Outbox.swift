package import CloudEvents
import Foundation
import GRDB
package import Journal
package import KubernetesObjects
import WireFormats

/// What others are to be told and have not taken yet, and which findings they were told of, in a file.
///
/// Several programs may write into it; one at a time sends. A file that is damaged is set aside.
package actor Outbox {
  /// An event that waits.
  package struct Waiting: Sendable {
    package let number: Int64
    package let about: String
    package let event: CloudEvent
  }

  /// How much waits.
  package struct Size: Sendable, Equatable {
    package var events = 0
    package var bytes = 0
    /// When the oldest was made.
    package var oldest: Timestamp?

    package init() {}
  }

  /// For how long it is remembered that a finding is over.
  private static let memory = Duration.seconds(86_400)

  /// `nil` for one that is in memory alone.
  package nonisolated let path: String?
  private let limits: OutboxLimits
  private let tells: @Sendable (String) -> Bool
  private let say: @Sendable (String) -> Void
  private var opened: StateDatabase?
  private var opening: Task<Result<StateDatabase, JournalProblem>, Never>?

  /// The outbox in a folder, or one that ends with the program.
  ///
  /// `tells` says which types of events are told at all, `say` is told of a file that was set aside.
  package init(
    folder: String?,
    limits: OutboxLimits = OutboxLimits(),
    tells: @escaping @Sendable (String) -> Bool = { _ in true },
    say: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    path = folder.map { "\($0)/outbox.sqlite" }
    self.limits = limits
    self.tells = tells
    self.say = say
  }

  // MARK: Writing

  /// Writes changes, all or none of them; answers what found no room.
  package func write(_ changes: [OutboxChange]) async throws(JournalProblem) -> DroppedEvents {
    try await change { [limits, tells] database in
      var writer = try OutboxWriter(database, limits, tells: tells)
      for change in changes { try writer.take(change) }
      return writer.dropped
    }
  }

  /// Tells what found no room before, as far as there is room now.
  package func writeUntold() async throws(JournalProblem) {
    try await change { [limits, tells] database in
      var writer = try OutboxWriter(database, limits, tells: tells)
      try writer.tellUntold()
    }
  }

  /// Forgets which findings have long been over.
  package func prune(at now: Timestamp) async throws(JournalProblem) {
    let end = (now - Self.memory).millisecondsSince1970
    try await change { database in
      try database.execute(sql: "DELETE FROM told WHERE state = 0 AND time < ?", arguments: [end])
    }
  }

  // MARK: Sending

  /// The next events for one of several workers, the oldest first.
  package func next(
    worker: Int,
    of count: Int,
    limit: Int
  ) async throws(JournalProblem) -> [Waiting] {
    let rows = try await database().read { database in
      try Row.fetchAll(
        database.cachedStatement(
          sql: """
            SELECT number, about, document FROM event
            WHERE lane % ? = ? ORDER BY number LIMIT ?
            """
        ),
        arguments: [count, worker, limit]
      ).map { row -> (Int64, String, Data) in (row["number"], row["about"], row["document"]) }
    }
    return rows.compactMap { number, about, document in
      guard let json = try? JSONValue(parsing: Array(document)),
        let event = try? CloudEvent(json: json)
      else { return nil }
      return Waiting(number: number, about: about, event: event)
    }
  }

  /// Forgets events that have arrived, or never will; one that was replaced meanwhile stays.
  package func remove(_ done: [Waiting]) async throws(JournalProblem) {
    guard !done.isEmpty else { return }
    let keys = done.map { ($0.number, $0.event.id) }
    try await change { database in
      let statement = try database.cachedStatement(
        sql: "DELETE FROM event WHERE number = ? AND id = ?"
      )
      for (number, id) in keys { try statement.execute(arguments: [number, id]) }
    }
  }

  package func size() async throws(JournalProblem) -> Size {
    try await database().read { database in
      var size = Size()
      let row = try Row.fetchOne(database, sql: "SELECT events, bytes FROM size")
      size.events = row?["events"] ?? 0
      size.bytes = row?["bytes"] ?? 0
      size.oldest = try Int64.fetchOne(
        database,
        sql: "SELECT made FROM event ORDER BY number LIMIT 1"
      ).map { Timestamp(millisecondsSince1970: $0) }
      return size
    }
  }

  // MARK: The file

  private func change<Value: Sendable>(
    _ body: @escaping @Sendable (Database) throws -> Value
  ) async throws(JournalProblem) -> Value {
    do throws(JournalProblem) {
      return try await database().write(body)
    } catch .damaged(let path, let reason) {
      opened = nil
      try setAside(path, reason)
      return try await database().write(body)
    } catch {
      throw error
    }
  }

  private func database() async throws(JournalProblem) -> StateDatabase {
    if let opened, opened.isInPlace { return opened }
    opened = nil
    let task = opening ?? Task { await self.open() }
    opening = task
    let result = await task.value
    opening = nil
    opened = try result.get()
    return try result.get()
  }

  private func open() async -> Result<StateDatabase, JournalProblem> {
    do throws(JournalProblem) {
      guard let path else { return .success(try StateDatabase.inMemory(OutboxSchema.layout)) }
      do throws(JournalProblem) {
        return .success(try await StateDatabase.open(path, OutboxSchema.layout))
      } catch .damaged(_, let reason) {
        try setAside(path, reason)
        return .success(try await StateDatabase.open(path, OutboxSchema.layout))
      } catch {
        throw error
      }
    } catch {
      return .failure(error)
    }
  }

  /// Moves a damaged file out of the way, with what belongs to it.
  private func setAside(_ path: String, _ reason: String) throws(JournalProblem) {
    let place = "\(path).damaged"
    for suffix in ["-wal", "-shm"] { unlink(path + suffix) }
    guard rename(path, place) == 0 else { throw .damaged(path: path, reason: reason) }
    say(
      "\(path) is damaged (\(reason)) and was set aside as \(place). All that there is will be told "
        + "anew; what ended meanwhile will not."
    )
  }
}

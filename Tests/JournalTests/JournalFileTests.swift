import Foundation
import GRDB
import Inspection
import KubernetesObjects
import TestServers
import Testing

@testable import Journal

@Suite struct JournalFileTests {
  private let folder = try? TemporaryFolder()

  private var place: String { (folder?.path ?? "") + "/state/kpatrol" }
  private var file: String { place + "/journal.sqlite" }

  private func write(_ changes: FindingsHistory.Batch.Change...) async throws {
    try await JournalStore(folder: place).add(FindingsHistory.Batch(changes: changes))
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test func onlyItsUserMayReadIt() async throws {
    let journal = JournalStore(folder: place)
    try await journal.add(
      FindingsHistory.Batch(changes: [.raised(Sample.finding(), at: Sample.noon)])
    )
    #expect(try mode(place) == 0o700)
    for suffix in ["", "-wal", "-shm", ".lock"] { #expect(try mode(file + suffix) == 0o600) }
    // Whoever opened it up to others did not mean to.
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: file)
    #expect(await JournalStore(folder: place).problem() == nil)
    #expect(try mode(file) == 0o600)
  }

  @Test func itIsSmallAndSafe() async throws {
    let database = try await StateDatabase.open(file, JournalSchema.layout)
    let settings = try await database.read { database in
      try ["journal_mode", "synchronous", "cache_size", "mmap_size", "auto_vacuum"].map {
        try String.fetchOne(database, sql: "PRAGMA \($0)") ?? ""
      }
    }
    #expect(settings == ["wal", "2", "-256", "0", "2"])
  }

  @Test func whatIsNoDatabaseIsRefusedAndLeftAlone() async throws {
    let text = String(repeating: "no database\n", count: 1000)
    try #require(folder).write("state/kpatrol/journal.sqlite", text)
    let problem = try #require(await JournalStore(folder: place).problem())
    #expect(
      problem.description
        == "\(file) is damaged (file is not a database). Move it away; a new one is begun then."
    )
    #expect(try String(contentsOfFile: file, encoding: .utf8) == text)
  }

  @Test func aDamagedPageIsFoundWhenItIsOpened() async throws {
    try await write()
    let queue = try DatabaseQueue(path: file)
    try await queue.writeWithoutTransaction { database in
      try database.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE)")
    }
    try queue.close()
    let handle = try FileHandle(forUpdating: URL(filePath: file))
    // Beyond the first page, which would be no database at all.
    let end = try handle.seekToEnd()
    for offset in stride(from: UInt64(4096), to: end, by: 4096) {
      try handle.seek(toOffset: offset)
      try handle.write(contentsOf: Data(repeating: 0xA5, count: 256))
    }
    try handle.close()
    guard case .damaged = await JournalStore(folder: place).problem() else {
      Issue.record("a damaged journal is opened")
      return
    }
  }

  @Test func whatANewerProgramMadeIsNotWritten() async throws {
    try await write()
    let queue = try DatabaseQueue(path: file)
    try await queue.write { database in
      try database.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')")
    }
    try queue.close()
    let problem = await JournalStore(folder: place).problem()
    #expect(problem == .newer(path: file))
    #expect(
      problem?.description
        == "\(file) was written by a newer KPatrol. Use that one, or move the file away."
    )
  }

  @Test func withoutAFolderNothingIsJournaled() async {
    let problem = await JournalStore(folder: nil).problem()
    #expect(problem == .noFolder)
  }

  @Test func aFileThatWasMovedAwayIsBegunAnew() async throws {
    let journal = JournalStore(folder: place)
    let batch = FindingsHistory.Batch(changes: [.raised(Sample.finding(), at: Sample.noon)])
    try await journal.add(batch)
    try FileManager.default.moveItem(atPath: file, toPath: file + ".old")
    try await journal.add(batch)
    #expect(try await JournalStore(folder: place).entries(JournalQuery()).count == 1)
  }

  @Test func aLinkIsNotFollowed() async throws {
    try #require(folder).write("state/kpatrol/other", "")
    try FileManager.default.createSymbolicLink(
      atPath: file,
      withDestinationPath: place + "/other"
    )
    let problem = try #require(await JournalStore(folder: place).problem())
    #expect(problem.description.contains("it is no plain file"))
  }

  @Test func whatIsOverAndOldIsForgotten() async throws {
    let journal = JournalStore(folder: place)
    let noon = Sample.noon
    let (old, new, open) = (Sample.finding(1), Sample.finding(2), Sample.finding(3))
    try await journal.add(
      FindingsHistory.Batch(changes: [
        .raised(old, at: noon), .raised(new, at: noon), .raised(open, at: noon),
        .resolved(old, at: noon + .seconds(10)), .resolved(new, at: noon + .seconds(3600)),
      ])
    )
    try await journal.add([
      FindingNote(.acknowledged, old.id, author: "ann", time: noon, reason: "known"),
      FindingNote(.acknowledged, new.id, author: "ann", time: noon + .seconds(60), reason: ""),
    ])
    try await journal.forget(
      beyond: JournalRetention(age: .seconds(3600)),
      at: noon + .seconds(3630)
    )
    let entries = try await journal.entries(JournalQuery())
    #expect(
      entries.map { "\($0.kind) \($0.id)" }.sorted()
        == ["finding \(new.id)", "finding \(open.id)", "note \(new.id)"].sorted()
    )
  }

  @Test func whatIsTooMuchIsForgottenOldestFirst() async throws {
    let journal = JournalStore(folder: place)
    let noon = Sample.noon
    let findings = (0..<4000).map { Sample.finding($0) }
    var changes = findings.map { FindingsHistory.Batch.Change.raised($0, at: noon) }
    changes += findings.enumerated().map { .resolved($1, at: noon + .seconds($0)) }
    try await journal.add(FindingsHistory.Batch(changes: changes))
    try await journal.forget(beyond: JournalRetention(size: 512 << 10), at: noon)
    let left = try await journal.entries(JournalQuery(limit: 10_000)).map(\.id)
    #expect(left.count < 3500 && left.count > 500)
    #expect(left.contains(findings[3999].id.description))
    #expect(!left.contains(findings[0].id.description))
    let size = try FileManager.default.attributesOfItem(atPath: file)[.size] as? Int
    #expect(try #require(size) <= 640 << 10)
  }
}

import Foundation
import Inspection
import KubernetesObjects
import TestServers
import Testing

@testable import Journal

@Suite struct FindingsHistoryTests {
  private let folder = try? TemporaryFolder()
  private let noon = Sample.noon

  private var journal: JournalStore { JournalStore(folder: (folder?.path ?? "") + "/kpatrol") }

  private func batch(_ changes: FindingsHistory.Batch.Change...) -> FindingsHistory.Batch {
    FindingsHistory.Batch(changes: changes)
  }

  private func occurrences(
    _ finding: Finding,
    in journal: JournalStore
  ) async throws -> [Occurrence] {
    try await journal.occurrences(ofFinding: finding.id.description)
  }

  @Test func aFindingIsThereFromWhenItWasRaisedUntilItWasResolved() async throws {
    let (journal, finding) = (journal, Sample.finding())
    try await journal.add(batch(.raised(finding, at: noon + .seconds(60))))
    try await journal.add(batch(.resolved(finding, at: noon + .seconds(90))))
    let occurrence = try #require(try await occurrences(finding, in: self.journal).first)
    #expect(occurrence.since == noon && occurrence.raised == noon + .seconds(60))
    #expect(occurrence.resolved == noon + .seconds(90) && occurrence.wasSeenEnding)
    #expect(occurrence.outcome == "resolved after 30s")
    #expect(occurrence.message == finding.message && occurrence.severity == "warning")
  }

  @Test func twoProgramsThatWatchOneClusterTellOfAFindingOnce() async throws {
    let (one, other, finding) = (journal, journal, Sample.finding())
    try await one.add(batch(.raised(finding, at: noon)))
    try await other.add(batch(.raised(finding, at: noon + .seconds(1))))
    try await other.add(batch(.resolved(finding, at: noon + .seconds(60))))
    try await one.add(batch(.resolved(finding, at: noon + .seconds(61))))
    // This one is far behind: what it saw was before the end that is known.
    try await journal.add(batch(.raised(finding, at: noon + .seconds(2))))
    let all = try await occurrences(finding, in: one)
    #expect(all.map(\.raised) == [noon])
    #expect(all.map(\.resolved) == [noon + .seconds(60)])
    try await journal.add(batch(.raised(finding, at: noon + .seconds(120))))
    #expect(try await occurrences(finding, in: one).map(\.resolved) == [nil, noon + .seconds(60)])
  }

  @Test func programsWriteAtTheSameTimeAndLoseNothing() async throws {
    let folder = try #require(folder).path
    try await withThrowingTaskGroup { group in
      for program in 0..<4 {
        group.addTask {
          let journal = JournalStore(folder: folder)
          for number in 0..<50 {
            let finding = Sample.finding(program * 50 + number)
            try await journal.add(
              FindingsHistory.Batch(changes: [.raised(finding, at: Sample.noon)])
            )
          }
        }
      }
      try await group.waitForAll()
    }
    let entries = try await JournalStore(folder: folder).entries(JournalQuery())
    #expect(Set(entries.map(\.id)).count == 200)
  }

  @Test func whatAFirstLookDoesNotFindEndedUnseen() async throws {
    let journal = journal
    let (gone, there) = (Sample.finding(1), Sample.finding(2))
    let (elsewhere, blind) = (
      Sample.finding(1, cluster: "other"), Sample.finding(1, check: "stuck/blind")
    )
    for finding in [gone, there, elsewhere, blind] {
      try await journal.add(batch(.raised(finding, at: noon)))
    }
    let look = FirstLook(
      cluster: "test",
      time: noon + .seconds(3600),
      findings: [there.id],
      checks: ["stuck/x"]
    )
    try await journal.add(batch(.looked(look)))
    let over = try #require(try await occurrences(gone, in: journal).first)
    #expect(over.resolved == look.time && !over.wasSeenEnding)
    #expect(over.outcome == "found over after 60m")
    for finding in [there, elsewhere, blind] {
      #expect(try await occurrences(finding, in: journal).map(\.resolved) == [nil])
    }
  }

  @Test func aLookAtAPartEndsNothingElsewhere() async throws {
    let journal = journal
    let (here, elsewhere) = (Sample.finding(1), Sample.finding(2, namespace: "bank"))
    let wide = Sample.finding(1, check: "stuck/wide")
    for finding in [here, elsewhere, wide] {
      try await journal.add(batch(.raised(finding, at: noon)))
    }
    let namespaces = [here, elsewhere].map(\.subject.namespace)
    let count = try #require(
      (2...64).first { count in
        let part = Coverage(of: count, holding: [])
        return part.shard(of: namespaces[0]) != part.shard(of: namespaces[1])
          && part.shard(of: namespaces[0]) != 0
      }
    )
    let coverage = Coverage(of: count, holding: [])
    let look = FirstLook(
      cluster: "test",
      time: noon + .seconds(3600),
      findings: [],
      checks: ["stuck/x", "stuck/wide"],
      coverage: Coverage(of: count, holding: [coverage.shard(of: namespaces[0])]),
      localChecks: ["stuck/x"]
    )
    try await journal.add(batch(.looked(look)))
    #expect(try await occurrences(here, in: journal).map(\.resolved) == [look.time])
    // One is in another shard, the other is told of by whoever sees all of them.
    for finding in [elsewhere, wide] {
      #expect(try await occurrences(finding, in: journal).map(\.resolved) == [nil])
    }
  }

  @Test func whatDidNotSettleAgainWasOverUnseen() async throws {
    let journal = journal
    let finding = Sample.finding(1)
    try await journal.add(batch(.raised(finding, at: noon)))
    try await journal.add(batch(.foundOver(finding.id, at: noon + .seconds(3600))))
    let over = try #require(try await occurrences(finding, in: journal).first)
    #expect(over.resolved == noon + .seconds(3600) && !over.wasSeenEnding)
    // Of what is over nothing changes.
    try await journal.add(batch(.foundOver(finding.id, at: noon + .seconds(7200))))
    #expect(try await occurrences(finding, in: journal) == [over])
  }

  @Test func whatIsGatheredIsWrittenInOneGoAndTheRestAtTheEnd() async throws {
    let (journal, history) = (journal, FindingsHistory())
    let many = (0..<5000).map { Sample.finding($0) }
    history.take(Sample.raised(many), at: noon)
    let writing = Task { await history.run(into: journal, gathering: .zero) { _ in } }
    let isWritten = await eventually {
      (try? await occurrences(many[4999], in: journal).isEmpty) == false
    }
    #expect(isWritten)
    history.take(Sample.resolved(many), at: noon + .seconds(1))
    writing.cancel()
    await writing.value
    #expect(try await occurrences(many[0], in: journal).map(\.resolved) == [noon + .seconds(1)])
  }

  @Test func whatDoesNotFitIsCountedAndNotKept() async throws {
    let history = FindingsHistory(limit: 3)
    history.take(Sample.raised((0..<5).map { Sample.finding($0) }), at: noon)
    let journal = journal
    let said = Shared<[String]>([])
    let writing = Task {
      await history.run(into: journal, gathering: .zero) { sentence in
        said.change { $0.append(sentence) }
      }
    }
    let isWritten = await eventually {
      (try? await journal.entries(JournalQuery()).count) == 3
    }
    writing.cancel()
    await writing.value
    #expect(isWritten)
    #expect(
      said.value == ["2 changes of findings are missing in the journal: they were too many."]
    )
  }

  @Test func whatCannotBeWrittenWaitsAndIsSaidOnce() async throws {
    let history = FindingsHistory()
    let said = Shared<[String]>([])
    let path = try #require(folder).path + "/blocked"
    // Where the folder should be is a file.
    try #require(folder).write("blocked", "")
    let journal = JournalStore(folder: path)
    let writing = Task {
      await history.run(into: journal, gathering: .zero, retrying: .milliseconds(10)) {
        sentence in said.change { $0.append(sentence) }
      }
    }
    history.take(Sample.raised([Sample.finding()]), at: noon)
    #expect(await eventually { !said.value.isEmpty })
    try FileManager.default.removeItem(atPath: path)
    #expect(await eventually { (try? await journal.entries(JournalQuery()).count) == 1 })
    writing.cancel()
    await writing.value
    let sentences = said.value
    #expect(sentences.count == 1)
    let start = "What happens to findings is not journaled: \(path)"
    #expect(sentences.first?.hasPrefix(start) == true)
  }
}

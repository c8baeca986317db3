import ClusterGraph
import Inspection
import Monitoring
import ObjectBuilders
import Testing

@testable import Agent

/// What is kept for those who follow findings over HTTP.
@Suite struct FindingLedgerTests {
  private let ledger = FindingLedger(instance: "abc", keeping: 50)
  private let everything = FindingsFilter(FilterExpression())

  @Test func whatIsTheSameIsNoChange() async throws {
    await ledger.take(FindingsNews(changed: [.sample(1), .sample(2)]))
    let version = await ledger.version
    #expect("\(version)" == "abc-2")
    await ledger.take(FindingsNews(changed: [.sample(1)], gone: [.sample(9)]))
    #expect(await ledger.version == version)
    #expect(try await ledger.changes(since: version).isEmpty)
  }

  @Test func theWorstIsListedFirst() async {
    await ledger.take(
      FindingsNews(changed: [.sample(1, severity: .info), .sample(2, severity: .critical)])
    )
    let entries = await ledger.findings(everything).entries
    #expect(entries.map(\.known.finding.severity) == [.critical, .info])
  }

  @Test func whoWasAwayForTooLongListsAnew() async throws {
    let start = await ledger.version
    for number in 1...50 { await ledger.take(FindingsNews(changed: [.sample(number)])) }
    #expect(try await ledger.changes(since: start).count == 50)
    await ledger.take(FindingsNews(changed: [.sample(51)]))
    await #expect(throws: FindingLedger.Expired.self) { try await ledger.changes(since: start) }
  }

  @Test(arguments: ["abd-0", "abc-1"])
  func versionsOfOthersAreNotKnown(text: String) async throws {
    let version = try #require(FindingVersion(text))
    await #expect(throws: FindingLedger.Expired.self) { try await ledger.changes(since: version) }
  }

  @Test(arguments: ["", "abc", "abc-", "-1", "abc-x", "abc--1", "a-1-2"])
  func whatIsNoVersionIsNotRead(text: String) {
    #expect(FindingVersion(text) == nil)
  }

  /// Whoever lists, and then takes in the changes with a filter, knows what a list with it would show.
  @Test(arguments: 1...30)
  func changesAreWhatListsDifferBy(seed: UInt64) async throws {
    var random = SeededGenerator(seed: seed)
    let ledger = FindingLedger(instance: "abc", keeping: 1000)
    let filter = try FindingsFilter(
      FilterExpression(parsing: "severity:critical", columns: FindingsFilter.columns)
    )
    var there: [Int: KnownFinding] = [:]
    var shown: Set<FindingID> = []
    var known = await ledger.version
    for _ in 1...60 {
      var news = FindingsNews()
      for number in Set((0..<3).map { _ in Int.random(in: 0..<10, using: &random) }) {
        if let old = there[number], Bool.random(using: &random) {
          there[number] = nil
          news.gone.append(old.finding)
        } else {
          let severity = Severity.allCases.randomElement(using: &random) ?? .info
          let new = KnownFinding.sample(number, severity: severity)
          there[number] = new
          news.changed.append(new)
        }
      }
      await ledger.take(news)
      guard Bool.random(using: &random) else { continue }
      let changes = try await ledger.changes(since: known)
      known = changes.last?.version ?? known
      for change in changes {
        switch WatchLine(change, filter) {
        case .added(let finding, _): #expect(shown.insert(finding.finding.id).inserted)
        case .modified(let finding, _): #expect(shown.contains(finding.finding.id))
        case .deleted(let finding, _, _): #expect(shown.remove(finding.finding.id) != nil)
        case .clusters, .bookmark, .error, nil: break
        }
      }
      let listed = await ledger.findings(filter).entries.map(\.known.finding.id)
      #expect(shown == Set(listed))
    }
  }
}

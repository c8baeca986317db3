import Inspection
import KubernetesObjects
import Monitoring
import Testing
import WireFormats

@testable import Agent

/// What an Alertmanager is told, and when.
@Suite struct AlertBoardTests {
  private let start = Timestamp(millisecondsSince1970: 10_000_000)

  private func tell(_ board: inout AlertBoard, at now: Timestamp) -> [JSONValue] {
    guard let due = board.due(at: now) else { return [] }
    board.noteTold(due.keys, at: now)
    return due.body.arrayValue ?? []
  }

  @Test func aFindingIsAnAlertUntilItIsOver() throws {
    var board = AlertBoard(repeatingEvery: .seconds(60))
    let known = KnownFinding.sample(1, severity: .critical, team: "shop-team")
    board.note(known.finding.id, known, at: start)
    let alert = try #require(tell(&board, at: start).first)
    #expect(
      alert["labels"] == [
        "alertname": "stuck/terminating", "cluster": "one", "namespace": "shop", "kind": "Pod",
        "name": "pod-1", "severity": "critical", "team": "shop-team",
        "finding": .string(known.finding.id.description),
      ]
    )
    #expect(alert["startsAt"] == "1970-01-01T00:16:40Z")
    #expect(alert["endsAt"] == .string((start + .seconds(240)).rfc3339))
    #expect(tell(&board, at: start + .seconds(59)).isEmpty)
    #expect(tell(&board, at: start + .seconds(60)).count == 1)
    let end = start + .seconds(61)
    board.note(known.finding.id, nil, at: end)
    #expect(tell(&board, at: end).first?["endsAt"] == .string(end.rfc3339))
    // Again for a while, for it may not have arrived everywhere.
    #expect(tell(&board, at: end + .seconds(60)).first?["endsAt"] == .string(end.rfc3339))
    #expect(tell(&board, at: end + AlertBoard.resolvedRetention).isEmpty)
  }

  @Test func anotherSeverityIsAnotherAlert() {
    var board = AlertBoard(repeatingEvery: .seconds(60))
    let id = KnownFinding.sample(1).finding.id
    board.note(id, .sample(1), at: start)
    _ = tell(&board, at: start)
    board.note(id, .sample(1, severity: .critical), at: start)
    let told = tell(&board, at: start)
    let severities = Set(told.compactMap { $0["labels"]?["severity"]?.stringValue })
    #expect(severities == ["warning", "critical"])
    #expect(told.filter { $0["endsAt"] == .string(start.rfc3339) }.count == 1)
  }

  @Test func whatOthersTellOfIsNotOver() {
    var board = AlertBoard(repeatingEvery: .seconds(60))
    let known = KnownFinding.sample(1)
    board.note(known.finding.id, known, at: start)
    #expect(tell(&board, at: start).count == 1)
    board.leave(known.finding.id)
    #expect(tell(&board, at: start + .seconds(120)).isEmpty)
  }

  @Test func whatComesBackHolds() throws {
    var board = AlertBoard(repeatingEvery: .seconds(60))
    let known = KnownFinding.sample(1)
    board.note(known.finding.id, known, at: start)
    board.note(known.finding.id, nil, at: start)
    board.note(known.finding.id, known, at: start + .seconds(1))
    let told = tell(&board, at: start + .seconds(1))
    #expect(told.count == 1)
    #expect(told.first?["endsAt"] == .string((start + .seconds(241)).rfc3339))
  }

  @Test func whatWasNotTakenIsToldAgainAndManyInTurn() {
    var board = AlertBoard(repeatingEvery: .seconds(60))
    for number in 0..<AlertBoard.batchSize + 10 {
      let known = KnownFinding.sample(number)
      board.note(known.finding.id, known, at: start)
    }
    #expect(board.due(at: start)?.keys.count == AlertBoard.batchSize)
    #expect(tell(&board, at: start).count == AlertBoard.batchSize)
    #expect(tell(&board, at: start).count == 10)
    #expect(tell(&board, at: start).isEmpty)
  }
}

/// What a webhook is told, and when.
@Suite struct NewsDigestTests {
  private let start = Timestamp(millisecondsSince1970: 10_000_000)
  private let version = FindingVersion(instance: "a", number: 1)

  private func note(
    _ number: Int,
    _ known: KnownFinding?,
    in digest: inout NewsDigest,
    isNews: Bool = true
  ) {
    let id = KnownFinding.sample(number).finding.id
    digest.note(id, known, version, isNews: isNews, at: start)
  }

  @Test func whatComesTogetherIsOneMessage() throws {
    var digest = NewsDigest()
    note(1, .sample(1), in: &digest, isNews: false)
    #expect(digest.nextDue == nil)
    note(1, nil, in: &digest)
    note(2, .sample(2, severity: .critical), in: &digest)
    note(3, .sample(3), in: &digest)
    #expect(digest.message(from: "chat", at: start) == nil)
    let later = start + NewsDigest.window
    let message = try #require(digest.message(from: "chat", at: later))
    #expect(
      message["text"]
        == "2 raised, 1 resolved · one · critical stuck/terminating: does not finish"
    )
    #expect(message["raised"]?.arrayValue?.count == 2)
    #expect(message["raised"]?.arrayValue?.first?["severity"] == "critical")
    #expect(message["resolved"]?.arrayValue?.count == 1 && message["changed"] == [])
    digest.noteTold()
    #expect(digest.message(from: "chat", at: later) == nil)
  }

  @Test func whatCameAndWentMeanwhileIsNotTold() {
    var digest = NewsDigest()
    note(1, .sample(1), in: &digest)
    note(1, nil, in: &digest)
    #expect(digest.nextDue == nil)
    note(2, .sample(2), in: &digest, isNews: false)
    note(2, .sample(2, severity: .critical), in: &digest)
    note(2, .sample(2), in: &digest)
    #expect(digest.nextDue == nil)
  }

  @Test func whatMovedBeforeItWasToldIsNotTold() {
    var digest = NewsDigest()
    note(1, .sample(1), in: &digest)
    note(1, nil, in: &digest, isNews: false)
    #expect(digest.nextDue == nil)
  }

  @Test func aStormIsCutAndCounted() throws {
    var digest = NewsDigest()
    for number in 0..<250 { note(number, .sample(number), in: &digest) }
    let message = try #require(digest.message(from: "chat", at: start + NewsDigest.window))
    #expect(message["raised"]?.arrayValue?.count == NewsDigest.limit)
    #expect(message["leftOut"] == 150)
    #expect(message["text"]?.stringValue?.hasPrefix("250 raised · ") == true)
  }
}

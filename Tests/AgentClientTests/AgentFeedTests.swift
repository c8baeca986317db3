import Inspection
import KubernetesObjects
import Testing
import WireFormats

@testable import AgentClient

/// What a terminal makes of an agent's lines, without any agent.
@Suite struct AgentFeedTests {
  /// What is shown of a cluster, as one that takes in all news has it.
  private struct Rows {
    var names: Set<String> = []
    /// What was shown after each news.
    var history: [Set<String>] = []

    mutating func take(_ news: AgentNews) {
      for (_, findings) in news.findings {
        for (id, told) in findings {
          switch told {
          case .there: names.insert(id.description)
          case .gone: names.remove(id.description)
          }
        }
      }
      history.append(names)
    }
  }

  private static func id(_ number: Int) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  static func added(
    _ number: Int,
    type: String = "ADDED",
    version: String = "a-1",
    cluster: String = "prod"
  ) -> String {
    """
    {"type":"\(type)","object":{"id":"\(id(number))","check":"stuck/pod","severity":"warning",\
    "cluster":"\(cluster)","subject":{"kind":"Pod","name":"p\(number)","namespace":"shop"},\
    "message":"m","evidence":[],"related":[],"since":"2026-01-01T00:00:00Z",\
    "mayBeYounger":false,"remedies":[],"metadata":{"resourceVersion":"\(version)"}}}\n
    """
  }

  static func clusters(_ names: [String] = ["prod"], inspected: Bool = true) -> String {
    let items = names.map {
      #"{"metadata":{"name":"\#($0)","uid":"u"},"inspected":\#(inspected)}"#
    }
    return #"{"type":"CLUSTERS","object":{"items":[\#(items.joined(separator: ","))]}}"# + "\n"
  }

  static func end(_ version: String = "a-9", isInitial: Bool = true) -> String {
    let mark = isInitial ? #","annotations":{"k8s.io/initial-events-end":"true"}"# : ""
    return
      #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"\#(version)"\#(mark)}}}"#
      + "\n"
  }

  private func take(
    _ text: String,
    _ feed: inout AgentFeed,
    _ rows: inout Rows
  ) throws -> AgentNews {
    let news = try feed.take(Array(text.utf8))
    rows.take(news)
    return news
  }

  @Test func whatIsToldComesAndGoes() throws {
    var (feed, rows) = (AgentFeed(), Rows())
    feed.beginAnswer()
    let first = try take(
      Self.clusters() + Self.added(1) + Self.added(2) + Self.end(),
      &feed,
      &rows
    )
    #expect(rows.names == [Self.id(1), Self.id(2)])
    #expect(first.complete == ["prod"] && feed.version == "a-9")
    _ = try take(Self.added(1, type: "DELETED", version: "a-10"), &feed, &rows)
    #expect(rows.names == [Self.id(2)] && feed.version == "a-10")
    // What goes on from there tells no end of the beginning.
    feed.beginAnswer()
    _ = try take(
      Self.clusters() + Self.added(3, version: "a-11") + Self.end("a-11", isInitial: false),
      &feed,
      &rows
    )
    #expect(rows.names == [Self.id(2), Self.id(3)] && feed.version == "a-11")
  }

  @Test func versionsOfAListSayNothingUntilItsEnd() throws {
    var (feed, rows) = (AgentFeed(), Rows())
    feed.beginAnswer()
    _ = try take(Self.clusters() + Self.added(1, version: "a-7"), &feed, &rows)
    #expect(feed.version == nil, "Who lost the connection now would miss what comes after.")
  }

  @Test func anAgentThatBeginsAnewLosesNoRowUntilItHasInspected() throws {
    var (feed, rows) = (AgentFeed(), Rows())
    feed.beginAnswer()
    _ = try take(
      Self.clusters() + Self.added(1) + Self.added(2) + Self.end(),
      &feed,
      &rows
    )
    feed.forgetVersion()
    feed.beginAnswer()
    rows.history = []
    _ = try take(Self.end("b-0"), &feed, &rows)
    _ = try take(Self.clusters(inspected: false), &feed, &rows)
    _ = try take(Self.added(1, version: "b-1"), &feed, &rows)
    // It may be wrong about what it has not seen whole.
    _ = try take(Self.added(1, type: "DELETED", version: "b-2"), &feed, &rows)
    _ = try take(Self.added(1, version: "b-3") + Self.added(3, version: "b-4"), &feed, &rows)
    #expect(rows.history.allSatisfy { $0.isSuperset(of: [Self.id(1), Self.id(2)]) })
    let last = try take(Self.clusters(inspected: true), &feed, &rows)
    #expect(rows.names == [Self.id(1), Self.id(3)], "What it did not tell again is gone.")
    #expect(last.complete == ["prod"])
  }

  @Test func anAgentThatKnowsNoClusterYetTakesNothingAway() throws {
    var (feed, rows) = (AgentFeed(), Rows())
    feed.beginAnswer()
    _ = try take(Self.clusters() + Self.added(1) + Self.end(), &feed, &rows)
    feed.forgetVersion()
    feed.beginAnswer()
    _ = try take(Self.end("b-0"), &feed, &rows)
    _ = try take(Self.clusters([]), &feed, &rows)
    #expect(rows.names == [Self.id(1)])
    let news = try take(Self.clusters(["other"]), &feed, &rows)
    #expect(rows.names.isEmpty && news.dropped == ["prod"])
  }

  @Test func aListThatBreaksOffIsNone() throws {
    var (feed, rows) = (AgentFeed(), Rows())
    feed.beginAnswer()
    _ = try take(
      Self.clusters() + Self.added(1) + Self.added(2) + Self.end(),
      &feed,
      &rows
    )
    feed.forgetVersion()
    feed.beginAnswer()
    let line = Self.added(1, version: "b-1")
    _ = try take(Self.clusters() + line + String(line.prefix(40)), &feed, &rows)
    feed.beginAnswer()
    _ = try take(Self.clusters() + Self.added(2, version: "b-1") + Self.end("b-2"), &feed, &rows)
    #expect(rows.names == [Self.id(2)], "What was told before the break is to be told again.")
    #expect(feed.unreadable == 0, "Half a line of the answer before is nothing.")
  }

  @Test func whatMakesNoSenseIsCountedAndPassedOver() throws {
    var (feed, rows) = (AgentFeed(), Rows())
    feed.beginAnswer()
    let bad = [
      "{", "[]", "{}", "null", #"{"type":"ADDED","object":{}}"#,
      Self.added(1).replacing("warning", with: "terrible").replacing("\n", with: ""),
      Self.added(1).replacing("2026-01-01T00:00:00Z", with: "now").replacing("\n", with: ""),
      Self.added(1).replacing("\"m\"", with: "[1]").replacing("\n", with: ""),
      Self.added(1).replacing("stuck/pod", with: "a\\u001b[2J").replacing("\n", with: ""),
      Self.added(1, cluster: "never-told").replacing("\n", with: ""),
    ]
    _ = try take(Self.clusters() + bad.joined(separator: "\n") + "\n", &feed, &rows)
    #expect(rows.names.isEmpty && feed.unreadable == bad.count)
    _ = try take(Self.added(2) + #"{"type":"NEW","object":{}}"# + "\n", &feed, &rows)
    #expect(rows.names == [Self.id(2)] && feed.unreadable == bad.count)
  }

  @Test func tooMuchAtOnceEndsIt() throws {
    var feed = AgentFeed(lineLimit: 1000)
    feed.beginAnswer()
    #expect(throws: AgentFeed.Problem.self) {
      _ = try feed.take([UInt8](repeating: UInt8(ascii: "x"), count: 1001))
    }
  }

  @Test func longTextsAreCut() throws {
    var reader = FindingReader()
    let text = String(repeating: "é", count: 100_000)
    let line = Self.added(1).replacing("\"m\"", with: "\"\(text)\"")
    guard case .told(let told, _) = try AgentLine(Array(line.utf8), &reader) else {
      Issue.record("It is no finding.")
      return
    }
    #expect(told.finding.message.utf8.count <= ToldValue.textLimit)
  }

  @Test func anAgentSaysThatAllIsToBeToldAnew() throws {
    var feed = AgentFeed()
    feed.beginAnswer()
    let gone = #"{"type":"ERROR","object":{"code":410,"message":"too old"}}"# + "\n"
    #expect(throws: AgentFeed.Problem.expired) { _ = try feed.take(Array(gone.utf8)) }
    let other = #"{"type":"ERROR","object":{"code":500,"message":"broken"}}"# + "\n"
    #expect(throws: AgentFeed.Problem.refused("It ended with: broken")) {
      _ = try feed.take(Array(other.utf8))
    }
  }

  @Test func anyBytesWhateverTheyAreDoNoHarm() throws {
    var random = SystemRandomNumberGenerator()
    let whole = Array(
      (Self.clusters() + Self.added(1) + Self.added(2) + Self.end()
        + Self.added(2, type: "DELETED", version: "a-10")).utf8
    )
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...8, using: &random) {
        let place = bytes.indices.randomElement(using: &random) ?? 0
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = .random(in: .min ... .max, using: &random)
        case 1: bytes.remove(at: place)
        case 2: bytes.removeSubrange(place...)
        default: bytes.insert(contentsOf: bytes[place...].prefix(200), at: place)
        }
        if bytes.isEmpty { bytes = whole }
      }
      var (feed, rows) = (AgentFeed(), Rows())
      feed.beginAnswer()
      // In pieces of any size.
      var rest = bytes[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...400, using: &random))
        rest = rest.dropFirst(piece.count)
        guard let news = try? feed.take(Array(piece)) else { break }
        rows.take(news)
      }
      // Whatever came, a good answer is shown as it is afterwards.
      feed.forgetVersion()
      feed.beginAnswer()
      rows.take(try feed.take(Array((Self.clusters() + Self.added(7) + Self.end()).utf8)))
      #expect(rows.names == [Self.id(7)])
    }
  }
}

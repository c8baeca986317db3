import CloudEvents
import ClusterGraph
import KubernetesObjects
import ObjectBuilders
import Testing
import UserConfiguration
import WireFormats

@testable import RemoteChecks

/// When which objects are sent, and what becomes of answers.
@Suite struct RemoteFeedTests {
  /// A feed, the objects that it looks at, and the time.
  private struct Scene {
    var feed: RemoteFeed
    var objects: [ObjectKey: RemoteObject] = [:]
    var now = Timestamp(millisecondsSince1970: 1_000_000)
    private let handles: [Handle]
    private let graph: ClusterGraph

    init(_ names: [String] = [], batchSize: Int = 2, mode: RemoteCheckSettings.Mode = .batch) throws
    {
      let check = try RemoteCheck(
        .sample { settings in
          settings.batchSize = batchSize
          settings.mode = mode
        }
      )
      feed = RemoteFeed(check)
      var graph = ClusterGraph()
      var touched: HandleSet = []
      for name in names {
        let key = ObjectKey.configMap(name)
        var map = ConfigMap(metadata: ObjectMetadata())
        (map.metadata.namespace, map.metadata.name) = (key.namespace, key.name)
        graph.upsert(ObjectSnapshot(map), touching: &touched)
        objects[key] = .sample(key, uid: "uid-\(name)")
      }
      handles = graph.handles(of: ConfigMap.kind)
      self.graph = graph
    }

    mutating func next() -> RemoteWork {
      feed.next(
        at: now,
        objects: { handles },
        key: { graph.id(of: $0)?.objectKey },
        look: { key in objects[key].map { ($0, "7") } },
        in: "prod"
      )
    }

    mutating func batch() throws -> RemoteBatch {
      guard case .send(let batch) = next() else { throw NothingToSend() }
      return batch
    }

    /// The names in the next batches, until there is nothing to send.
    mutating func drain(_ outcome: EventSender.Outcome = .delivered(ReadEvents())) -> [[String]] {
      var sent: [[String]] = []
      while case .send(let batch) = next() {
        sent.append(batch.subjects.map(\.key.name))
        _ = take(outcome, batch)
      }
      return sent
    }

    mutating func take(
      _ outcome: EventSender.Outcome,
      _ batch: RemoteBatch
    ) -> [ObjectKey: [RemoteFinding]]? {
      feed.take(outcome, of: batch.id, after: .milliseconds(3), at: now, chance: 0)
    }

    mutating func change(_ name: String, _ fields: JSONValue, uid: String? = nil) {
      let key = ObjectKey.configMap(name)
      objects[key] = .sample(key, uid: uid ?? "uid-\(name)", fields)
      _ = feed.note(key, objects[key])
    }

    mutating func delete(_ name: String) -> Bool {
      let key = ObjectKey.configMap(name)
      objects[key] = nil
      return feed.note(key, nil)
    }
  }

  private struct NothingToSend: Error {}
  private static let failure = EventSender.Outcome.failed(reason: "down", retryAfter: nil)

  @Test func atTheStartAllObjectsAreSentOnce() throws {
    var scene = try Scene(["a", "b", "c"])
    #expect(scene.drain().isEmpty, "The first lists are not there yet.")
    #expect(scene.feed.status.notInspectedReason == "remote check team has not answered yet")
    scene.feed.start()
    #expect(scene.drain().flatMap { $0 }.sorted() == ["a", "b", "c"])
    #expect(scene.feed.status.isKnown && scene.feed.status.isSettled)
    #expect(scene.drain().isEmpty)
    let status = scene.feed.status
    #expect((status.sent, status.answered, status.waiting) == (3, 3, 0))
  }

  @Test func whatTheServiceWouldSeeAsBeforeIsNotSentAgain() throws {
    var scene = try Scene(["a"])
    scene.feed.start()
    _ = scene.drain()
    scene.change("a", [:])
    #expect(scene.drain().isEmpty)
    scene.change("a", ["data": ["mode": "off"]])
    #expect(scene.drain() == [["a"]])
    // One that was made anew under the name is another.
    scene.change("a", ["data": ["mode": "off"]], uid: "other")
    #expect(scene.drain() == [["a"]])
  }

  @Test func anObjectThatWaitsIsSentInItsNewestStateAlone() throws {
    var scene = try Scene(["a"])
    scene.feed.start()
    _ = scene.drain()
    for number in 1...50 { scene.change("a", ["data": .integer(Int64(number))]) }
    let batch = try scene.batch()
    #expect(batch.events.count == 1)
    guard case .json(let data) = batch.events[0].data else { return #expect(Bool(false)) }
    #expect(data[path: "object", "data"] == 50)
    #expect(data[path: "object", "metadata", "resourceVersion"] == "7")
    #expect(data["change"] == "upserted")
  }

  @Test func whatIsUnderWayIsNotSentTwiceAtOnce() throws {
    var scene = try Scene(["a"])
    scene.feed.start()
    let first = try scene.batch()
    scene.change("a", ["data": 1])
    #expect(throws: NothingToSend.self) { try scene.batch() }
    _ = scene.take(.delivered(ReadEvents()), first)
    let second = try scene.batch()
    #expect(second.subjects.map(\.key.name) == ["a"])
  }

  @Test func deletionsAreToldOfWhatTheServiceKnows() throws {
    var scene = try Scene(["a", "b"])
    scene.feed.start()
    _ = scene.drain()
    _ = scene.delete("a")
    scene.change("new", [:])
    _ = scene.delete("new")
    let batch = try scene.batch()
    #expect(batch.subjects.map(\.key.name) == ["a"], "It has never heard of the new one.")
    #expect(batch.events[0].id == "uid-a.deleted")
    #expect(batch.events[0].subject == "ConfigMap/shop/a")
    _ = scene.take(.delivered(ReadEvents()), batch)
    #expect(scene.drain().isEmpty)
  }

  @Test func anAnswerWithoutAFindingEndsTheEarlierOnes() throws {
    var scene = try Scene(["a"])
    scene.feed.start()
    let first = try scene.batch()
    let key = ObjectKey.configMap("a")
    let news = scene.take(.delivered(ReadEvents([.finding(about: key)])), first)
    #expect(news?[key]?.map(\.reason) == ["Bad"] && scene.feed.status.findings == 1)
    scene.change("a", ["data": 1])
    let second = try scene.batch()
    #expect(scene.take(.delivered(ReadEvents()), second) == [key: []])
    #expect(scene.feed.status.findings == 0)
  }

  @Test func whatIsGoneHasNothingAgainstIt() throws {
    var scene = try Scene(["a"])
    scene.feed.start()
    let batch = try scene.batch()
    let key = ObjectKey.configMap("a")
    _ = scene.delete("a")
    let news = scene.take(.delivered(ReadEvents([.finding(about: key)])), batch)
    #expect(news == [key: []] && scene.feed.status.findings == 0)
    // The service heard of it meanwhile.
    #expect(scene.drain() == [["a"]])
    #expect(scene.feed.status.sent == 2)
  }

  @Test func aFailureIsTriedAgainByOneAloneAndLater() throws {
    var scene = try Scene(["a", "b", "c", "d"])
    scene.feed.start()
    let (first, second) = (try scene.batch(), try scene.batch())
    #expect(scene.take(Self.failure, first) == nil && scene.take(Self.failure, second) == nil)
    guard case .wait(let wait) = scene.next() else { return #expect(Bool(false)) }
    #expect(wait == .seconds(1), "Half a second, and twice as long after the second.")
    scene.now = scene.now + wait
    let probe = try scene.batch()
    #expect(probe.subjects == second.subjects || probe.subjects == first.subjects)
    #expect(throws: NothingToSend.self) { try scene.batch() }
    _ = scene.take(.delivered(ReadEvents()), probe)
    #expect(scene.drain().flatMap { $0 }.count == 2, "The others, once.")
    #expect(scene.feed.status.failed == 2 && scene.feed.status.failingSince == nil)
  }

  @Test func aServiceThatFailsForLongIsUnknownAndThenToldOfEverything() throws {
    var scene = try Scene(["a", "b"])
    scene.feed.start()
    _ = scene.drain()
    scene.change("a", ["data": 1])
    let began = scene.now
    while scene.now < began + .seconds(59) {
      switch scene.next() {
      case .send(let batch): _ = scene.take(Self.failure, batch)
      case .wait(let wait): scene.now = scene.now + wait
      }
      if scene.now < began + .seconds(60) { #expect(scene.feed.status.isKnown) }
    }
    scene.now = began + .seconds(61)
    if case .send(let batch) = scene.next() { _ = scene.take(Self.failure, batch) }
    #expect(!scene.feed.status.isKnown)
    #expect(
      scene.feed.status.notInspectedReason
        == "remote check team cannot be asked since \(began.rfc3339)"
    )
    #expect(scene.feed.status.fault?.contains("down") == true)
    scene.now = scene.now + .seconds(60)
    #expect(Set(scene.drain().flatMap { $0 }) == ["a", "b"])
    #expect(scene.feed.status.isKnown && scene.feed.status.fault == nil)
  }

  @Test func whatIsRefusedIsNotSentAgainAndSaid() throws {
    var scene = try Scene(["a"])
    scene.feed.start()
    let batch = try scene.batch()
    #expect(scene.take(.refused(reason: "it answered with status 400"), batch) != nil)
    #expect(scene.drain().isEmpty)
    #expect(scene.feed.status.refused == 1)
    #expect(scene.feed.status.fault?.contains("does not take 1 objects") == true)
    scene.change("a", ["data": 1])
    #expect(scene.drain() == [["a"]])
    #expect(scene.feed.status.fault == nil)
  }

  @Test func whoeverIsTurnedAwayComesBackInHalfAMinute() throws {
    var scene = try Scene(["a"])
    scene.feed.start()
    let batch = try scene.batch()
    _ = scene.take(.turnedAway(reason: "it answered with status 401"), batch)
    guard case .wait(.seconds(30)) = scene.next() else { return #expect(Bool(false)) }
  }

  @Test func aFloodIsCutAndCounted() throws {
    let names = (0..<200).map { "n\($0)" }
    var scene = try Scene(names, batchSize: 100)
    scene.feed.start()
    var shown = 0
    while case .send(let batch) = scene.next() {
      let events = batch.subjects.flatMap { subject in
        (0..<15).map { number in
          CloudEvent.finding(
            about: subject.key,
            ["reason": .string("R\(number)"), "message": "x"]
          )
        }
      }
      let news = scene.take(.delivered(ReadEvents(events)), batch) ?? [:]
      shown += news.values.reduce(0) { $0 + $1.count }
    }
    #expect(shown == RemoteFeed.mostFindings)
    #expect(scene.feed.status.findings == RemoteFeed.mostFindings)
    #expect(scene.feed.status.withheld == 1_000)
    #expect(scene.feed.status.fault?.contains("1000 findings are left out") == true)
    for name in names { _ = scene.delete(name) }
    #expect(scene.feed.status.findings == 0 && scene.feed.status.withheld == 0)
  }

  @Test func theQueueIsBoundedAndNothingIsForgotten() throws {
    let names = (0..<12_000).map { "n\($0)" }
    var scene = try Scene(names, batchSize: 1_000)
    scene.feed.start()
    _ = scene.drain()
    for name in names {
      scene.change(name, ["data": 1])
      #expect(scene.feed.status.waiting <= RemoteQueue.capacity)
    }
    var sent: Set<String> = []
    var looks = 0
    while looks < 100, sent.count < names.count {
      looks += 1
      for batch in scene.drain() { sent.formUnion(batch) }
    }
    #expect(sent.count == names.count)
    #expect(scene.drain().isEmpty)
    for name in names { _ = scene.delete(name) }
    #expect(scene.feed.status.waiting == RemoteQueue.capacity)
    #expect(scene.feed.status.dropped == names.count - RemoteQueue.capacity)
  }

  @Test("Modes for one event send one", arguments: [RemoteCheckSettings.Mode.binary, .structured])
  func single(mode: RemoteCheckSettings.Mode) throws {
    var scene = try Scene(["a", "b"], mode: mode)
    scene.feed.start()
    #expect(scene.drain().map(\.count) == [1, 1])
  }
}

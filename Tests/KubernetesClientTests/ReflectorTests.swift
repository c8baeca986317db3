import HTTP
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import Synchronization
import TestServers
import Testing

@Suite(.fewAtOnce) struct ReflectorTests {
  /// What a reflector delivered, for a test to look at.
  private final class Log: Sendable {
    private let entries = Mutex<[String]>([])
    private let listed = Mutex<Set<ObjectKey>>([])

    var all: [String] { entries.withLock { $0 } }

    func add(_ event: StreamEvent) {
      if case .part(let objects, let startsList) = event {
        listed.withLock { $0 = ($0.filter { _ in !startsList }).union(objects.map(\.record.key)) }
      }
      let text: String? =
        switch event {
        case .listing(let received, let expected): "listing \(received)/\(expected ?? -1)"
        case .part: nil
        case .completed(let version): "listed \(listed.withLock { $0.count }) at \(version)"
        case .replaced(let objects, let version): "replaced \(objects.count) at \(version)"
        case .changes(let changes): "changes " + changes.map(Self.name).joined(separator: " ")
        case .state(.waiting): "waiting"
        case .state(.forbidden): "forbidden"
        case .state(.signedOut): "signed out"
        case .state(.connecting), .state(.listing), .state(.watching), .state(.unsupported): nil
        }
      if let text { entries.withLock { $0.append(text) } }
    }

    private static func name(_ change: ObjectChange) -> String {
      switch change {
      case .upserted(let object): "+\(object.record.metadata.name)"
      case .deleted(let key, _): "-\(key.name)"
      }
    }
  }

  private let eventLoop = EventLoop()

  /// Runs a reflector of Pods until a condition holds.
  private func run(
    _ server: ScriptedServer,
    mode: ListMode = .pages(of: 2),
    gate: ListGate = ListGate(),
    silence: ExpectedSilence = ExpectedSilence(),
    waits: Shared<[Duration]> = Shared([]),
    until condition: @Sendable ([String]) -> Bool
  ) async -> [String] {
    let connection = ClusterConnection(contextName: "test", server: server.url)
    var options = ReflectorOptions()
    options.mode = mode
    options.gate = gate
    options.silence = silence
    options.sleep = { wait in
      waits.change { $0.append(wait) }
      try await Task.sleep(for: .milliseconds(1))
    }
    let reflector = Reflector(
      client: KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol/test"),
      resource: .pods,
      namespace: nil,
      options: options
    )
    let log = Log()
    let task = Task { await reflector.run { log.add($0) } }
    _ = await eventually { condition(log.all) }
    task.cancel()
    await task.value
    return log.all
  }

  private static func pod(_ name: String, _ version: Int) -> String {
    #"{"metadata":{"name":"\#(name)","namespace":"shop","resourceVersion":"\#(version)"}}"#
  }

  private static func event(_ type: String, _ name: String, _ version: Int) -> String {
    #"{"type":"\#(type)","object":\#(pod(name, version))}"# + "\n"
  }

  private static func list(_ names: [String], version: Int, token: String = "") -> String {
    let items = names.map { pod($0, 1) }.joined(separator: ",")
    return #"{"metadata":{"resourceVersion":"\#(version)","continue":"\#(token)","#
      + #""remainingItemCount":1},"items":[\#(items)]}"#
  }

  private static let expired =
    #"{"type":"ERROR","object":{"kind":"Status","code":410,"reason":"Expired","message":"old"}}"#
    + "\n"

  @Test func pagesMakeOneList() async throws {
    let server = try ScriptedServer { request in
      if request.target.contains("watch=") { return [.streamHead(), .hold] }
      return request.target.contains("continue=next")
        ? [.answer(Self.list(["c"], version: 5))]
        : [.answer(Self.list(["a", "b"], version: 5, token: "next"))]
    }
    defer { server.stop() }
    let log = await run(server) { $0.contains("listed 3 at 5") }
    #expect(log == ["listing 2/3", "listed 3 at 5"])
    #expect(server.requests[0].target == "/api/v1/pods?limit=2")
  }

  @Test func changesComeInOrderAndBookmarksAdvanceTheVersion() async throws {
    let server = try ScriptedServer { request in
      guard request.target.contains("watch=") else { return [.answer(Self.list([], version: 5))] }
      guard request.target.contains("resourceVersion=5") else { return [.streamHead(), .hold] }
      let bookmark = Self.event("BOOKMARK", "", 9)
      return [
        .streamHead(), .chunk(Self.event("ADDED", "a", 6) + Self.event("MODIFIED", "a", 7)),
        .chunk(Self.event("DELETED", "a", 8)), .chunk(bookmark), .lastChunk,
      ]
    }
    defer { server.stop() }
    let log = await run(server) { _ in
      server.requests.contains { $0.target.contains("resourceVersion=9") }
    }
    // However the bytes came: as one batch or as several.
    let changes = log.filter { $0.hasPrefix("changes") }.map { $0.dropFirst("changes ".count) }
    #expect(changes.joined(separator: " ") == "+a +a -a")
  }

  @Test func afterItsFirstBookmarkAWatchIsExpectedToGoOnBringingSome() async throws {
    let server = try ScriptedServer { request in
      guard request.target.contains("watch=") else { return [.answer(Self.list([], version: 5))] }
      return [.streamHead(), .chunk(Self.event("BOOKMARK", "", 9)), .hold]
    }
    defer { server.stop() }
    let silence = ExpectedSilence(bookmarkPeriod: .milliseconds(100), slack: .zero)
    let log = await run(server, silence: silence) { _ in
      server.requests.contains { $0.target.contains("resourceVersion=9") }
    }
    // It is resumed at once, for the server may just have nothing to say.
    #expect(log == ["listed 0 at 5"])
    #expect(server.requests.count { !$0.target.contains("watch=") } == 1)
  }

  @Test("Retry-After of a list and of a watch is obeyed", arguments: [false, true])
  func retryAfter(isWatch: Bool) async throws {
    let answers = Shared(0)
    let server = try ScriptedServer { request in
      guard request.target.contains("watch=") == isWatch else {
        return isWatch ? [.answer(Self.list([], version: 5))] : [.streamHead(), .hold]
      }
      let isFirst = answers.change { answers in
        answers += 1
        return answers == 1
      }
      guard !isFirst else { return [.answer("{}", status: 429, headers: ["Retry-After": "7"])] }
      return isWatch ? [.streamHead(), .hold] : [.answer(Self.list([], version: 5))]
    }
    defer { server.stop() }
    let waits = Shared<[Duration]>([])
    _ = await run(server, waits: waits) { _ in answers.value == 2 }
    let wait = try #require(waits.value.first)
    #expect(wait >= .seconds(7) && wait <= .seconds(10.5))
    #expect(server.requests.count { !$0.target.contains("watch=") } == (isWatch ? 1 : 2))
  }

  @Test func aWatchThatBreaksInAnEventResumesWithoutAList() async throws {
    let server = try ScriptedServer { request in
      guard request.target.contains("watch=") else { return [.answer(Self.list([], version: 5))] }
      if request.target.contains("resourceVersion=5") {
        let half = String(Self.event("ADDED", "b", 7).prefix(40))
        return [.streamHead(), .chunk(Self.event("ADDED", "a", 6)), .chunk(half), .cut]
      }
      return [.streamHead(), .chunk(Self.event("ADDED", "b", 7)), .hold]
    }
    defer { server.stop() }
    let log = await run(server) { $0.contains("changes +b") }
    #expect(log == ["listed 0 at 5", "changes +a", "waiting", "changes +b"])
    #expect(server.requests.count { !$0.target.contains("watch=") } == 1)
  }

  @Test func anExpiredVersionLeadsToANewList() async throws {
    let server = try ScriptedServer { request in
      guard request.target.contains("watch=") else {
        return [.answer(Self.list(["a"], version: 5))]
      }
      return [.streamHead(), .chunk(Self.expired), .lastChunk]
    }
    defer { server.stop() }
    let log = await run(server) { $0.count >= 2 }
    #expect(Array(log.prefix(2)) == ["listed 1 at 5", "replaced 1 at 5"])
  }

  @Test func aWatchRefusedAsExpiredLeadsToANewListToo() async throws {
    let gone = #"{"kind":"Status","code":410,"reason":"Expired","message":"too old"}"#
    let server = try ScriptedServer { request in
      request.target.contains("watch=")
        ? [.answer(gone, status: 410)] : [.answer(Self.list(["a"], version: 5))]
    }
    defer { server.stop() }
    let log = await run(server) { $0.count >= 4 }
    // The first time at once; a server that keeps refusing is given time.
    let expected = ["listed 1 at 5", "replaced 1 at 5", "waiting", "replaced 1 at 5"]
    #expect(log.prefix(4) == expected[...])
  }

  @Test func aWatchAsksForFiveToTenMinutes() async throws {
    let server = try ScriptedServer { request in
      request.target.contains("watch=")
        ? [.streamHead(), .hold] : [.answer(Self.list([], version: 5))]
    }
    defer { server.stop() }
    _ = await run(server) { _ in server.requests.count > 1 }
    let target = try #require(server.requests.last?.target)
    let seconds = target.split(separator: "timeoutSeconds=").last.flatMap { Int($0) }
    #expect((300...600).contains(try #require(seconds)))
  }

  @Test func aServerThatKnowsFewerVersionsThanBeforeIsListedAnew() async throws {
    let future =
      #"{"kind":"Status","code":504,"reason":"Timeout","message":"Timeout","details":{"causes":"#
      + #"[{"reason":"ResourceVersionTooLarge","message":"Too large resource version: 5"}]}}"#
    let lists = Shared(0)
    let server = try ScriptedServer { request in
      guard request.target.contains("watch=") else {
        let version = lists.change { lists in
          lists += 1
          return lists == 1 ? 5 : 2
        }
        return [.answer(Self.list([], version: version))]
      }
      return request.target.contains("resourceVersion=5")
        ? [.answer(future, status: 504)] : [.streamHead(), .hold]
    }
    defer { server.stop() }
    let log = await run(server) { $0.contains("replaced 0 at 2") }
    #expect(log == ["listed 0 at 5", "replaced 0 at 2"])
  }

  @Test func aStreamingListIsDeliveredAtOnceAndFollowed() async throws {
    let bookmark =
      #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"8","annotations":"#
      + #"{"k8s.io/initial-events-end":"true"}}}}"# + "\n"
    let server = try ScriptedServer { request in
      request.target.contains("sendInitialEvents=true&resourceVersionMatch=NotOlderThan")
        ? [
          .streamHead(), .chunk(Self.event("ADDED", "a", 5) + Self.event("ADDED", "b", 6)),
          .chunk(bookmark), .cut,
        ]
        : [.streamHead(), .chunk(Self.event("ADDED", "c", 9)), .hold]
    }
    defer { server.stop() }
    let log = await run(server, mode: .initialEvents) { $0.contains("changes +c") }
    #expect(log == ["replaced 2 at 8", "waiting", "changes +c"])
    #expect(server.requests.last?.target.contains("resourceVersion=8") == true)
  }

  @Test func aStreamingListHasATurnUntilItsObjectsHaveCome() async throws {
    let bookmark =
      #"{"type":"BOOKMARK","object":{"metadata":{"resourceVersion":"8","annotations":"#
      + #"{"k8s.io/initial-events-end":"true"}}}}"# + "\n"
    let isWhole = Shared(false)
    let server = try ScriptedServer { _ in
      isWhole.value ? [.streamHead(), .chunk(bookmark), .hold] : [.streamHead(), .hold]
    }
    defer { server.stop() }
    let gate = ListGate(width: 1)
    _ = await run(server, mode: .initialEvents, gate: gate) { _ in
      guard server.requests.count == 1 else { return false }
      Task { await gate.turn(priority: 0).end() }
      return true
    }
    #expect(await eventually { gate.waiterCount == 0 })
    isWhole.change { $0 = true }
    let watching = Task {
      await run(server, mode: .initialEvents, gate: gate) { _ in Task.isCancelled }
    }
    #expect(await eventually { server.requests.count >= 2 })
    // It follows its objects for ever, and yet somebody else may list.
    await gate.turn(priority: 0).end()
    watching.cancel()
    _ = await watching.value
  }

  @Test func aServerWithoutStreamingListsIsAskedForAnOrdinaryOne() async throws {
    let refusal = #"{"kind":"Status","code":422,"reason":"Invalid","message":"forbidden"}"#
    let server = try ScriptedServer { request in
      if request.target.contains("sendInitialEvents") { return [.answer(refusal, status: 422)] }
      return request.target.contains("watch=")
        ? [.streamHead(), .hold] : [.answer(Self.list(["a"], version: 5))]
    }
    defer { server.stop() }
    let log = await run(server, mode: .initialEvents) { $0.contains("listed 1 at 5") }
    #expect(log == ["listed 1 at 5"])
  }

  @Test func aPageThatBreaksOffIsAskedForAgainAndDeliveredOnce() async throws {
    let pages = Shared(0)
    let server = try ScriptedServer { request in
      guard !request.target.contains("watch=") else { return [.streamHead(), .hold] }
      guard request.target.contains("continue=") else {
        return [.answer(Self.list(["a", "b"], version: 5, token: "t"))]
      }
      let isFirst = pages.change { pages in
        pages += 1
        return pages == 1
      }
      let page = Self.list(["c", "d"], version: 5)
      return isFirst
        ? [.streamHead(), .chunk(String(page.dropLast(5))), .cut] : [.answer(page)]
    }
    defer { server.stop() }
    let log = await run(server) { $0.contains { $0.hasPrefix("listed") } }
    #expect(log == ["listing 2/3", "waiting", "listed 4 at 5"])
  }

  @Test func aFirstListIsToldAsItComesAndALaterOneAtOnce() async throws {
    let many = (0..<1200).map { "pod-\($0)" }
    let server = try ScriptedServer { request in
      request.target.contains("watch=")
        ? [.streamHead(), .chunk(Self.expired), .lastChunk]
        : [.answer(Self.list(many, version: 5))]
    }
    defer { server.stop() }
    let parts = Shared(0)
    let later = Shared(0)
    let reflector = Reflector(
      client: KubernetesClient(
        ClusterConnection(contextName: "test", server: server.url),
        eventLoop: eventLoop,
        userAgent: "kpatrol/test"
      ),
      resource: .pods,
      namespace: nil
    )
    let task = Task {
      await reflector.run { event in
        switch event {
        case .part(let objects, let startsList):
          #expect(startsList == (parts.value == 0))
          parts.change { $0 += objects.count }
        case .replaced(let objects, _): later.change { $0 = objects.count }
        default: break
        }
      }
    }
    #expect(await eventually { later.value > 0 })
    task.cancel()
    await task.value
    #expect(parts.value == 1200)
    #expect(later.value == 1200)
  }

  @Test func nonsenseIsResumedFromTheLastGoodVersion() async throws {
    let server = try ScriptedServer { request in
      guard request.target.contains("watch=") else { return [.answer(Self.list([], version: 5))] }
      return request.target.contains("resourceVersion=5")
        ? [.streamHead(), .chunk(Self.event("ADDED", "a", 6) + "nonsense\n"), .hold]
        : [.streamHead(), .chunk(Self.event("ADDED", "b", 7)), .hold]
    }
    defer { server.stop() }
    let log = await run(server) { $0.contains("changes +b") }
    #expect(log == ["listed 0 at 5", "changes +a", "waiting", "changes +b"])
  }

  @Test(
    "Refusals are told",
    arguments: [("066", "forbidden"), ("064", "signed out"), ("078", "waiting")]
  )
  func refusals(number: String, expected: String) async throws {
    let exchange = try RecordedExchange(number)
    let status = exchange.statusLine.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    let server = try ScriptedServer { _ in [.answer(exchange.body, status: status ?? 0)] }
    defer { server.stop() }
    let log = await run(server) { $0.contains(expected) }
    #expect(log.first == expected)
  }

  @Test func aSlowReceiverSlowsTheServer() async throws {
    let events = (6..<40_006).map { Self.event("MODIFIED", "pod-\($0)", $0) }.joined()
    let server = try ScriptedServer { request in
      request.target.contains("watch=")
        ? [.streamHead(), .chunk(events), .chunk(events), .chunk(events), .chunk(events), .hold]
        : [.answer(Self.list([], version: 5))]
    }
    defer { server.stop() }
    let connection = ClusterConnection(contextName: "test", server: server.url)
    let reflector = Reflector(
      client: KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol/test"),
      resource: .pods,
      namespace: nil
    )
    let (gate, opener) = AsyncStream.makeStream(of: Void.self)
    let task = Task {
      await reflector.run { event in
        guard case .changes = event else { return }
        for await _ in gate {}  // Takes the first changes and then never comes back.
      }
    }
    var last = -1
    #expect(
      await eventually {
        defer { last = server.sentBytes }
        try? await Task.sleep(for: .milliseconds(200))
        return server.sentBytes == last && last > 1000
      }
    )
    #expect(server.sentBytes < events.utf8.count * 4)
    opener.finish()
    task.cancel()
    await task.value
  }
}

import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct WatchTests {
  private func lines(_ bytes: [UInt8]?) throws -> [JSONValue] {
    try (bytes ?? []).split(separator: UInt8(ascii: "\n")).map { try JSONValue(parsing: Array($0)) }
  }

  private func types(_ lines: [JSONValue]) -> [String] {
    lines.compactMap { $0["type"]?.stringValue }
  }

  private func version(_ test: TestServer) -> UInt64 { test.registry.store.version }

  @Test func changesComeInOrder() async throws {
    let test = try TestServer()
    let start = version(test)
    try await test.createPod("one", node: "node-1")
    _ = try await test.send(
      "PATCH",
      "/api/v1/namespaces/shop/pods/one",
      ["metadata": ["labels": ["a": "b"]]],
      type: "application/merge-patch+json"
    )
    _ = try await test.send("DELETE", "/api/v1/namespaces/shop/pods/one?gracePeriodSeconds=0")
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=true&resourceVersion=\(start)&timeoutSeconds=0"
    )
    let events = try answer.lines()
    #expect(types(events) == ["ADDED", "MODIFIED", "DELETED"])
    let versions = events.compactMap {
      $0["object"]?[path: "metadata", "resourceVersion"]?.stringValue.flatMap(UInt64.init)
    }
    #expect(versions == [start + 1, start + 2, start + 3])
    #expect(events[0]["object"]?["kind"] == "Pod")
    // The last state comes under the version of the deletion.
    #expect(events[2]["object"]?[path: "metadata", "labels", "a"] == "b")
  }

  @Test func aWatchWaitsForNews() async throws {
    let test = try TestServer()
    let source = try #require(
      await test.watch("/api/v1/pods?watch=1&resourceVersion=\(version(test))")
    )
    async let piece = source.next()
    try await test.createPod("one")
    #expect(types(try lines(try await piece)) == ["ADDED"])
  }

  @Test func noVersionBeginsWithWhatIsThere() async throws {
    let test = try TestServer()
    try await test.createPod("one")
    try await test.createPod("two", namespace: "payments")
    for version in ["", "&resourceVersion=0"] {
      let answer = try await test.send(
        "GET",
        "/api/v1/namespaces/shop/pods?watch=true&timeoutSeconds=0\(version)"
      )
      #expect(types(try answer.lines()) == ["ADDED"])
    }
  }

  @Test func aStreamingListEndsWithItsBookmark() async throws {
    let recording = try Recording("060")
    let test = try TestServer()
    try await test.createPod("one")
    let source = try #require(
      await test.watch(recording.target.replacing("timeoutSeconds=3", with: "timeoutSeconds=60"))
    )
    let events = try lines(try await source.next())
    #expect(types(events) == ["ADDED", "BOOKMARK"])
    let end = events[1]["object"]?[path: "metadata", "annotations", "k8s.io/initial-events-end"]
    #expect(end == "true")
  }

  @Test func aWatchEndsWithABookmarkOfThePresent() async throws {
    let recording = try Recording("058")
    let recorded = try #require(recording.answer.split(separator: "\n").last)
    let test = try TestServer()
    try await test.createPod("one")
    let start = version(test)
    _ = try await test.send("POST", "/api/v1/namespaces/shop/configmaps", Sample.configMap("other"))
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=\(start)&timeoutSeconds=0"
    )
    let events = try answer.lines()
    #expect(types(events) == ["BOOKMARK"])
    #expect(Shape(events[0]) == Shape(try JSONValue(parsing: Array(recorded.utf8))))
    #expect(
      events[0]["object"]?[path: "metadata", "resourceVersion"]?.stringValue
        == String(version(test))
    )
  }

  @Test func bookmarksComeAtTheirInterval() async throws {
    let test = try TestServer(bookmarks: BookmarkTiming(interval: .milliseconds(20)))
    let source = try #require(
      await test.watch(
        "/api/v1/pods?watch=1&resourceVersion=\(version(test))&allowWatchBookmarks=true"
      )
    )
    try await test.createPod("one")
    #expect(types(try lines(try await source.next())) == ["ADDED"])
    #expect(types(try lines(try await source.next())) == ["BOOKMARK"])
    #expect(types(try lines(try await source.next())) == ["BOOKMARK"])
  }

  @Test func aBookmarkThatTellsNothingNewIsNotSent() async throws {
    let test = try TestServer()
    let start = version(test)
    try await test.createPod("one")
    // What is told of the past is where the watch begins; only what comes later makes a bookmark.
    let target =
      "/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=\(start)&timeoutSeconds=0"
    #expect(types(try await test.send("GET", target).lines()) == ["ADDED"])
    let request = APIRequest("GET", target, headers: ["Authorization": "Bearer secret"])
    let answer = try await test.send(request) {
      try test.world.put(Sample.node("node-1", number: 1), in: .nodes)
    }
    #expect(types(try answer.lines()) == ["ADDED", "BOOKMARK"])
  }

  @Test("The last bookmark comes two seconds before the end", arguments: [(1, 0), (3, 1)])
  func lastBookmark(seconds: Int, bookmarks: Int) async throws {
    let test = try TestServer(bookmarks: BookmarkTiming())
    let target =
      "/api/v1/pods?watch=1&allowWatchBookmarks=true&resourceVersion=\(version(test))"
      + "&timeoutSeconds=\(seconds)"
    let request = APIRequest("GET", target, headers: ["Authorization": "Bearer secret"])
    let answer = try await test.send(request) {
      try test.world.put(Sample.node("node-1", number: 1), in: .nodes)
    }
    #expect(types(try answer.lines()) == Array(repeating: "BOOKMARK", count: bookmarks))
  }

  @Test func aSelectorTurnsChangesIntoComingAndGoing() async throws {
    let test = try TestServer()
    let start = version(test)
    try await test.createPod("one", labels: ["tier": "web"])
    for tier in ["store", "web", "web"] {
      _ = try await test.send(
        "PATCH",
        "/api/v1/namespaces/shop/pods/one",
        ["metadata": ["labels": ["tier": .string(tier), "n": .string(String(version(test)))]]],
        type: "application/merge-patch+json"
      )
    }
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=1&resourceVersion=\(start)&timeoutSeconds=0&labelSelector=tier%3Dweb"
    )
    #expect(types(try answer.lines()) == ["ADDED", "DELETED", "ADDED", "MODIFIED"])
  }

  @Test func metadataAloneIsWatchedAsSuch() async throws {
    let test = try TestServer()
    let start = version(test)
    try await test.createPod("one")
    let answer = try await test.send(
      "GET",
      "/api/v1/pods?watch=1&resourceVersion=\(start)&timeoutSeconds=0&allowWatchBookmarks=1",
      accept: "application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1"
    )
    let events = try answer.lines()
    #expect(events.allSatisfy { $0["object"]?["kind"] == "PartialObjectMetadata" })
    #expect(events[0]["object"]?["spec"] == nil)
  }

  @Test func aSlowReaderLosesNothingUntilItsVersionIsForgotten() async throws {
    let test = try TestServer(historyLimit: 10)
    let source = try #require(
      await test.watch("/api/v1/pods?watch=1&resourceVersion=\(version(test))")
    )
    for number in 0..<10 { try await test.createPod("pod-\(number)") }
    #expect(types(try lines(try await source.next())).count == 10)
    for number in 10..<30 { try await test.createPod("pod-\(number)") }
    let events = try lines(try await source.next())
    #expect(types(events) == ["ERROR"])
    #expect(events[0]["object"]?["code"] == 410)
    #expect(try await source.next() == nil)
  }

  @Test func aWatchAtThePresentSurvivesACompactionOfOthers() async throws {
    let test = try TestServer()
    try await test.createPod("one")
    test.registry.store.forgetHistory()
    let source = try #require(
      await test.watch("/api/v1/pods?watch=1&resourceVersion=\(version(test))")
    )
    try await test.createPod("two")
    #expect(types(try lines(try await source.next())) == ["ADDED"])
  }

  @Test func anOpenWatchGoesOnThroughACompaction() async throws {
    let test = try TestServer()
    let start = version(test)
    let source = try #require(await test.watch("/api/v1/pods?watch=1&resourceVersion=\(start)"))
    try await test.createPod("one")
    #expect(types(try lines(try await source.next())) == ["ADDED"])
    test.registry.store.forgetHistory()
    try await test.createPod("two")
    #expect(types(try lines(try await source.next())) == ["ADDED"])
    let late = try await test.send(
      "GET",
      "/api/v1/pods?watch=1&resourceVersion=\(start)&timeoutSeconds=0"
    )
    #expect(types(try late.lines()) == ["ERROR"])
  }

  @Test func aBrokenWatchStopsInTheMiddleOfAnObject() async throws {
    let test = try TestServer()
    let source = try #require(
      await test.watch("/api/v1/pods?watch=1&resourceVersion=\(version(test))")
    )
    for watcher in test.registry.store.watchers { watcher.end(.inTheMiddle) }
    let half = try #require(try await source.next())
    #expect(throws: WireError.self) { try JSONValue(parsing: half) }
    await #expect(throws: ConnectionCut.self) { try await source.next() }
  }

  @Test func aClosedWatchIsForgotten() async throws {
    let test = try TestServer()
    do {
      let source = try #require(await test.watch("/api/v1/pods?watch=1&resourceVersion=100"))
      withExtendedLifetime(source) { #expect(test.registry.store.watchers.count == 1) }
    }
    #expect(test.registry.store.watchers.isEmpty)
  }

  @Test func aVersionThatIsNoNumberIsRefused() async throws {
    let test = try TestServer()
    #expect(try await test.send("GET", "/api/v1/pods?watch=1&resourceVersion=x").status == 400)
  }

  @Test func aWatchThatWantsNoInitialEventsBeginsNow() async throws {
    let test = try TestServer()
    try await test.createPod("a")
    let watch = try #require(
      await test.watch(
        "/api/v1/pods?watch=true&sendInitialEvents=false&resourceVersionMatch=NotOlderThan"
      )
    )
    try await test.createPod("b")
    let news = String(decoding: try await watch.next() ?? [], as: UTF8.self)
    #expect(news.contains("\"name\":\"b\"") && !news.contains("\"name\":\"a\""))
  }
}

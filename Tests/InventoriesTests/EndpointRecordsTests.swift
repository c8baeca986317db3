import Foundation
import HTTP
import KubernetesObjects
import TestServers
import Testing
import UserConfiguration

@testable import Inventories

/// Endpoints as they may answer, well or badly.
@Suite(.fewAtOnce) struct EndpointRecordsTests {
  private static func records(
    _ server: ScriptedServer,
    _ eventLoop: EventLoop,
    _ change: (inout InventorySource) -> Void = { _ in }
  ) -> EndpointRecords {
    var source = InventorySource(.url("\(server.url)/machines?site=1"))
    source.records = RecordPath(name: "items")
    source.timeout = .seconds(60)
    change(&source)
    let settings = InventorySettings(name: "cmdb", kind: .cmdb, source: source)
    return EndpointRecords(
      endpoints: [
        Endpoint(
          url: "\(server.url)/machines?site=1",
          format: .json,
          records: source.records,
          paging: source.paging,
          pageSize: source.pageSize,
          total: RecordPath(name: "total"),
          mapping: RecordMapping(settings)
        )
      ],
      settings: settings,
      token: InventoryToken(source, environment: ["PATH": "/usr/bin:/bin"]),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
  }

  private static func page(_ names: [String], _ rest: String = "") -> String {
    let items = names.map { #"{"hostname": "\#($0)"}"# }.joined(separator: ",")
    return "{\"items\": [\(items)]\(rest)}"
  }

  private static func with<Result>(
    _ handler: @escaping ScriptedServer.Handler,
    _ body: (ScriptedServer, EventLoop) async throws -> Result
  ) async throws -> Result {
    let server = try ScriptedServer(handler)
    let eventLoop = EventLoop()
    defer {
      eventLoop.shutdown()
      server.stop()
    }
    return try await body(server, eventLoop)
  }

  private static func failure(
    _ handler: @escaping ScriptedServer.Handler,
    _ change: (inout InventorySource) -> Void = { _ in }
  ) async throws -> InventoryError? {
    try await with(handler) { server, eventLoop in
      do {
        _ = try await records(server, eventLoop, change).read(since: nil)
        return nil
      } catch let error as InventoryError {
        return error
      }
    }
  }

  @Test func linksLeadFromPageToPageOnTheSameServerAlone() async throws {
    let handler: ScriptedServer.Handler = { request in
      switch request.target {
      case "/machines?site=1":
        // The server's own idea of its name is another.
        [.answer(Self.page(["a"], #", "next": "http://elsewhere.example.com/machines?page=2""#))]
      case "/machines?page=2": [.answer(Self.page(["b"], #", "next": "?page=3""#))]
      case "/machines?page=3": [.answer(Self.page(["c"], #", "next": null"#))]
      default: [.answer("", status: 404)]
      }
    }
    try await Self.with(handler) { server, eventLoop in
      let records = Self.records(server, eventLoop) { source in
        source.paging = .nextLink(RecordPath(name: "next"))
      }
      let result = try #require(try await records.read(since: nil))
      #expect(result.reading.content.machines?.machines.map(\.hostname) == ["a", "b", "c"])
    }
  }

  @Test func offsetsCountWhatCame() async throws {
    let handler: ScriptedServer.Handler = { request in
      // The server gives two at most, whatever it is asked for.
      switch request.target.split(separator: "&").dropFirst().joined(separator: "&") {
      case "n=500&skip=0": [.answer(Self.page(["a", "b"]))]
      case "n=500&skip=2": [.answer(Self.page(["c"]))]
      case "n=500&skip=3": [.answer(Self.page([]))]
      default: [.answer("", status: 400)]
      }
    }
    try await Self.with(handler) { server, eventLoop in
      let records = Self.records(server, eventLoop) { source in
        source.paging = .offset(parameter: "skip", limitParameter: "n")
      }
      let result = try #require(try await records.read(since: nil))
      #expect(result.reading.recordCount == 3)
    }
  }

  @Test func anUnchangedInventoryIsNotReadAgain() async throws {
    let version = Shared("1")
    let handler: ScriptedServer.Handler = { request in
      let tag = "\"\(version.value)\""
      if request.headers["if-none-match"] == tag {
        return [.answer("", status: 304, headers: ["ETag": tag])]
      }
      return [.answer(Self.page(["a", "b-\(version.value)"]), headers: ["ETag": tag])]
    }
    try await Self.with(handler) { server, eventLoop in
      let records = Self.records(server, eventLoop)
      let first = try #require(try await records.read(since: nil))
      #expect(first.mark.pages.map(\.entityTag) == ["\"1\""])
      #expect(try await records.read(since: first.mark) == nil)
      version.change { $0 = "2" }
      let second = try #require(try await records.read(since: first.mark))
      #expect(second.reading.content.machines?.machines.map(\.hostname) == ["a", "b-2"])
    }
  }

  @Test func theSameAnswerIsNoNewsWithoutATagEither() async throws {
    try await Self.with({ _ in [.answer(Self.page(["a"]))] }) { server, eventLoop in
      let records = Self.records(server, eventLoop)
      let first = try #require(try await records.read(since: nil))
      #expect(try await records.read(since: first.mark) == nil)
    }
  }

  @Test func theTokenIsReadEachTimeAndSentAsConfigured() async throws {
    let file = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
    defer { try? FileManager.default.removeItem(atPath: file) }
    try await Self.with({ _ in [.answer(Self.page(["a"]))] }) { server, eventLoop in
      let fromFile = Self.records(server, eventLoop) { $0.token = .file(file) }
      for token in ["one", "two"] {
        try "\(token)\n".write(toFile: file, atomically: true, encoding: .utf8)
        _ = try await fromFile.read(since: nil)
      }
      let fromCommand = Self.records(server, eventLoop) { source in
        source.token = .command(["printf", "three"])
        source.tokenScheme = "Token"
      }
      _ = try await fromCommand.read(since: nil)
      let sent = server.requests.map { $0.headers["authorization"] }
      #expect(sent == ["Bearer one", "Bearer two", "Token three"])
      #expect("\(fromCommand.token)" == "a token")
    }
  }

  @Test(
    "A token that cannot be had is told without what was read",
    arguments: [
      (
        InventorySource.Token.file("/nowhere/token"),
        "no token: /nowhere/token: there is no such file"
      ),
      (.command(["false"]), "no token: false ended with status 1"),
      (.command(["no-such-program-here"]), "no token: there is no program no-such-program-here"),
      (
        .command(["printf", "two words"]),
        "no token: what was read has blanks or characters that no token has"
      ),
      (.command(["printf", ""]), "no token: it is empty"),
    ]
  )
  func noToken(token: InventorySource.Token, message: String) async throws {
    let failure = try await Self.failure({ _ in [.answer("[]")] }) { $0.token = token }
    #expect(failure?.description == message)
  }

  @Test(
    "An answer that is none is told",
    arguments: [
      (401, "does not accept the token (401)"), (403, "does not let us read (403)"),
      (500, "answered with status 500"), (302, "leads elsewhere (302)"),
    ]
  )
  func refused(status: Int, message: String) async throws {
    let failure = try await Self.failure { _ in [.answer("no", status: status)] }
    #expect(failure?.description.contains(message) == true)
  }

  @Test func whatIsBrokenOffIsNotTakenForAll() async throws {
    let whole = Self.page((1...50).map { "node-\($0)" })
    let cut = try await Self.failure { _ in
      [.send(Array("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n\(whole)".utf8)), .cut]
    }
    guard case .noAnswer? = cut else { return #expect(Bool(false), "\(String(describing: cut))") }
    let truncated = try await Self.failure { _ in [.answer(String(whole.prefix(200)))] }
    #expect(truncated?.description.contains("page 1, line 1") == true)
    let fewer = try await Self.failure { _ in [.answer(Self.page(["a"], #", "total": 2"#))] }
    #expect(fewer?.description.contains("1 of 2 records came") == true)
  }

  @Test func aServerThatIsTooSlowIsGivenUp() async throws {
    let failure = try await Self.failure({ _ in [.hold] }) { $0.timeout = .milliseconds(200) }
    guard case .noAnswer(.timedOut)? = failure else {
      return #expect(Bool(false), "\(String(describing: failure))")
    }
  }

  @Test func pagesThatDoNotEndAreGivenUp() async throws {
    let circle = try await Self.failure({ _ in
      [.answer(Self.page(["a"], #", "next": "/machines?site=1""#))]
    }) { $0.paging = .nextLink(RecordPath(name: "next")) }
    #expect(circle?.description.contains("its pages do not end") == true)
    let same = try await Self.failure({ _ in [.answer(Self.page(["a"]))] }) { source in
      source.paging = .offset(parameter: "skip", limitParameter: "n")
    }
    #expect(same?.description.contains("the same page again") == true)
  }
}

import HTTP
import KubernetesObjects
import TestServers
import Testing
import UserConfiguration

@testable import Inventories

/// What an IPAM is sent when an address is released, and when nothing is sent.
@Suite(.fewAtOnce) struct AddressReleaserTests {
  private static func record(
    _ address: String = "192.0.2.77",
    cluster: String = "prod",
    state: String = "active"
  ) -> String {
    #"{"address": "\#(address)/24", "cluster": "\#(cluster)", "state": "\#(state)", "id": 17}"#
  }

  /// Releases an address at a server that reads and changes so; answers why that failed, and what came.
  private static func release(
    _ record: String = record(),
    status: Int = 200,
    changed: Int = 200,
    isUnused: Bool = true,
    _ method: ReleaseRule.Method = .patch
  ) async throws -> (error: InventoryError?, requests: [ScriptedServer.Request]) {
    let server = try ScriptedServer { request in
      request.method == "GET"
        ? [.answer(record, status: status)] : [.answer("", status: changed)]
    }
    let eventLoop = EventLoop()
    defer {
      eventLoop.shutdown()
      server.stop()
    }
    var source = InventorySource(.url("\(server.url)/addresses"))
    source.token = .text("reading")
    var settings = InventorySettings(name: "ipam", kind: .ipam, source: source)
    var release = InventorySettings.Release()
    release.method = method
    release.url = "\(server.url)/addresses/{id}"
    if method != .delete { release.body = #"{"state":"free"}"# }
    release.token = .text("writing")
    settings.release = release
    let feed = InventoryFeed(
      settings,
      eventLoop: eventLoop,
      userAgent: "kpatrol/test",
      environment: [:]
    )
    var allocation = AddressAllocation(in: "ipam")
    (allocation.cluster, allocation.id, allocation.state) = ("prod", "17", "active")
    let address = try #require(IPAddress("192.0.2.77"))
    let rule = try #require(settings.releaseRule)
    do {
      try await feed.release(try #require(AddressRelease(rule, of: address, allocation))) {
        isUnused
      }
      return (nil, server.requests)
    } catch let error as InventoryError {
      return (error, server.requests)
    }
  }

  @Test func theRecordIsReadAndThenChangedWithTheTokenForThat() async throws {
    let (error, requests) = try await Self.release()
    #expect(error == nil)
    #expect(requests.map(\.method) == ["GET", "PATCH"])
    #expect(requests.allSatisfy { $0.target == "/addresses/17" })
    #expect(requests.allSatisfy { $0.headers["authorization"] == "Bearer writing" })
    #expect(requests.last?.headers["content-type"] == "application/json")
    #expect(requests.last.map { String(decoding: $0.body, as: UTF8.self) } == #"{"state":"free"}"#)
  }

  @Test func aDeletionSendsNothing() async throws {
    let (error, requests) = try await Self.release(changed: 204, .delete)
    #expect(error == nil)
    #expect(requests.map(\.method) == ["GET", "DELETE"] && requests.last?.body == [])
  }

  @Test(
    "Nothing is sent where the record is not as it was",
    arguments: [
      (record("192.0.2.78"), "the record is not of 192.0.2.77 any more"),
      (record(cluster: "other"), "no longer says that prod has 192.0.2.77 in use"),
      (record(state: "reserved"), "no longer says that prod has 192.0.2.77 in use"),
      ("<html>", "its record of the address is no JSON: expected a value"),
    ]
  )
  func changedMeanwhile(record: String, reason: String) async throws {
    let (error, requests) = try await Self.release(record)
    #expect(try #require(error).description.contains(reason))
    #expect(requests.map(\.method) == ["GET"])
  }

  @Test func nothingIsSentWhereSomethingUsesTheAddressByNow() async throws {
    let (error, requests) = try await Self.release(isUnused: false)
    #expect(try #require(error).description.contains("something uses 192.0.2.77 now"))
    #expect(requests.map(\.method) == ["GET"])
  }

  @Test func aRecordThatIsGoneIsReleased() async throws {
    let (error, requests) = try await Self.release("", status: 404)
    #expect(error == nil && requests.map(\.method) == ["GET"])
  }

  @Test(
    "A refusal is told",
    arguments: [
      (200, 403, "the token may only read, perhaps"), (200, 405, "check release"),
      (200, 500, "answered with status 500, and did not release"),
      (403, 200, "does not let us read"),
    ]
  )
  func refused(status: Int, changed: Int, reason: String) async throws {
    let (error, _) = try await Self.release(status: status, changed: changed)
    #expect(try #require(error).description.contains(reason))
  }

  @Test(
    "What is known of NetBox is used, and what is written counts",
    arguments: [
      (nil, nil, nil, #"PATCH {"status":"deprecated"} {"status":"{state}"}"#),
      (.delete, nil, nil, "DELETE  "),
      (.patch, #"{"a":1}"#, nil, #"PATCH {"a":1} "#),
      (.patch, #"{"a":1}"#, #"{"a":2}"#, #"PATCH {"a":1} {"a":2}"#),
    ] as [(ReleaseRule.Method?, String?, String?, String)]
  )
  func netBox(
    method: ReleaseRule.Method?,
    body: String?,
    undo: String?,
    expected: String
  ) throws {
    var settings = InventorySettings(
      name: "n",
      kind: .ipam,
      source: InventorySource(.netBox("https://n.example.com/"))
    )
    #expect(settings.releaseRule == nil)
    var release = InventorySettings.Release()
    (release.method, release.body, release.undo) = (method, body, undo)
    settings.release = release
    var rule = try #require(settings.releaseRule)
    #expect(rule.url == "https://n.example.com/api/ipam/ip-addresses/{id}/")
    #expect("\(rule.method.rawValue) \(rule.body) \(rule.undo)" == expected)
    #expect(rule.tokenScheme.isEmpty)
    settings.source.token = .file("/t")
    rule = try #require(settings.releaseRule)
    #expect(rule.tokenScheme == "Token")
  }
}

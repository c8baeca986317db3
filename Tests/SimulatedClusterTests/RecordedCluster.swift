import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

/// The world of the recorded lists, on a server of ours.
struct RecordedCluster {
  let test: TestServer

  /// The recorded lists, definitions before their instances.
  private static let lists = ["042"] + (12...48).map { String(format: "%03d", $0) }

  /// The Pods and Nodes as they were when the protobuf answers were recorded.
  private static let laterLists =
    ["042", "244", "245"] + (14...48).map { String(format: "%03d", $0) }

  private static let objects = objects(lists)
  static let laterObjects = objects(laterLists)

  private static func objects(_ lists: [String]) -> [JSONValue] {
    lists.flatMap(objects)
  }

  private static func objects(_ number: String) -> [JSONValue] {
    let list = try? Recording(number).json
    let kind = list?["kind"]?.stringValue?.dropLast("List".count) ?? ""
    return (list?["items"]?.arrayValue ?? []).map { item in
      var object = item
      object["apiVersion"] = list?["apiVersion"]
      object["kind"] = .string(String(kind))
      return object
    }
  }

  /// The version of each object that is known as JSON, by its uid: what is not of it was changed between recordings.
  static let versions = Dictionary(
    laterObjects.map { object in
      (
        object[path: "metadata", "uid"]?.stringValue ?? "",
        object[path: "metadata", "resourceVersion"]?.stringValue ?? ""
      )
    },
    uniquingKeysWith: { first, _ in first }
  )

  /// The world of the JSON answers, or the later one of the protobuf answers.
  init(isLater: Bool = false) throws {
    test = try TestServer(namespaces: [])
    test.server.access.admit(AccessTests.viewer, token: "viewer")
    var seen: Set<String> = []
    for object in isLater ? Self.laterObjects : Self.objects {
      let apiVersion = object["apiVersion"]?.stringValue ?? ""
      let kind = object["kind"]?.stringValue ?? ""
      let catalogue = Catalogue(registry: test.registry)
      let resource = try #require(
        catalogue.resource(apiVersion: apiVersion, kind: kind),
        "\(kind) of \(apiVersion) is not served."
      )
      let uid = object[path: "metadata", "uid"]?.stringValue ?? ""
      guard seen.insert("\(kind) \(uid)").inserted else { continue }
      try test.registry.insert(object, in: resource)
    }
    // Of the roles only a page was recorded; there were more behind it.
    try test.registry.insert(["metadata": ["name": "zoo-keeper"], "rules": []], in: .clusterRoles)
  }

  /// What a server of ours answers to the recorded request.
  func answer(_ number: String, _ recording: Recording) async throws -> TestServer.Answer {
    let request = try await request(number, recording)
    return try await test.send(request) {
      // What these tell happened while they watched.
      if ["058", "240"].contains(number) { try replay(try Recording("058").lines) }
    }
  }

  /// The recorded request, as it can be sent to a server that has other tokens and versions.
  private func request(_ number: String, _ recording: Recording) async throws -> APIRequest {
    var headers = recording.headers
    if headers["Authorization"] != nil {
      headers["Authorization"] = "Bearer \(Self.tokens[number] ?? "secret")"
    }
    var target = recording.target.replacing(/timeoutSeconds=\d+/, with: "timeoutSeconds=0")
    switch number {
    case "054":
      let page = try await test.get("/api/v1/pods?limit=3")
      let token = try #require(page[path: "metadata", "continue"]?.stringValue)
      target = "/api/v1/pods?limit=3&continue=\(token)"
    case "058", "240":
      target.replace(/resourceVersion=\d+/, with: "resourceVersion=\(test.registry.store.version)")
    case "061":
      for pod in test.registry.objects(.pods) { test.world.remove(ObjectAddress(pod)) }
      target.replace(/resourceVersion=\d+/, with: "resourceVersion=\(test.registry.store.version)")
      try replay(try recording.lines)
    case "098":
      let deletion = try Recording("097")
      _ = try await test.send("DELETE", deletion.target)
    case "100":
      test.registry.store.forgetHistory()
      target.replace(/resourceVersion=\d+/, with: "resourceVersion=101")
    default:
      break
    }
    return APIRequest(recording.method, target, headers: headers, body: recording.body)
  }

  /// Does again what the events of a recorded watch tell of.
  private func replay(_ events: [JSONValue]) throws {
    for event in events {
      guard let object = event["object"] else { continue }
      let address = ObjectAddress(
        .pods,
        namespace: object[path: "metadata", "namespace"]?.stringValue ?? "",
        name: object[path: "metadata", "name"]?.stringValue ?? ""
      )
      switch event["type"]?.stringValue {
      case "ADDED": try test.registry.insert(object, in: .pods)
      case "MODIFIED": try test.registry.store.change(.pods, at: address.path) { _ in .put(object) }
      case "DELETED": test.world.remove(address)
      default: break
      }
    }
  }

  private static let tokens = [
    "063": "viewer", "064": "wrong", "066": "viewer", "067": "viewer", "090": "viewer",
    "091": "viewer", "092": "viewer", "099": "viewer",
  ]
}

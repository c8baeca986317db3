import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

/// Sends the requests of the recorded protobuf answers to a server of ours with the recorded world.
@Suite struct ProtobufWalkTests {
  static let numbers = (201...242).map(String.init)

  /// Lists of which every object was changed between the recording of its JSON and that of its protobuf.
  private static let changed: Set = ["213", "214", "223", "224", "233", "236"]

  @Test("An answer has the recorded status, headers and structure", arguments: numbers)
  func exchange(number: String) async throws {
    let recording = try Recording(number)
    let cluster = try RecordedCluster(isLater: true)
    let answer = try await cluster.answer(number, recording)
    var differences: [String] = []
    if answer.status != recording.status {
      differences.append("status: \(answer.status) instead of \(recording.status)")
    }
    differences += RecordedWalkTests.headers(answer, recording)
    if differences.isEmpty { differences += try structure(answer, recording) }
    #expect(differences.isEmpty, "\(recording.target): \(differences)")
  }

  private func structure(_ answer: TestServer.Answer, _ recording: Recording) throws -> [String] {
    let type = recording.contentType
    guard type.hasPrefix(ProtobufEnvelope.mediaType) else {
      return Differences(try answer.json(), try recording.json).texts
    }
    let tree = ProtobufTree()
    if type.hasSuffix("stream=watch") {
      let own = try tree.events(answer.bytes)
      let recorded = try tree.events(recording.answerBytes)
      return Differences(own, recorded).texts + kinds(own, recorded)
    }
    let own = try tree.object(answer.bytes)
    let recorded = try tree.object(recording.answerBytes)
    return [
      own.kind == recorded.kind ? [] : ["kind: \(own.kind)"],
      own.apiVersion == recorded.apiVersion ? [] : ["apiVersion: \(own.apiVersion)"],
      Differences(own.tree["1"] ?? .null, recorded.tree["1"] ?? .null).texts,
      items(own, recorded),
    ].flatMap(\.self)
  }

  /// Where the items differ of which the JSON was recorded in the same version.
  private func items(_ own: ProtobufTree.Object, _ recorded: ProtobufTree.Object) -> [String] {
    guard own.kind.hasSuffix("List") else { return Differences(own.tree, recorded.tree).texts }
    func byUID(_ object: ProtobufTree.Object) -> [String: JSONValue] {
      let items = object.tree["2"]?.arrayValue ?? []
      return Dictionary(
        items.map { ($0["1"]?["5"]?.stringValue ?? "", $0) },
        uniquingKeysWith: { first, _ in first }
      )
    }
    let ours = byUID(own)
    return byUID(recorded).flatMap { uid, item -> [String] in
      let version = item["1"]?["6"]?.stringValue
      guard RecordedCluster.versions[uid] == version else { return [] }
      guard let mine = ours[uid] else { return ["\(uid): missing"] }
      return Differences(mine, item).texts
    }
  }

  /// Where the types of events, or the kinds of their objects, differ.
  private func kinds(_ own: JSONValue, _ recorded: JSONValue) -> [String] {
    let pairs = zip(own.arrayValue ?? [], recorded.arrayValue ?? [])
    return pairs.filter { $0["type"] != $1["type"] || $0["kind"] != $1["kind"] }.map { "\($0)" }
  }

  @Test(
    "The recorded JSON is encoded as the recorded bytes",
    arguments: numbers.filter { (201...236).contains(Int($0) ?? 0) }
  )
  func bytes(number: String) throws {
    let recording = try Recording(number)
    let recorded = try ProtobufTree().object(recording.answerBytes)
    let index = try #require(
      ProtobufSchema.shared.index(of: recorded.message(named: recorded.kind.dropLast(4)))
    )
    let items = try ProtobufTree().messages(recorded.message, 2)
    var compared = 0
    for object in RecordedCluster.laterObjects
    where object["kind"]?.stringValue == String(recorded.kind.dropLast(4))
      && object["apiVersion"]?.stringValue == recorded.apiVersion
    {
      let version = object[path: "metadata", "resourceVersion"]?.stringValue ?? "-"
      let uid = object[path: "metadata", "uid"]?.stringValue ?? "-"
      let bytes = ProtobufEncoder.encode(object.encoded(), as: index)
      let same = items.first { item in
        item.firstRange(of: Array(uid.utf8) + [0x32, UInt8(version.utf8.count)] + version.utf8)
          != nil
      }
      guard let same else { continue }
      compared += 1
      #expect(Array(same) == bytes, "\(uid)")
    }
    #expect(compared > 0 || items.isEmpty || Self.changed.contains(number))
  }

  @Test func aPageGoesOnWhereTheOneBeforeEnded() async throws {
    let cluster = try RecordedCluster(isLater: true)
    let accept = ProtobufEnvelope.mediaType
    var names: [String] = []
    var token = ""
    repeat {
      let target = "/api/v1/pods?limit=3\(token)"
      let answer = try await cluster.test.send("GET", target, accept: accept)
      let tree = try ProtobufTree().object(answer.bytes).tree
      names += (tree["2"]?.arrayValue ?? []).compactMap { $0["1"]?["1"]?.stringValue }
      token = tree["1"]?["3"]?.stringValue.map { $0.isEmpty ? "" : "&continue=\($0)" } ?? ""
    } while !token.isEmpty
    #expect(names == cluster.test.registry.objects(.pods).map(\.name))
  }
}

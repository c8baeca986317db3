import Foundation
import ObjectBuilders
import Testing
import WireFormats

@testable import KubernetesObjects

/// Both encodings of what a real API server sent give the same records.
@Suite struct ProtobufTests {
  private let decoder = ObjectDecoder()

  private func page(
    _ number: String,
    _ encoding: WireEncoding,
    of resource: APIResource
  ) throws -> ListPage {
    let body = try RecordedExchange(number).body
    return try ListPage(
      decoding: body.span.bytes,
      encoding: encoding,
      of: resource,
      decoder: decoder
    )
  }

  @Test(arguments: [("201", "244", APIResource.pods), ("202", "245", .nodes)])
  func bothEncodingsOfTheRecordedWorldGiveEqualRecords(
    protobuf: String,
    json: String,
    resource: APIResource
  ) throws {
    let left = try page(protobuf, .protobuf, of: resource)
    let right = try page(json, .json, of: resource)
    #expect(!left.objects.isEmpty && left.objects.count == right.objects.count)
    #expect(left.metadata.resourceVersion == "407")
    for (left, right) in zip(left.objects, right.objects) {
      #expect(left.resourceVersion == right.resourceVersion)
      #expect(left.record.isEqual(to: right.record), "\(left.record) and \(right.record)")
    }
  }

  @Test(arguments: [("pods-500", APIResource.pods, 500), ("nodes-200", .nodes, 200)])
  func bothEncodingsOfABigClusterGiveEqualRecords(
    name: String,
    resource: APIResource,
    count: Int
  ) throws {
    let protobuf = try unpacked("\(name).pb.gz")
    let json = try unpacked("\(name).json.gz")
    let left = try ListPage(
      decoding: protobuf.span.bytes,
      encoding: .protobuf,
      of: resource,
      decoder: decoder
    )
    let right = try ListPage(
      decoding: json.span.bytes,
      of: resource,
      decoder: decoder
    )
    #expect(left.objects.count == count && right.objects.count == count)
    let pairs = zip(left.objects, right.objects)
    #expect(pairs.allSatisfy { $0.record.metadata.name == $1.record.metadata.name })
    #expect(pairs.allSatisfy { $0.record.isEqual(to: $1.record) })
  }

  private func unpacked(_ name: String) throws -> [UInt8] {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "RecordedTraffic/large/\(name)")
    let process = Process()
    let output = Pipe()
    process.executableURL = URL(filePath: "/bin/gzip")
    process.arguments = ["-dc", file.path]
    process.standardOutput = output
    try process.run()
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    return bytes
  }

  @Test("A list is the same in pieces of any size", arguments: [1, 2, 3, 7, 64, 1000, 100_000])
  func pieces(size: Int) throws {
    let body = try RecordedExchange("201").body
    let whole = try page("201", .protobuf, of: .pods)
    var list = ListDecoder(of: .pods, encoding: .protobuf, decoder: decoder)
    var objects: [ObjectSnapshot] = []
    var rest = body[...]
    while !rest.isEmpty {
      objects += try list.append(Array(rest.prefix(size)))
      rest = rest.dropFirst(size)
    }
    objects += try list.finish()
    #expect(list.metadata == whole.metadata)
    #expect(objects.count == whole.objects.count)
    for (left, right) in zip(objects, whole.objects) {
      #expect(left.record.isEqual(to: right.record))
    }
  }

  @Test func aListThatIsCutIsAnError() throws {
    let body = try RecordedExchange("201").body
    // Behind the list's own message stand two empty fields of the envelope, four bytes.
    for length in 0..<body.count - 4 {
      var list = ListDecoder(of: .pods, encoding: .protobuf, decoder: decoder)
      #expect(throws: WireError.self) {
        _ = try list.append(Array(body.prefix(length)))
        _ = try list.finish()
      }
    }
  }

  @Test func damagedListsAreReadOrRefusedAndNeverCrash() throws {
    let body = try RecordedExchange("201").body
    var random = SeededGenerator(seed: 3)
    for _ in 0..<300 {
      var bytes = body
      for _ in 0..<Int.random(in: 1...20, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      var list = ListDecoder(of: .pods, encoding: .protobuf, decoder: decoder)
      _ = try? list.append(bytes)
      _ = try? list.finish()
    }
  }

  @Test func metadataAloneIsReadFromProtobuf() throws {
    let whole = try page("201", .protobuf, of: .pods)
    let services = APIResource(
      kind: ObjectKind("Service"),
      version: "v1",
      plural: "services",
      isNamespaced: true
    )
    // The same bytes, read as a kind of which only the metadata is kept.
    let partial = try page("238", .protobuf, of: services)
    #expect(
      partial.objects.map(\.record.metadata) == whole.objects.map(\.record.metadata)
    )
  }

  @Test(arguments: [
    (
      "240",
      [
        "added newborn", "modified newborn", "modified newborn", "modified newborn",
        "deleted newborn", "bookmark false",
      ]
    ),
    (
      "241",
      [
        "added bare", "added cart-64fc7b9969-4rxxt", "added cart-64fc7b9969-6kftj",
        "added cart-64fc7b9969-9qf4w", "added cart-c8d757df5-hwbrl", "added crashing",
        "bookmark true",
      ]
    ),
  ])
  func watchesAreFramesOfEvents(number: String, expected: [String]) throws {
    var framer = LengthFramer(maximumFrameBytes: 1 << 20)
    framer.append(try RecordedExchange(number).body)
    var kinds: [String] = []
    while let frame = framer.nextFrame() {
      let event = try WatchEvent(
        decoding: frame.span.bytes,
        encoding: .protobuf,
        of: .pods,
        decoder: decoder
      )
      switch event {
      case .added(let pod): kinds.append("added \(pod.record.metadata.name)")
      case .modified(let pod): kinds.append("modified \(pod.record.metadata.name)")
      case .deleted(let pod): kinds.append("deleted \(pod.record.metadata.name)")
      case .elsewhere(let version): kinds.append("elsewhere \(version)")
      case .bookmark(_, let endsInitialEvents): kinds.append("bookmark \(endsInitialEvents)")
      case .error(let status): kinds.append("error \(status.code)")
      }
    }
    #expect(framer.pendingBytes == 0)
    #expect(kinds == expected)
  }

  @Test func refusalsAreReadFromProtobuf() throws {
    let body = try RecordedExchange("242").body
    let status = try APIStatus(decoding: body.span.bytes, encoding: .protobuf)
    #expect(status.code == 404)
    #expect(status.reason == "NotFound")
    #expect(status.message == "pods \"none\" not found")
  }
}

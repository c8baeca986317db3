import KubernetesObjects
import ObjectBuilders
import Testing
import WireFormats

@Suite struct ListDecoderTests {
  private static func decoded(
    _ bytes: [UInt8],
    pieces: (inout SeededGenerator) -> Int,
    of resource: APIResource = .pods
  ) throws(WireError) -> (objects: [ObjectSnapshot], metadata: ListMetadata, mostKept: Int) {
    var random = SeededGenerator(seed: 1)
    var decoder = ListDecoder(of: resource, encoding: .json, decoder: ObjectDecoder())
    var objects: [ObjectSnapshot] = []
    var rest = bytes[...]
    var mostKept = 0
    while !rest.isEmpty {
      let piece = rest.prefix(max(1, pieces(&random)))
      objects += try decoder.append(Array(piece))
      mostKept = max(mostKept, decoder.pendingBytes)
      rest = rest.dropFirst(piece.count)
    }
    objects += try decoder.finish()
    return (objects, decoder.metadata, mostKept)
  }

  @Test("A list is the same in pieces of any size", arguments: [1, 2, 3, 7, 64, 1000, 100_000])
  func pieces(size: Int) throws {
    let body = try RecordedExchange("012").body
    let whole = try ListPage(decoding: body.span.bytes, of: .pods, decoder: ObjectDecoder())
    let decoded = try Self.decoded(body) { _ in size }
    #expect(decoded.metadata == whole.metadata)
    #expect(decoded.objects.map(\.resourceVersion) == whole.objects.map(\.resourceVersion))
    for (left, right) in zip(decoded.objects, whole.objects) {
      #expect(left.record.isEqual(to: right.record))
    }
  }

  @Test func noMoreIsKeptThanTheObjectThatIsNotWhole() throws {
    let body = try RecordedExchange("012").body
    let decoded = try Self.decoded(body) { Int.random(in: 1...512, using: &$0) }
    #expect(decoded.objects.count == 7)
    // The largest Pod of the list has about 3 KB, and reading on is put off up to twice that.
    #expect(decoded.mostKept < 8 << 10)
    #expect(body.count > 16 << 10)
  }

  @Test("Members come in any order, and null is an empty list")
  func order() throws {
    let sorted =
      #"{"apiVersion":"v1","items":[{"metadata":{"name":"a"}}, {"metadata":{"name":"b"}}],"#
      + #""kind":"List","metadata":{"resourceVersion":"7","continue":"t"},"extra":12}"#
    let decoded = try Self.decoded(Array(sorted.utf8)) { _ in 1 }
    #expect(decoded.objects.map(\.record.metadata.name) == ["a", "b"])
    #expect(decoded.metadata.resourceVersion == "7")
    #expect(decoded.metadata.continueToken == "t")
    let empty = #"{"items":null,"metadata":{"resourceVersion":"8"}}"#
    #expect(try Self.decoded(Array(empty.utf8)) { _ in 1 }.objects.isEmpty)
  }

  @Test func everyBeginningOfAListIsTooShort() throws {
    let list = Array(#"{"metadata":{"resourceVersion":"7"},"items":[{"metadata":{}}]}"#.utf8)
    for length in list.indices {
      #expect(throws: WireError.unexpectedEnd(offset: length)) {
        try Self.decoded(Array(list.prefix(length))) { _ in 5 }
      }
    }
  }

  @Test func anErrorTellsItsPlaceInTheWholeList() throws {
    let list = #"{"items":[{"metadata":{"name":"a"}},{"metadata":{"name":7}}]}"#
    let place = try #require(list.firstRange(of: "7")).lowerBound.utf16Offset(in: list)
    for size in [1, 10, 1000] {
      let error = #expect(throws: WireError.self) {
        try Self.decoded(Array(list.utf8)) { _ in size }
      }
      #expect(error?.offset == place)
    }
  }

  @Test func whatFollowsTheListIsAnError() {
    #expect(throws: WireError.self) {
      try Self.decoded(Array(#"{"items":[]} garbage"#.utf8)) { _ in 1000 }
    }
  }
}

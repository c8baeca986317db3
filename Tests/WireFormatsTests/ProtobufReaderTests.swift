import ObjectBuilders
import Testing

@testable import WireFormats

private enum Field: Int, WireField {
  case name = 1
  case count, ready, labels, list, child
  /// Field 3 of a message in field 20, whose fields JSON writes one level up.
  case claim = 20_003
  case path = 20_001
  static let fieldNames = FieldNames<Self>()
}

@Suite struct ProtobufReaderTests {
  /// Everything that a message says, as lines.
  private static func lines(_ bytes: [UInt8]) throws(WireError) -> [String] {
    var reader = FieldReader(bytes.span.bytes, protobufMessage: 0..<bytes.count)
    var lines: [String] = []
    try read(&reader, into: &lines)
    return lines
  }

  private static func read(
    _ reader: inout FieldReader,
    into lines: inout [String]
  ) throws(WireError) {
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name, .claim, .path: lines.append("\(field) \(try reader.string())")
      case .count: lines.append("\(field) \(try reader.integer())")
      case .ready: lines.append("\(field) \(try reader.boolean())")
      case .labels:
        try reader.beginObject()
        while let key = try reader.nextKey() { lines.append("\(key)=\(try reader.string())") }
      case .list:
        try reader.beginArray()
        while try reader.nextElement() { lines.append("element \(try reader.string())") }
      case .child:
        lines.append("child")
        try read(&reader, into: &lines)
        lines.append("end")
      }
    }
  }

  private static let example: [UInt8] = {
    var message = ProtobufBuilder()
    message.add(9, "unknown")
    message.add(1, "näme")
    message.add(2, -12)
    message.addFixed(10, width: 8)
    message.addFixed(11, width: 4)
    message.add(3, 1)
    message.add(5, "one")
    message.add(5, "")
    for (key, value) in [("k", "v"), ("", "")] {
      message.add(4) { entry in
        entry.add(1, key)
        entry.add(2, value)
      }
    }
    message.add(20) { embedded in
      embedded.add(2, "not read")
      embedded.add(3, "claim")
      embedded.add(1, "path")
    }
    message.add(6) { child in
      child.add(6) { $0.add(2, 7) }
      child.add(1, "inner")
    }
    message.add(6) { _ in }
    message.add(500, 3)
    return message.bytes
  }()

  @Test func namedFieldsAreReadAndOthersSkipped() throws {
    #expect(
      try Self.lines(Self.example) == [
        "name näme", "count -12", "ready true", "element one", "element ", "k=v", "=",
        "claim claim", "path path", "child", "child", "count 7", "end", "name inner", "end",
        "child", "end",
      ]
    )
  }

  @Test func aMessageThatIsCutIsAnError() throws {
    var readable = 0
    for length in Self.example.indices {
      // Between two fields, a shorter message is a message.
      if (try? Self.lines(Array(Self.example.prefix(length)))) != nil { readable += 1 }
    }
    #expect(readable == 14)
  }

  @Test func damagedMessagesAreReadOrRefusedAndNeverCrash() throws {
    var random = SeededGenerator(seed: 7)
    for _ in 0..<20_000 {
      var bytes = Self.example
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        bytes[Int.random(in: bytes.indices, using: &random)] =
          UInt8.random(in: 0...255, using: &random)
      }
      do { _ = try Self.lines(bytes) } catch { #expect(error.offset <= bytes.count) }
    }
  }

  @Test func messagesWithinMessagesAreLimited() {
    var message = ProtobufBuilder()
    for _ in 0...ProtobufReader.depthLimit {
      let inner = message.bytes
      message = ProtobufBuilder()
      message.add(6, inner)
    }
    let bytes = message.bytes
    let error = #expect(throws: WireError.self) { try Self.lines(bytes) }
    #expect(error?.description.contains("deeper than 32 levels") == true)
  }

  @Test func textMustBeUTF8() {
    var message = ProtobufBuilder()
    message.add(1, [0x61, 0xFF])
    let bytes = message.bytes
    #expect(throws: WireError.invalidUTF8(offset: 3)) { try Self.lines(bytes) }
  }

  @Test func framesComeWholeInPiecesOfAnySize() {
    let frames: [[UInt8]] = [[1, 2, 3], [], Array(repeating: 9, count: 300)]
    var stream: [UInt8] = []
    for frame in frames {
      stream += [0, 0, UInt8(frame.count >> 8), UInt8(frame.count & 255)] + frame
    }
    for size in [1, 2, 3, 5, 7, 64, 1000] {
      var framer = LengthFramer(maximumFrameBytes: 300)
      var seen: [[UInt8]] = []
      var rest = stream[...]
      while !rest.isEmpty {
        framer.append(Array(rest.prefix(size)))
        rest = rest.dropFirst(size)
        while let frame = framer.nextFrame() { seen.append(frame) }
      }
      #expect(seen == frames)
      #expect(framer.pendingBytes == 0 && !framer.isOverLimit)
    }
    var framer = LengthFramer(maximumFrameBytes: 299)
    framer.append(stream)
    while framer.nextFrame() != nil {}
    #expect(framer.isOverLimit && framer.pendingBytes == 0)
  }
}

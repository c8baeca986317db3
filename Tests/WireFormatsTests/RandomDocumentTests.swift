import Testing
import WireFormats

private enum Known: Int, WireField, CaseIterable {
  case alpha = 1
  case beta, gamma, creationTimestamp
  static let fieldNames = FieldNames<Self>()
}

/// Generates documents whose keys are partly those of `Known`, written with odd white space.
private struct DocumentGenerator {
  var random: SeededRandom

  mutating func value(depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 8 : 6), using: &random) {
    case 0: .null
    case 1: .boolean(Bool.random(using: &random))
    case 2:
      .integer(Int64(truncatingIfNeeded: random.next()) >> Int64.random(in: 0..<64, using: &random))
    case 3: .number(Double.random(in: -1e6...1e6, using: &random))
    case 4, 5: .string(string())
    case 6: .array((0..<Int.random(in: 0..<5, using: &random)).map { _ in value(depth: depth - 1) })
    default: object(depth: depth - 1)
    }
  }

  mutating func object(depth: Int) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for _ in 0..<Int.random(in: 0..<7, using: &random) {
      let known = Known.allCases.randomElement(using: &random).map { String(describing: $0) }
      members[Bool.random(using: &random) ? known ?? "" : string()] = value(depth: depth)
    }
    return .object(members)
  }

  mutating func string() -> String {
    let pieces = [
      "a", "bc", "\"", "\\", "\n", "é", "€", "😀", "{", "}", "[", "]", ",", ":", "\u{1}", "alpha",
    ]
    return (0..<Int.random(in: 0..<12, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined()
  }

  /// Writes `value` with white space in every place that allows it.
  mutating func spaced(_ value: JSONValue) -> String {
    func space() -> String {
      ["", "", " ", "\n", "\t ", "\r\n"].randomElement(using: &random) ?? ""
    }
    switch value {
    case .array(let elements):
      var parts: [String] = []
      for element in elements { parts.append(spaced(element) + space()) }
      return space() + "[" + space() + parts.joined(separator: "," + space()) + "]" + space()
    case .object(let members):
      var parts: [String] = []
      for (key, member) in members {
        let name = String(decoding: JSONValue.string(key).encoded(), as: UTF8.self)
        parts.append(space() + name + space() + ":" + spaced(member) + space())
      }
      return space() + "{" + space() + parts.joined(separator: ",") + "}" + space()
    default:
      return space() + String(decoding: value.encoded(), as: UTF8.self) + space()
    }
  }
}

struct RandomDocumentTests {
  @Test func projectionAgreesWithTheTree() throws {
    var generator = DocumentGenerator(random: SeededRandom(state: 2_026))
    for _ in 0..<600 {
      let document = generator.object(depth: 4)
      let text = generator.spaced(document)
      #expect(try JSONValue(parsing: Array(text.utf8)) == document)
      var found: [String: JSONValue] = [:]
      try read(text) { reader throws(WireError) in
        try reader.beginObject()
        while let field = try reader.nextField(Known.self) {
          found["\(field)"] = try reader.value()
        }
      }
      let names = Set(Known.allCases.map { "\($0)" })
      #expect(found == document.objectValue?.filter { names.contains($0.key) })
    }
  }

  @Test func damagedDocumentsAreReadOrRefusedAndNeverCrash() throws {
    let pods = try JSONValue(parsing: Fixture.pods.body())
    let original = try #require(pods["items"]?[0]).encoded()
    var random = SeededRandom(state: 42)
    let tokens =
      Array("{}[]\",:\\u0-1.eE+tnf \n".utf8) + [0x00, 0x1F, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF]
    var refused = 0
    for _ in 0..<3_000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let position = Int.random(in: 0..<max(1, bytes.count), using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0 where !bytes.isEmpty: bytes[position] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 1 where !bytes.isEmpty: bytes[position] = tokens.randomElement(using: &random) ?? 0
        case 2:
          bytes.insert(tokens.randomElement(using: &random) ?? 0, at: min(position, bytes.count))
        case 3 where !bytes.isEmpty: bytes.remove(at: position)
        default: bytes.removeSubrange(min(position, bytes.count)...)
        }
      }
      let tree = failure(bytes) { reader throws(WireError) in try reader.value() }
      let skip = failure(bytes) { reader throws(WireError) in try reader.skip() }
      let projection = failure(bytes) { reader throws(WireError) in
        try reader.beginObject()
        while let field = try reader.nextField(Top.self) {
          switch field {
          case .metadata, .status:
            try reader.beginObject()
            while try reader.nextKey() != nil { _ = try reader.value() }
          case .spec: try reader.skip()
          }
        }
      }
      for error in [tree, skip, projection] {
        #expect((0...bytes.count).contains(error?.offset ?? 0))
      }
      if tree != nil { refused += 1 }
      // What reads whole is skipped whole; what skips badly cannot be read.
      #expect(tree != nil || skip == nil)
    }
    #expect(refused > 1_000)
  }

  @Test func everyBeginningOfAPodIsRefusedAtItsEnd() throws {
    let pods = try JSONValue(parsing: Fixture.pods.body())
    let pod = try #require(pods["items"]?[0]).encoded()
    for count in stride(from: 0, to: pod.count, by: 3) {
      let error = failure(Array(pod[..<count])) { reader throws(WireError) in try reader.value() }
      #expect(error == .unexpectedEnd(offset: count))
    }
  }
}

private enum Top: Int, WireField, CaseIterable {
  case metadata = 1
  case spec, status
  static let fieldNames = FieldNames<Self>()
}

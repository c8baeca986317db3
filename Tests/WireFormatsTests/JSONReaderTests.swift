import ObjectBuilders
import Testing
import WireFormats

private enum Field: Int, WireField {
  case name = 1, count, isReady, items, inner, `default`, averylongfieldnamethatgoeson
  static let fieldNames = FieldNames<Self>()
}

@Suite struct JSONReaderTests {
  /// Reads the fields of one object as text, in order.
  private func fields(_ text: String) throws -> [String] {
    let bytes = Array(text.utf8)
    var reader = JSONReader(bytes.span.bytes)
    var read: [String] = []
    try reader.beginObject()
    while let field = try reader.nextField(Field.self) {
      switch field {
      case .name, .default, .averylongfieldnamethatgoeson:
        read.append("\(field)=\(try reader.string())")
      case .count: read.append("count=\(try reader.integer())")
      case .isReady: read.append("isReady=\(try reader.boolean())")
      case .items:
        var items: [String] = []
        try reader.beginArray()
        while try reader.nextElement() { items.append(try reader.string()) }
        read.append("items=\(items)")
      case .inner:
        try reader.beginObject()
        while let key = try reader.nextKey() {
          read.append(
            "inner.\(key)=\(String(decoding: try reader.value().encoded(), as: UTF8.self))"
          )
        }
      }
    }
    try reader.end()
    return read
  }

  @Test func onlyNamedFieldsAreRead() throws {
    let text = """
      {"skipped":{"name":"no","deep":[1,{"x":"}]\\""}]},"name":"a\\n\\u00e9\\ud83d\\ude00",
       "other":-1.5e3,"count":42,"flag":true,"isReady":true,"nothing":null,"items":["x","y"],
       "inner":{"k":1,"l":{"m":[]}},"default":"d","averylongfieldnamethatgoeson":"z",
       "averylongfieldnamethatgoesoff":"no"}
      """
    #expect(
      try fields(text) == [
        "name=a\né😀", "count=42", "isReady=true", #"items=["x", "y"]"#, "inner.k=1",
        #"inner.l={"m":[]}"#, "default=d", "averylongfieldnamethatgoeson=z",
      ]
    )
  }

  @Test func nullCountsAsEmpty() throws {
    let text = #"{"name":null,"count":null,"isReady":null,"items":null,"inner":null}"#
    #expect(try fields(text) == ["name=", "count=0", "isReady=false", "items=[]"])
  }

  @Test func aKeyWithEscapesIsStillFound() throws {
    #expect(try fields(#"{"n\u0061me":"x"}"#) == ["name=x"])
  }

  @Test(
    "Malformed input is told with its place",
    arguments: [
      ("", WireError.unexpectedEnd(offset: 0)),
      ("[]", .malformed(offset: 0, expected: "an object")),
      (#"{"name":"a""#, .unexpectedEnd(offset: 11)),
      (#"{"name":"a"]"#, .malformed(offset: 11, expected: "a comma or the end of the object")),
      (#"{"name" "a"}"#, .malformed(offset: 8, expected: "a colon")),
      (#"{name:1}"#, .malformed(offset: 1, expected: "a member's name")),
      (#"{"name":"a",}"#, .malformed(offset: 12, expected: "a member's name")),
      (#"{"name":1}"#, .malformed(offset: 8, expected: "a string")),
      (#"{"name":"\x"}"#, .invalidEscape(offset: 9)),
      (#"{"name":"\ud800"}"#, .invalidEscape(offset: 9)),
      (#"{"name":"\ud800\u0041"}"#, .invalidEscape(offset: 9)),
      (#"{"name":"\u12g4"}"#, .invalidEscape(offset: 9)),
      ("{\"name\":\"a\u{1}\"}", .malformed(offset: 10, expected: "no control character")),
      (#"{"count":01}"#, .invalidNumber(offset: 9)),
      (#"{"count":1.5}"#, .invalidNumber(offset: 9)),
      (#"{"count":-}"#, .invalidNumber(offset: 9)),
      (#"{"count":9223372036854775808}"#, .invalidNumber(offset: 9)),
      (#"{"isReady":tru}"#, .malformed(offset: 11, expected: "true")),
      (#"{"items":["a",]}"#, .malformed(offset: 14, expected: "a value")),
      (#"{"skipped":{"a":[1,2}}"#, .malformed(offset: 20, expected: "the bracket that closes")),
      (#"{"skipped":{"a":"b}"#, .unexpectedEnd(offset: 19)),
      (#"{"skipped":}"#, .malformed(offset: 11, expected: "a value")),
      (#"{} x"#, .malformed(offset: 3, expected: "the end")),
    ]
  )
  func malformed(text: String, error: WireError) {
    #expect(throws: error) { try fields(text) }
  }

  @Test(
    "Text that is not UTF-8 is refused",
    arguments: [
      [0xff], [0xc0, 0xaf], [0xe0, 0x80, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80],
      [0xe2, 0x82],
    ]
  )
  func invalidUTF8(bytes: [UInt8]) {
    let text = Array(#"{"name":""#.utf8) + bytes + Array(#""}"#.utf8)
    #expect(throws: WireError.invalidUTF8(offset: 9)) {
      var reader = JSONReader(text.span.bytes)
      try reader.beginObject()
      _ = try reader.nextField(Field.self)
      _ = try reader.string()
    }
  }

  @Test func nestingHasALimitWhetherReadOrSkipped() {
    let deep = String(repeating: "[", count: 300) + String(repeating: "]", count: 300)
    #expect(throws: WireError.tooDeep(offset: 256, limit: 256)) {
      try JSONValue(parsing: Array(deep.utf8))
    }
    #expect(throws: WireError.tooDeep(offset: 266, limit: 256)) {
      try fields(#"{"skipped":"# + deep + "}")
    }
  }

  @Test("Mutations of an event are read or refused, never worse", arguments: 1...20)
  func fuzz(seed: UInt64) throws {
    let body = try RecordedExchange("058").body
    let original = Array(body.prefix { $0 != UInt8(ascii: "\n") })
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let index = Int.random(in: bytes.indices, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[index] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeLast(bytes.count - max(index, 1))
        default: bytes.insert(#"{}[]",:\0"#.utf8.randomElement(using: &random) ?? 0, at: index)
        }
      }
      let value = try? JSONValue(parsing: bytes)
      if let value { #expect(try JSONValue(parsing: value.encoded()) == value) }
      var reader = JSONReader(bytes.span.bytes)
      try? reader.skip()
      #expect(reader.offset <= bytes.count)
    }
  }
}

@Suite struct JSONValueTests {
  @Test(
    "Valid documents are read, and written so that they read the same",
    arguments: [
      "null", "true", "[]", "{}", "0", "-0", "1e5", "1.25", #""""#, #""\"\\\/\b\f\n\r\t""#,
      #"{"a":[1,2,{"b":null}],"c":"é"}"#, " [ 1 , 2 ] ", "9223372036854775807", "1e300",
    ]
  )
  func roundTrip(text: String) throws {
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(try JSONValue(parsing: value.encoded()) == value)
  }

  @Test(
    "Invalid documents are refused",
    arguments: [
      "", "nul", "[1,]", "[1 2]", "{,}", #"{"a"}"#, #"{"a":1,}"#, "01", "1.", ".5", "+1", "1e",
      "NaN", "'a'", "[", "]", #""a"#, "{}{}", "\u{feff}{}", "1e999", "[\u{1}]", "--1",
    ]
  )
  func refuses(text: String) {
    #expect(throws: WireError.self) { try JSONValue(parsing: Array(text.utf8)) }
  }

  @Test("Recorded bodies survive", arguments: ["005", "012", "014", "040", "042", "096"])
  func recorded(number: String) throws {
    let value = try JSONValue(parsing: RecordedExchange(number).body)
    #expect(try JSONValue(parsing: value.encoded()) == value)
  }

  @Test func membersAreSetAlongAPath() {
    var value: JSONValue = nil
    value[path: "a", "b"] = 1
    value["c"] = ["d"]
    #expect(value == ["a": ["b": 1], "c": ["d"]])
    value[path: "a", "b"] = nil
    #expect(value[path: "a", "b"] == nil)
    #expect(value["c"]?[0]?.stringValue == "d")
    #expect(value["c"]?[1] == nil)
  }

  @Test func controlCharactersAreEscaped() {
    let value: JSONValue = "a\u{1}\"\\\n"
    #expect(String(decoding: value.encoded(), as: UTF8.self) == #""a\u0001\"\\\n""#)
  }
}

@Suite struct LineFramerTests {
  @Test("Lines are the same however the bytes come", arguments: 1...12)
  func splits(size: Int) throws {
    let bytes = Array("one\n\ntwo\nthree\nfour".utf8)
    var framer = LineFramer(maximumLineBytes: 100)
    var lines: [String] = []
    for start in stride(from: 0, to: bytes.count, by: size) {
      framer.append(Array(bytes[start..<min(start + size, bytes.count)]))
      while let line = try framer.nextLine() { lines.append(String(decoding: line, as: UTF8.self)) }
    }
    #expect(lines == ["one", "two", "three"])
    #expect(framer.pendingBytes == 4)
  }

  @Test func aLineWithoutEndIsRefusedAtTheLimit() throws {
    var framer = LineFramer(maximumLineBytes: 10)
    framer.append(Array("0123456789".utf8))
    #expect(try framer.nextLine() == nil)
    framer.append(Array("x".utf8))
    #expect(throws: LineFramer.LineTooLong.self) { try framer.nextLine() }
  }
}

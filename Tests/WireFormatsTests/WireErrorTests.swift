import Testing
import WireFormats

struct WireErrorTests {
  @Test(
    "A string's fault is found at its byte",
    arguments: [
      ("\"abc", WireError.unexpectedEnd(offset: 4)),
      ("\"", .unexpectedEnd(offset: 1)),
      ("", .unexpectedEnd(offset: 0)),
      ("\"a\\", .unexpectedEnd(offset: 3)),
      ("\"a\\u12", .unexpectedEnd(offset: 6)),
      ("\"\\uD83D\\", .unexpectedEnd(offset: 8)),
      ("\"\\uD83D\\u00", .unexpectedEnd(offset: 11)),
      ("\"a\\x\"", .invalidEscape(offset: 2)),
      ("\"a\\u12g4\"", .invalidEscape(offset: 2)),
      ("\"\\uD83Dx\"", .invalidEscape(offset: 1)),
      ("\"\\uD83D\\n\"", .invalidEscape(offset: 1)),
      ("\"\\uD83D\\uD83D\"", .invalidEscape(offset: 1)),
      ("\"\\uDE00\"", .invalidEscape(offset: 1)),
      ("\"a\nb\"", .malformed(offset: 2, expected: "an escaped control character")),
      (
        "\"0123456789abcdef\u{1f}\"",
        .malformed(offset: 17, expected: "an escaped control character")
      ),
      ("1", .malformed(offset: 0, expected: "a string")),
      ("nil", .malformed(offset: 0, expected: "a string")),
      ("nul", .unexpectedEnd(offset: 3)),
    ]
  )
  func strings(text: String, expected: WireError) {
    #expect(
      failure(Array(text.utf8)) { reader throws(WireError) in try reader.string() } == expected
    )
  }

  @Test(
    "Invalid UTF-8 is found at its byte",
    arguments: [
      [0x80], [0xC3], [0xC3, 0x28], [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF],
      [0xF0, 0x80, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80], [0xFE], [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]]
  )
  func encoding(bytes: [UInt8]) {
    for prefix in ["", "ab", "é", "long enough for more than one word é", "\\n"] {
      for suffix in ["", "xyz", "more text behind it"] {
        let text = Array("\"\(prefix)".utf8) + bytes + Array("\(suffix)\"".utf8)
        let expected = WireError.invalidUTF8(offset: 1 + prefix.utf8.count)
        #expect(failure(text) { reader throws(WireError) in try reader.string() } == expected)
      }
    }
  }

  @Test(
    "A structural fault is found at its byte, reading or skipping",
    arguments: [
      ("{\"a\" 1}", WireError.malformed(offset: 5, expected: "\":\"")),
      ("{\"a\":1 \"b\":2}", .malformed(offset: 7, expected: "\",\" or \"}\"")),
      ("{a:1}", .malformed(offset: 1, expected: "a member's name")),
      ("{\"a\":1,}", .malformed(offset: 7, expected: "a member's name")),
      ("{,}", .malformed(offset: 1, expected: "a member's name")),
      ("[1 2]", .malformed(offset: 3, expected: "\",\" or \"]\"")),
      ("[1}", .malformed(offset: 2, expected: "\",\" or \"]\"")),
      ("{\"a\":1]", .malformed(offset: 6, expected: "\",\" or \"}\"")),
      ("[1,]", .malformed(offset: 3, expected: "a value")),
      ("[,1]", .malformed(offset: 1, expected: "a value")),
      ("[tru]", .malformed(offset: 1, expected: "a value")),
      ("[nulL]", .malformed(offset: 1, expected: "a value")),
      ("[\u{1}]", .malformed(offset: 1, expected: "a value")),
      ("1 2", .malformed(offset: 2, expected: "the end")),
      ("{} ]", .malformed(offset: 3, expected: "the end")),
      ("[\"a\u{0}\"]", .malformed(offset: 3, expected: "an escaped control character")),
      ("{\"a\":", .unexpectedEnd(offset: 5)),
      ("{\"a\"", .unexpectedEnd(offset: 4)),
      ("{\"a", .unexpectedEnd(offset: 3)),
      ("{", .unexpectedEnd(offset: 1)),
      ("[", .unexpectedEnd(offset: 1)),
      ("[1,", .unexpectedEnd(offset: 3)),
      ("[1", .unexpectedEnd(offset: 2)),
      ("[fal", .unexpectedEnd(offset: 4)),
      ("[-", .unexpectedEnd(offset: 2)),
      ("[1.", .unexpectedEnd(offset: 3)),
      ("[1e+", .unexpectedEnd(offset: 4)),
      ("[\"\\", .unexpectedEnd(offset: 3)),
      (" ", .unexpectedEnd(offset: 1)),
      ("[1.x]", .invalidNumber(offset: 1)),
      ("[-]", .invalidNumber(offset: 1)),
      ("[007]", .invalidNumber(offset: 1)),
    ]
  )
  func structure(text: String, expected: WireError) {
    let bytes = Array(text.utf8)
    #expect(failure(bytes) { reader throws(WireError) in try reader.skip() } == expected)
    #expect(failure(bytes) { reader throws(WireError) in try reader.value() } == expected)
  }

  @Test func aValueOfAnotherTypeIsNamedByWhatWasExpected() {
    let bytes = Array("\"1\"".utf8)
    #expect(
      failure(bytes) { reader throws(WireError) in try reader.integer() }
        == .malformed(offset: 0, expected: "an integer")
    )
    #expect(
      failure(bytes) { reader throws(WireError) in try reader.number() }
        == .malformed(offset: 0, expected: "a number")
    )
    #expect(
      failure(bytes) { reader throws(WireError) in try reader.boolean() }
        == .malformed(offset: 0, expected: "true or false")
    )
    #expect(
      failure(bytes) { reader throws(WireError) in try reader.beginObject() }
        == .malformed(offset: 0, expected: "an object")
    )
    #expect(
      failure(bytes) { reader throws(WireError) in try reader.beginArray() }
        == .malformed(offset: 0, expected: "an array")
    )
  }

  @Test func aNumberTooLargeForADoubleIsRefused() {
    #expect(
      failure(Array("1e999".utf8)) { reader throws(WireError) in try reader.number() }
        == .invalidNumber(offset: 0)
    )
    #expect(
      failure(Array(" -1e999".utf8)) { reader throws(WireError) in try reader.value() }
        == .invalidNumber(offset: 1)
    )
  }

  @Test func everyErrorSaysWhereAndWhatHelps() {
    let errors: [WireError] = [
      .malformed(offset: 77, expected: "an object"), .unexpectedEnd(offset: 77),
      .invalidUTF8(offset: 77), .invalidEscape(offset: 77), .invalidNumber(offset: 77),
      .tooDeep(offset: 77, limit: 256),
    ]
    for error in errors {
      #expect(error.offset == 77)
      #expect(error.description.contains("byte 77"))
      #expect(error.description.contains(". ") && error.description.hasSuffix("."))
    }
    #expect(errors[0].description.contains("expected an object"))
    #expect(errors[5].description.contains("256"))
  }
}

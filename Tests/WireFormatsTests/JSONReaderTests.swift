import Testing
import WireFormats

private enum Field: Int, WireField, CaseIterable {
  case name = 1
  case count, ratio, ready, labels, list, child
  static let fieldNames = FieldNames<Self>()
}

struct JSONReaderTests {
  @Test func namedFieldsAreReadAndOthersSkipped() throws {
    let text = """
      { "skip" : {"a":[{}, [], "x\\"]}", 1.5e3, null ]} , "name":"n", "count" : -12,
        "unknown":"\\\\", "ratio":0.25, "ready":true, "list":[1, 2,3 ], "labels":{"k":"v","":"e"},
        "child":{"name":"inner","junk":[[]]}, "last":0 }
      """
    var seen: [String] = []
    try read(text) { reader throws(WireError) in
      try reader.beginObject()
      while let field = try reader.nextField(Field.self) {
        switch field {
        case .name: seen.append("name \(try reader.string())")
        case .count: seen.append("count \(try reader.integer())")
        case .ratio: seen.append("ratio \(try reader.number())")
        case .ready: seen.append("ready \(try reader.boolean())")
        case .labels:
          try reader.beginObject()
          while let key = try reader.nextKey() { seen.append("\(key)=\(try reader.string())") }
        case .list:
          try reader.beginArray()
          while try reader.nextElement() { seen.append("element \(try reader.integer())") }
        case .child:
          try reader.beginObject()
          while let inner = try reader.nextField(Field.self) {
            #expect(inner == .name)
            seen.append("child \(try reader.string())")
          }
        }
      }
    }
    #expect(
      seen == [
        "name n", "count -12", "ratio 0.25", "ready true", "element 1", "element 2", "element 3",
        "k=v", "=e", "child inner",
      ]
    )
  }

  @Test func nullReadsAsTheEmptyValueOfEachType() throws {
    try read("[null, null ,null,null,null,null,{\"child\":null,\"name\":null}]") {
      reader throws(WireError) in
      try reader.beginArray()
      check(try reader.nextElement(), equals: true)
      check(try reader.string(), equals: "")
      check(try reader.nextElement(), equals: true)
      check(try reader.integer(), equals: 0)
      check(try reader.nextElement(), equals: true)
      check(try reader.number(), equals: 0)
      check(try reader.nextElement(), equals: true)
      check(try reader.boolean(), equals: false)
      check(try reader.nextElement(), equals: true)
      try reader.beginArray()
      check(try reader.nextElement(), equals: false)
      check(try reader.nextElement(), equals: true)
      try reader.beginObject()
      check(try reader.nextKey(), equals: nil)
      check(try reader.nextElement(), equals: true)
      try reader.beginObject()
      check(try reader.nextField(Field.self), equals: .child)
      try reader.beginObject()
      check(try reader.nextField(Field.self), equals: nil)
      check(try reader.nextField(Field.self), equals: .name)
      check(reader.nextIsNull(), equals: true)
      check(reader.nextIsNull(), equals: true)
      check(try reader.string(), equals: "")
      check(try reader.nextField(Field.self), equals: nil)
      check(try reader.nextElement(), equals: false)
    }
  }

  @Test func nextIsNullSeesOnlyNull() {
    for text in ["nul", "none", "\"null\"", "0", "", " "] {
      let bytes = Array(text.utf8)
      var reader = JSONReader(bytes.span.bytes)
      check(reader.nextIsNull(), equals: false)
    }
  }

  @Test func rawValueSaysWhereAValueStood() throws {
    let text = #"{"name": {"a" : [1,2]} ,"count":7}"#
    let range = try read(text) { reader throws(WireError) in
      try reader.beginObject()
      _ = try reader.nextField(Field.self)
      let range = try reader.rawValue()
      check(try reader.nextField(Field.self), equals: .count)
      try reader.skip()
      check(try reader.nextField(Field.self), equals: nil)
      return range
    }
    #expect(String(decoding: Array(text.utf8)[range], as: UTF8.self) == #"{"a" : [1,2]}"#)
  }

  @Test func aCopyLooksAheadWithoutMovingTheReader() throws {
    try read(#"{"name":"x","count":1}"#) { reader throws(WireError) in
      try reader.beginObject()
      var ahead = reader
      while let field = try ahead.nextField(Field.self) {
        if field == .count { check(try ahead.integer(), equals: 1) } else { try ahead.skip() }
      }
      check(try reader.nextField(Field.self), equals: .name)
      check(try reader.string(), equals: "x")
      check(try reader.nextField(Field.self), equals: .count)
      check(try reader.value(), equals: 1)
      check(try reader.nextField(Field.self), equals: nil)
    }
  }

  @Test(
    "Integers are read up to their limits",
    arguments: [
      ("0", 0), ("-0", 0), ("7", 7), ("-7", -7), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min), (" 42", 42),
    ]
  )
  func readsIntegers(text: String, value: Int64) throws {
    #expect(try read(text) { reader throws(WireError) in try reader.integer() } == value)
  }

  @Test(
    "What is no 64-bit integer is refused",
    arguments: [
      "9223372036854775808", "-9223372036854775809", "99999999999999999999", "1.0", "1e3", "01",
      "-01", "-x",
    ]
  )
  func refusesIntegers(text: String) {
    let error = failure(Array(text.utf8)) { reader throws(WireError) in try reader.integer() }
    #expect(error == .invalidNumber(offset: 0))
  }

  @Test(
    "Numbers are read exactly",
    arguments: [
      ("0", 0), ("-1.5", -1.5), ("1e3", 1000), ("1E+2", 100), ("25e-2", 0.25), ("0.1", 0.1),
      ("1.7976931348623157e308", Double.greatestFiniteMagnitude), ("1e-400", 0),
      ("123456789012345678", 123_456_789_012_345_680), ("4.35", 4.35),
    ]
  )
  func readsNumbers(text: String, value: Double) throws {
    #expect(try read(text) { reader throws(WireError) in try reader.number() } == value)
  }

  @Test(
    "Strings of every length and position are read, whatever their width",
    arguments: ["a", "é", "€", "😀", "\\n"]
  )
  func readsStrings(filling: String) throws {
    for length in 0...40 {
      let content =
        String(repeating: "x", count: length) + filling + String(repeating: "y", count: length % 9)
      let expected = content.replacing("\\n", with: "\n")
      #expect(
        try read("\"\(content)\"") { reader throws(WireError) in try reader.string() } == expected
      )
      #expect(
        try JSONValue(parsing: Array("[\"\(content)\",\"\(content)\"]".utf8)) == [
          .string(expected), .string(expected),
        ]
      )
    }
  }

  @Test func escapesAreDecoded() throws {
    let text = #""\"\\\/\b\f\n\r\t\u0000\u00e9\uD83D\uDE00\uFFFF\u2028""#
    let value = try read(text) { reader throws(WireError) in try reader.string() }
    #expect(value == "\"\\/\u{8}\u{C}\n\r\t\u{0}é😀\u{FFFF}\u{2028}")
  }

  @Test func skippingFindsAStringsEndWhereverItsEscapesStand() throws {
    for plain in 0..<18 {
      for escapes in 0..<10 {
        for between in ["", "z", "é"] {
          for escape in [#"\\"#, #"\""#, #"\n"#, #"\u0022"#] {
            let content =
              String(repeating: "x", count: plain)
              + String(repeating: escape + between, count: escapes)
            let text = "[\"\(content)\",\"\(content)\"]"
            let bytes = Array(text.utf8)
            let first = try read(bytes) { reader throws(WireError) in
              try reader.beginArray()
              _ = try reader.nextElement()
              let range = try reader.rawValue()
              _ = try reader.nextElement()
              try reader.skip()
              _ = try reader.nextElement()
              return range
            }
            #expect(first == 1..<(content.utf8.count + 3))
          }
        }
      }
    }
  }

  @Test func nestingUpToTheLimitIsReadAndSkipped() throws {
    let limit = JSONReader.depthLimit
    for (opening, closing) in [("[", "]"), ("{\"a\":", "}")] {
      let text =
        String(repeating: opening, count: limit) + "1" + String(repeating: closing, count: limit)
      try read(text) { reader throws(WireError) in try reader.skip() }
      _ = try JSONValue(parsing: Array(text.utf8))
      let deeper = Array((opening + text + closing).utf8)
      let expected = WireError.tooDeep(offset: opening.utf8.count * limit, limit: limit)
      #expect(failure(deeper) { reader throws(WireError) in try reader.skip() } == expected)
      #expect(failure(deeper) { reader throws(WireError) in try reader.value() } == expected)
    }
  }

  @Test func skippingCountsTheContainersAroundIt() {
    let limit = JSONReader.depthLimit
    let bytes = Array(String(repeating: "[", count: limit + 1).utf8)
    let error = failure(bytes) { reader throws(WireError) in
      try reader.beginArray()
      _ = try reader.nextElement()
      try reader.skip()
    }
    #expect(error == .tooDeep(offset: limit, limit: limit))
  }

  @Test func leavingContainersGivesTheirDepthBack() throws {
    let text =
      "[" + Array(repeating: "[[]]", count: 2 * JSONReader.depthLimit).joined(separator: ",") + "]"
    #expect(try JSONValue(parsing: Array(text.utf8)).arrayValue?.count == 2 * JSONReader.depthLimit)
  }

  @Test func theKindsOfManyOpenContainersAreRemembered() throws {
    var random = SeededRandom(state: 3)
    for _ in 0..<50 {
      let kinds = (0..<200).map { _ in Bool.random(using: &random) }
      let opening = kinds.map { $0 ? "{\"k\":" : "[" }.joined()
      let closing = kinds.reversed().map { $0 ? "}" : "]" }
      try read(opening + "0" + closing.joined()) { reader throws(WireError) in try reader.skip() }
      let wrong = Int.random(in: 0..<200, using: &random)
      var swapped = closing
      swapped[wrong] = swapped[wrong] == "}" ? "]" : "}"
      let error = failure(Array((opening + "0" + swapped.joined()).utf8)) {
        reader throws(WireError) in try reader.skip()
      }
      #expect(error?.offset == opening.utf8.count + 1 + wrong)
    }
  }
}

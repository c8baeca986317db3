import Testing
import WireFormats

struct JSONGrammarTests {
  private static let valid: [String] = [
    "[]", "{}", "[ ]", "{ }", " [] ", "\t[\n]\r\n", "null", "true", "false", "0", "-0", "1", "-1",
    "10", "1.0", "0.0", "-0.0", "1e1", "1E1", "1e+1", "1e-1", "1.5e10", "0e0", "0e+1", "1.23456789",
    "123456789012345678901234567890", "\"\"", "\" \"", "\"a\"", #""\"""#, #""\\""#, #""\/""#,
    #""\b\f\n\r\t""#, #""\u0041""#, #""\u00e9""#, #""\uABCD""#, #""\uabcd""#, #""\uD834\uDD1E""#,
    #""\u0000""#, #""\\u0041""#, #""\\\"""#, "\"\u{7F}\"", "\"é\"", "\"€\"", "\"𝄞\"",
    "\"\u{2028}\u{2029}\"", "\"\u{FEFF}\"", "\"\u{FFFF}\"", "\"//\"", "\"/* */\"", "[null]", "[[]]",
    "[[],[]]", "[1,2]", "[1, 2 ,3]", "[\"a\",1,true,false,null,{},[]]", "{\"\":0}", "{\"a\":[]}",
    "{\"a\":{\"b\":{}}}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"b\":2}", "{ \"a\" : 1 , \"b\" : 2 }",
    #"{"\u0061":1}"#, "{\"a\":\"}\"}", "[\"]\"]", "[\"[\"]", "{\"{\":\"{\"}", "[-1,-2]", "[0,0]",
  ]

  private static let invalid: [String] = [
    "", " ", "[", "]", "{", "}", "[}", "{]", "[[]", "[]]", "{}}", "[1,]", "[,1]", "[,]", "[1,,2]",
    "[1 2]", "[1:2]", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1,,\"b\":2}",
    "{\"a\" \"b\"}", "{\"a\",1}", "{\"a\"::1}", "{1:1}", "{a:1}", "{'a':1}", "{null:1}", "{[]:1}",
    "{\"a\":1 \"b\":2}", "{\"a\":1}x", "[] []", "[]null", "1 2", "nul", "nulll", "NULL", "tru",
    "truE", "True", "fals", "falsey", "nan", "NaN", "Infinity", "-Infinity", "inf", "undefined",
    "+1", "-", "--1", "-a", "01", "-01", "00", "0x10", "1.", ".1", "-.1", "1.e1", "1e", "1e+",
    "1e-",
    "1ee1", "1e1.5", "1.2.3", "1_000", "1,000", "１", "'a'", "\"", "\"a", "a\"", "\"\\\"",
    "\"\\a\"", "\"\\'\"", "\"\\0\"", "\"\\x41\"", "\"\\U0041\"", "\"\\u\"", "\"\\u004\"",
    "\"\\u00G0\"", "\"\\u 041\"", "\"\\u+041\"", "\"\\uD834\"", "\"\\uD834\\\"",
    "\"\\uD834\\u0041\"",
    "\"\\uDD1E\"", "\"\\uDD1E\\uD834\"", "\"\n\"", "\"\t\"", "\"\r\"", "\"\u{0}\"", "\"\u{1F}\"",
    "[\"a\nb\"]", "\u{FEFF}[]", "[\u{A0}]", "[\u{C}]", "[\u{B}]", "[1]//", "[1]/**/", "# a\n[]",
    "[1;2]", "(1)", "<a>", "[\"a\"", "[\"a\",", "{\"a", "{\"a\"", "{\"a\":", "{\"a\":\"b", "*",
    "\\",
    "\u{0}", "[1]\u{0}",
  ]

  /// Faults of text and not of structure, which skipping need not see.
  private static let faultsOfTextAlone: Set<String> = [
    "\"\\a\"", "\"\\'\"", "\"\\0\"", "\"\\x41\"", "\"\\U0041\"", "\"\\u\"", "\"\\u004\"",
    "\"\\u00G0\"", "\"\\u 041\"", "\"\\u+041\"", "\"\\uD834\"", "\"\\uD834\\u0041\"", "\"\\uDD1E\"",
    "\"\\uDD1E\\uD834\"",
  ]

  @Test("Valid documents are read, skipped and survive encoding", arguments: valid)
  func reads(text: String) throws {
    let bytes = Array(text.utf8)
    let value = try JSONValue(parsing: bytes)
    #expect(try JSONValue(parsing: value.encoded()) == value)
    try read(bytes) { reader throws(WireError) in try reader.skip() }
  }

  @Test("Invalid documents are refused", arguments: invalid)
  func refuses(text: String) {
    let bytes = Array(text.utf8)
    let error = failure(bytes) { reader throws(WireError) in try reader.value() }
    #expect(error != nil)
    #expect((0...bytes.count).contains(error?.offset ?? 0))
  }

  @Test("Skipping refuses every fault of structure", arguments: invalid)
  func skips(text: String) {
    let error = failure(Array(text.utf8)) { reader throws(WireError) in try reader.skip() }
    #expect((error == nil) == Self.faultsOfTextAlone.contains(text))
  }

  @Test("Every proper beginning of a container is refused at its end", arguments: valid)
  func truncations(text: String) {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, [0x5B, 0x7B, 0x22].contains(first) else { return }
    let whole = bytes.lastIndex { !$0.isASCIIWhiteSpace } ?? 0
    for count in 0..<whole {
      let error = failure(Array(bytes[..<count])) { reader throws(WireError) in try reader.skip() }
      #expect(error == .unexpectedEnd(offset: count))
    }
  }
}

extension UInt8 {
  fileprivate var isASCIIWhiteSpace: Bool { self == 0x20 || self == 0x0A || self == 0x0D }
}

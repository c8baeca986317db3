import Testing

@testable import WireFormats

/// Digests of bytes.
@Suite struct ByteDigestTests {
  private func digest(_ texts: String...) -> ByteDigest {
    var digest = ByteDigest()
    for text in texts {
      let bytes = Array("<\(text)>".utf8)
      digest.combine(bytes.span.bytes, in: 1..<bytes.count - 1)
    }
    return digest
  }

  @Test func equalBytesHaveOneDigestAndNoOthers() {
    let texts = (0..<40).map { String(repeating: "a", count: $0) } + ["\0", "a\0", "\0a", "\0\0"]
    for (position, text) in texts.enumerated() {
      #expect(digest(text) == digest(text))
      for other in texts[..<position] { #expect(digest(text) != digest(other)) }
    }
  }

  @Test func whereOneTextEndsAndAnotherBeginsCounts() {
    #expect(digest("ab", "c") != digest("a", "bc"))
    #expect(digest("abc") != digest("abc", ""))
    #expect(digest("abcdefgh", "i") != digest("abcdefghi"))
  }

  @Test(arguments: [
    #"{"a":[1,{"b":"]"}]} "#, #""a text","#, "12.5e3,", "null}",
  ])
  func whatIsSkippedIsDigestedWhole(text: String) throws {
    var reader = FieldReader(JSONReader(text.utf8.span.bytes))
    var digest = ByteDigest()
    try reader.skip(into: &digest)
    #expect(digest == self.digest(String(text.dropLast())))
    #expect(reader.offset == text.utf8.count - 1)
  }

  @Test func aReaderThatFindsNothingAheadStandsWhereItStood() throws {
    var reader = FieldReader(JSONReader(#"["a","b"]"#.utf8.span.bytes))
    try reader.beginArray()
    _ = try reader.nextElement()
    let nothing = try reader.readAhead { reader throws(WireError) -> String? in
      _ = try reader.string()
      return nil
    }
    #expect(nothing == nil)
    let first = try reader.readAhead { reader throws(WireError) in try reader.string() }
    #expect(first == "a")
    #expect(try reader.nextElement())
    #expect(try reader.string() == "b")
  }
}

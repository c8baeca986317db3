import Testing

@testable import WireFormats

/// Texts that are read again and again.
@Suite struct RecentTextsTests {
  private func read(_ text: String, _ texts: inout RecentTexts) throws -> String {
    let bytes = Array("<\(text)>".utf8)
    return try texts.text(bytes.span.bytes, in: 1..<bytes.count - 1, isKnownASCII: false)
  }

  @Test func eachTextIsReadAsItStandsHoweverManyCameBefore() throws {
    var texts = RecentTexts()
    // Of equal length, with the same eight bytes at both ends, and far more than are remembered.
    let all = (0..<9_000).map { "registry-\($0 % 3_000 + 10_000)-ünïcode" }
    for text in all { #expect(try read(text, &texts) == text) }
  }

  @Test(arguments: [
    "", "a", "fifteen letters", "sixteen letters!", String(repeating: "x", count: 300),
  ])
  func anyLengthIsRead(text: String) throws {
    var texts = RecentTexts()
    #expect(try read(text, &texts) == text)
    #expect(try read(text, &texts) == text)
  }

  @Test func whatIsNoUTF8IsTold() {
    var texts = RecentTexts()
    let bytes = Array("a long text with ".utf8) + [0xFF] + Array(" in it".utf8)
    #expect(throws: WireError.invalidUTF8(offset: 17)) {
      try texts.text(bytes.span.bytes, in: 0..<bytes.count, isKnownASCII: false)
    }
  }
}

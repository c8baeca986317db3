import Testing

@testable import TerminalKit

@Suite struct ClipboardTests {
  @Test(
    arguments: [("", ""), ("cart-1", "Y2FydC0x"), ("Ü\u{1b}[2J\n✖", "w5wbWzJKCuKclg==")]
  )
  func aTextIsSentEncoded(text: String, encoded: String) {
    #expect(Clipboard.sequence(copying: text) == "\u{1b}]52;c;\(encoded)\u{7}")
  }

  @Test func noMoreIsSentThanTerminalsTake() {
    let long = String(repeating: "a", count: 1 << 20)
    #expect(Clipboard.sequence(copying: long).utf8.count < 75_000)
  }
}

import Foundation
import Testing

@testable import TerminalKit

@Suite struct ClipboardTests {
  @Test(arguments: ["", "a", "ab", "abc", "abcd", "Ünï\u{1b}[2J\n✖"])
  func aTextIsSentAsTheTerminalTakesIt(text: String) {
    let expected = "\u{1b}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
    #expect(String(decoding: Clipboard.sequence(for: text), as: UTF8.self) == expected)
  }

  @Test func noMoreIsSentThanTerminalsTake() {
    let long = String(repeating: "a", count: 1 << 20)
    #expect(Clipboard.sequence(for: long).count < 75_000)
  }
}

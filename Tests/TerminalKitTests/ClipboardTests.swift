import Testing

@testable import TerminalKit

@Suite struct ClipboardTests {
  @Test func theClipboardIsSetThroughTmuxAndScreen() throws {
    func sequence(_ environment: [String: String]) throws -> String {
      String(
        decoding: try #require(Clipboard.sequence(for: "hi", environment: environment)),
        as: UTF8.self
      )
    }
    let plain = "\u{1b}]52;c;aGk=\u{7}"
    #expect(try sequence([:]) == plain)
    #expect(try sequence(["TMUX": "x"]) == plain + "\u{1b}Ptmux;\u{1b}\(plain)\u{1b}\\")
    #expect(try sequence(["STY": "x"]) == "\u{1b}P\(plain)\u{1b}\\")
    let long = String(repeating: "x", count: Clipboard.limit + 1)
    #expect(Clipboard.sequence(for: long, environment: [:]) == nil)
  }
}

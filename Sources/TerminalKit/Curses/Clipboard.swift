import Foundation

/// The clipboard of the machine that the terminal is on, which OSC 52 sets through any connection.
enum Clipboard {
  /// What terminals take: xterm no more than 100,000 bytes of base64.
  static let limit = 74_000

  /// The bytes that put a text on the clipboard; `nil` for one that is too long.
  ///
  /// tmux passes it on as its `set-clipboard on` says, or `allow-passthrough on`: it is sent in both
  /// ways, of which tmux drops what it does not allow. screen passes on what is wrapped, in pieces.
  static func sequence(for text: String, environment: [String: String]) -> [UInt8]? {
    guard text.utf8.count <= limit else { return nil }
    let plain = "\u{1b}]52;c;\(Data(text.utf8).base64EncodedString())\u{7}"
    if environment["TMUX"]?.isEmpty == false {
      return Array((plain + "\u{1b}Ptmux;\u{1b}\(plain)\u{1b}\\").utf8)
    }
    if environment["STY"]?.isEmpty == false {
      let all = Array(plain.utf8)
      return stride(from: 0, to: all.count, by: 500).flatMap { start in
        Array("\u{1b}P".utf8) + all[start..<min(start + 500, all.count)] + Array("\u{1b}\\".utf8)
      }
    }
    return Array(plain.utf8)
  }
}

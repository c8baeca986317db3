import Foundation

/// The clipboard of whoever sits at the terminal, wherever that is (xterm's OSC 52).
package enum Clipboard {
  /// Terminals take no more at once than some 75,000 bytes in base64.
  private static let limit = 48 << 10

  /// What a terminal is sent so that it copies a text.
  package static func sequence(copying text: String) -> String {
    "\u{1b}]52;c;\(Data(text.utf8.prefix(limit)).base64EncodedString())\u{07}"
  }

  /// Sends it to the terminal, past curses: nothing of it is shown.
  static func copy(_ text: String) {
    var rest = Array(sequence(copying: text).utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }
}

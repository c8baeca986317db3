import TerminalKit

/// Text of several lines made safe for a terminal, as what goes to the clipboard is: pasted into one,
/// it would be keys.
enum PlainLines {
  static func of(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { DisplayText(String($0)).string }.joined(separator: "\n")
  }
}

import TerminalKit

/// A part of a row that looks the same from its beginning to its end.
struct TextSegment: Sendable, Equatable {
  let text: DisplayText
  let style: Style

  init(text: DisplayText, style: Style) {
    self.text = text
    self.style = style
  }

  init(_ text: String, _ role: Role = .text, isBold: Bool = false) {
    self.init(text: DisplayText(text), style: Style(role, isBold: isBold))
  }
}

/// Which characters the terminal can show.
package enum GlyphSet: Sendable {
  /// Those of its font, whatever they are.
  case all
  /// Those of the Linux console: its fonts have 256 or 512, lines and Latin letters among them.
  case console
  case ascii

  /// Of what the screens draw themselves, what the console's fonts have, too.
  private static let ofConsole: Set<Character> = [
    "─", "│", "┌", "┐", "└", "┘", "├", "┤", "┬", "┴", "┼", "█", "░", "·", "×", "µ", "≤", "≥", "↑",
    "↓", "←", "→",
  ]

  /// The text of a cell as it can be shown; `nil` where nothing is to be written, as what is before it
  /// is two columns wide.
  package func text(_ text: String) -> String? {
    switch self {
    case .all: return text.isEmpty ? nil : text
    case .console:
      guard let character = text.first else { return nil }
      guard !Self.ofConsole.contains(character) else { return text }
      return ASCIIGlyph.substitute(for: character) ?? text
    case .ascii: return text.isEmpty ? "?" : ASCIIGlyph.text(text)
    }
  }
}

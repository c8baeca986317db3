/// What stands for a character where the locale has none but ASCII's.
enum ASCIIGlyph {
  private static let substitutes: [Character: String] = [
    "─": "-", "│": "|", "┌": "+", "┐": "+", "└": "`", "┘": "+", "├": "+", "┤": "+", "┬": "+",
    "┴": "+", "┼": "+", "✖": "X", "▲": "!", "●": "i", "·": ".", "…": "~", "↑": "^", "↓": "v",
    "←": "<", "→": ">", "✔": "+", "✓": "+", "✗": "x", "•": "*", "█": "#", "▸": ">", "▾": "v",
    "≤": "<", "≥": ">",
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "%", "░": ".",
    "–": "-", "—": "-", "×": "x", "µ": "u", "’": "'", "“": "\"", "”": "\"",
  ]

  /// The text of a cell in as many columns; a wide character gives its second one, too.
  static func text(_ text: String) -> String {
    guard let character = text.first, !character.isASCII else { return text }
    return substitute(for: character) ?? "?"
  }

  /// What stands for a character that the screens draw themselves; `nil` for any other.
  static func substitute(for character: Character) -> String? {
    substitutes[character] ?? dots(character)
  }

  /// The more dots of a braille character, as charts have them, the darker; `nil` for another character.
  private static func dots(_ character: Character) -> String? {
    guard let scalar = character.unicodeScalars.first,
      (0x2800...0x28ff).contains(scalar.value)
    else { return nil }
    return switch (scalar.value - 0x2800).nonzeroBitCount {
    case 0: " "
    case 1...2: "."
    case 3...5: ":"
    default: "#"
    }
  }
}

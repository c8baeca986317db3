/// What stands for characters of charts where a terminal has ASCII alone.
enum ASCIIGlyphs {
  private static let blocks: [Character: String] = [
    "▁": "_", "▂": ".", "▃": "-", "▄": "=", "▅": "+", "▆": "*", "▇": "%", "█": "#", "░": ".",
  ]

  /// The text of a cell in ASCII; `nil` where it is no part of a chart.
  static func text(for text: String) -> String? {
    guard let character = text.first, let scalar = character.unicodeScalars.first else {
      return nil
    }
    if let block = blocks[character] { return block }
    guard (0x2800...0x28ff).contains(scalar.value) else { return nil }
    switch (scalar.value - 0x2800).nonzeroBitCount {
    case 0: return " "
    case 1...2: return "."
    case 3...5: return ":"
    default: return "#"
    }
  }
}

import TerminalKit

/// A shell command on several rows, so that what is copied from the screen is still that command.
enum ShellCommand {
  /// The command in lines of `width` columns, as far as there are places to break it.
  ///
  /// Between words a backslash joins the lines. Inside a quoted JSON value they end after a comma,
  /// where JSON takes a line break for a space.
  static func lines(of command: String, width: Int) -> [String] {
    var lines: [String] = []
    var line = ""
    for piece in pieces(of: command) {
      let end = piece.isQuoted ? "" : " \\"
      let fits = DisplayText(line + piece.text).width + 2 <= width
      if !line.isEmpty, !fits {
        lines.append(line.trimmedAtEnd + end)
        line = ""
      }
      line += piece.text
    }
    return lines + [line.trimmedAtEnd]
  }

  /// A stretch that stays whole, and whether what is before it is inside the same quotes.
  private struct Piece {
    var text = ""
    let isQuoted: Bool
  }

  private static func pieces(of command: String) -> [Piece] {
    var pieces: [Piece] = []
    var piece = Piece(isQuoted: false)
    var isInQuotes = false
    var isInJSON = false
    var previous: Character = " "
    let characters = Array(command)
    for (index, character) in characters.enumerated() {
      if character == "'" { isInQuotes.toggle() }
      if isInQuotes, previous == "'", "[{".contains(character) { isInJSON = true }
      if !isInQuotes { isInJSON = false }
      piece.text.append(character)
      previous = character
      // A comma within a JSON string is followed by none of these, unless escaped.
      let next = index + 1 < characters.count ? characters[index + 1] : " "
      let isBetweenValues = isInJSON && character == "," && "\"[{".contains(next)
      guard character == " " && !isInQuotes || isBetweenValues else { continue }
      pieces.append(piece)
      piece = Piece(isQuoted: isInQuotes)
    }
    return pieces + [piece]
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    String(reversed().drop { $0 == " " }.reversed())
  }
}

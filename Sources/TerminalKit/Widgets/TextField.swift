/// A line of text that is being typed.
package struct TextField: Hashable, Sendable {
  // Two texts and no index: a mark that is typed joins the character before it, so that positions
  // counted in characters would not stay true.
  private var before: String
  private var after = ""

  package init(_ text: String = "") { before = text }

  package var text: String { before + after }

  /// Takes in a key; `false` where it is no key of a text field.
  package mutating func handle(_ key: Key) -> Bool {
    switch key {
    case .character(let character): before.append(character)
    case .backspace: _ = before.popLast()
    case .delete: after = String(after.dropFirst())
    case .left:
      if let character = before.popLast() { after = String(character) + after }
    case .right:
      if let character = after.first {
        after.removeFirst()
        before.append(character)
      }
    case .home, .control("a"):
      after = text
      before = ""
    case .end, .control("e"):
      before = text
      after = ""
    case .control("u"): before = ""
    case .control("w"):
      while before.last == " " { before.removeLast() }
      while let last = before.last, last != " " { before.removeLast() }
    default: return false
    }
    return true
  }

  /// Draws the text with its cursor.
  package func draw(on canvas: inout Canvas, row: Int, column: Int, width: Int) {
    let cursor = before.count
    let characters = Array(before) + Array(after)
    // The cursor stays in sight: what is before it scrolls away.
    let first = max(0, cursor - max(width - 1, 0))
    var position = column
    for index in first...characters.count {
      let character = index < characters.count ? String(characters[index]) : " "
      let style = Style(.input, isReversed: index == cursor)
      guard position < column + width else { break }
      position = canvas.write(character, row: row, column: position, style: style)
    }
  }
}

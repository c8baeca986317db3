/// A line of text that is being typed.
package struct TextField: Hashable, Sendable {
  package private(set) var text: String
  /// How many characters stand before the cursor.
  private var cursor: Int

  package init(_ text: String = "") {
    self.text = text
    cursor = text.count
  }

  /// Takes in a key; `false` where it is no key of a text field.
  package mutating func handle(_ key: Key) -> Bool {
    var characters = Array(text)
    switch key {
    case .character(let character):
      characters.insert(character, at: cursor)
      cursor += 1
    case .backspace where cursor > 0:
      cursor -= 1
      characters.remove(at: cursor)
    case .delete where cursor < characters.count: characters.remove(at: cursor)
    case .left: cursor = max(0, cursor - 1)
    case .right: cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .control("u"):
      characters.removeFirst(cursor)
      cursor = 0
    case .control("w"):
      let before = characters[..<cursor]
      let word = before.reversed().drop { $0 == " " }.drop { $0 != " " }
      characters.removeSubrange(word.count..<cursor)
      cursor = word.count
    case .backspace, .delete: break
    default: return false
    }
    text = String(characters)
    return true
  }

  /// Draws the text with its cursor.
  package func draw(on canvas: inout Canvas, row: Int, column: Int, width: Int) {
    let characters = Array(text)
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

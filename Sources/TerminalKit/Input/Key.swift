/// A key as a terminal tells it; `"j"`, `"enter"` and `"ctrl-c"` are literals of it.
package enum Key: Hashable, Sendable {
  case character(Character)
  /// Control and a letter, in lower case.
  case control(Character)
  case enter, escape, tab, backspace, delete
  case up, down, left, right, home, end, pageUp, pageDown
  case shiftLeft, shiftRight, shiftTab

  private static let named: [(key: Key, name: String)] = [
    (.enter, "enter"), (.escape, "esc"), (.tab, "tab"), (.backspace, "backspace"),
    (.delete, "delete"), (.up, "up"), (.down, "down"), (.left, "left"), (.right, "right"),
    (.home, "home"), (.end, "end"), (.pageUp, "page-up"), (.pageDown, "page-down"),
    (.character(" "), "space"), (.shiftLeft, "shift-left"), (.shiftRight, "shift-right"),
    (.control(" "), "ctrl-space"),
    (.shiftTab, "shift-tab"),
  ]
}

extension Key {
  /// The key of a name that somebody wrote; `nil` where there is none.
  package init?(named name: String) {
    if let named = Self.named.first(where: { $0.name == name }) {
      self = named.key
    } else if name.count == 1, let character = name.first, DisplayText(name).string == name {
      self = .character(character)
    } else if name.hasPrefix("ctrl-"), name.count == 6, let last = name.last,
      ("a"..."z").contains(last), !["i", "m", "h", "j"].contains(last)
    {
      // Terminals send those four for tab, enter and backspace.
      self = .control(last)
    } else if name.hasPrefix("shift-"), name.count == 7, let last = name.last, last.isLetter {
      self = .character(Character(last.uppercased()))
    } else {
      return nil
    }
  }
}

extension Key: ExpressibleByStringLiteral, CustomStringConvertible {
  package init(stringLiteral name: String) {
    if let named = Self.named.first(where: { $0.name == name }) {
      self = named.key
    } else if name.hasPrefix("ctrl-"), let letter = name.last {
      self = .control(letter)
    } else {
      precondition(name.count == 1, "There is no key named \(name).")
      self = .character(name.first ?? " ")
    }
  }

  package var description: String {
    switch self {
    case .character(let character) where character != " ": String(character)
    case .control(let letter) where letter != " ": "ctrl-\(letter)"
    default: Self.named.first { $0.key == self }?.name ?? ""
    }
  }
}

/// Something that a user or the terminal did.
package enum Input: Hashable, Sendable {
  case key(Key)
  case click(row: Int, column: Int)
  /// The wheel, by so many rows; negative is up.
  case wheel(Int)
  case resize(Size)
  /// Text that was pasted at once, which is no keys.
  case paste(String)
  /// The process was asked to end by this signal, or the terminal is gone (SIGHUP).
  case signal(Int32)
}

import CNCurses

/// Decodes what curses read.
@MainActor
enum CursesInput {
  /// Has curses know what nearly all terminals send, and the descriptions of many do not say.
  static func teachKeys() {
    define_key("\u{1b}[1;2C", KEY_SRIGHT)
    define_key("\u{1b}[1;2D", KEY_SLEFT)
    define_key("\u{1b}[Z", KEY_BTAB)
    define_key("\u{1b}[200~", pasteBegins)
    define_key("\u{1b}[201~", pasteEnds)
  }

  // Above all keys that curses knows.
  private static let pasteBegins: CInt = 1000
  private static let pasteEnds: CInt = 1001
  /// What was pasted so far; `nil` while nothing is being pasted.
  private static var pasted: String?
  /// Nobody pastes more into a line of text; the rest is read and forgotten.
  private static let pasteLimit = 1 << 16

  /// The next input that is waiting; `nil` where there is none.
  static func next() -> Input? {
    while true {
      var code: wint_t = 0
      switch kpatrol_get_key(&code) {
      case kpatrol_is_character where pasted != nil:
        guard let scalar = Unicode.Scalar(code), pasted?.utf8.count ?? 0 < pasteLimit else { break }
        pasted?.unicodeScalars.append(scalar)
      case kpatrol_is_named_key where CInt(code) == pasteBegins: pasted = ""
      case kpatrol_is_named_key where CInt(code) == pasteEnds:
        guard let text = pasted else { break }
        pasted = nil
        return .paste(text)
      case kpatrol_is_named_key where pasted != nil: break
      case kpatrol_is_character:
        if let key = character(code) { return .key(key) }
      case kpatrol_is_named_key:
        if let input = named(CInt(code)) { return input }
      default: return nil
      }
    }
  }

  private static func character(_ code: wint_t) -> Key? {
    switch code {
    case 13, 10: .enter
    case 27: .escape
    case 9: .tab
    case 8, 127: .backspace
    case 0: .control(" ")
    case 28: .control("\\")
    case 1...26: .control(Character(Unicode.Scalar(UInt8(code) + 96)))
    case 0..<32: nil
    default: Unicode.Scalar(code).map { .character(Character($0)) }
    }
  }

  private static let keys: [CInt: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home,
    KEY_END: .end, KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_BACKSPACE: .backspace,
    KEY_DC: .delete, KEY_ENTER: .enter, KEY_SLEFT: .shiftLeft, KEY_SRIGHT: .shiftRight,
    KEY_BTAB: .shiftTab,
  ]

  private static func named(_ code: CInt) -> Input? {
    guard code == KEY_MOUSE else { return keys[code].map(Input.key) }
    var event = MEVENT()
    guard getmouse(&event) == OK else { return nil }
    if kpatrol_is_wheel_up(event.bstate) != 0 { return .wheel(-3) }
    if kpatrol_is_wheel_down(event.bstate) != 0 { return .wheel(3) }
    guard kpatrol_is_click(event.bstate) != 0 else { return nil }
    return .click(row: Int(event.y), column: Int(event.x))
  }
}

import CNCurses

/// Decodes what curses read.
@MainActor
enum CursesInput {
  /// Has curses know what nearly all terminals send, and the descriptions of many do not say.
  static func teachKeys() {
    define_key("\u{1b}[1;2C", KEY_SRIGHT)
    define_key("\u{1b}[1;2D", KEY_SLEFT)
    define_key("\u{1b}[Z", KEY_BTAB)
  }

  /// The next input that is waiting; `nil` where there is none.
  static func next() -> Input? {
    while true {
      var code: wint_t = 0
      switch kpatrol_get_key(&code) {
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

import CNCurses

/// Decodes what curses read.
@MainActor
enum CursesInput {
  /// Has curses know what nearly all terminals send, and the descriptions of many do not say.
  static func teachKeys() {
    for (sequences, key) in widelySent {
      // What the description says of a sequence holds.
      for sequence in sequences where key_defined("\u{1b}\(sequence)") == 0 {
        define_key("\u{1b}\(sequence)", key)
      }
    }
    define_key("\u{1b}[200~", pasteBegins)
    define_key("\u{1b}[201~", pasteEnds)
  }

  /// What terminals send behind an escape, whatever they call themselves: PuTTY says that it is an xterm,
  /// and has the keys of a VT220.
  private static let widelySent: [(sequences: [String], key: CInt)] = [
    (["[A", "OA"], KEY_UP), (["[B", "OB"], KEY_DOWN), (["[C", "OC"], KEY_RIGHT),
    (["[D", "OD"], KEY_LEFT), (["[H", "OH", "[1~", "[7~"], KEY_HOME),
    (["[F", "OF", "[4~", "[8~"], KEY_END), (["[3~"], KEY_DC), (["[5~"], KEY_PPAGE),
    (["[6~"], KEY_NPAGE), (["OM"], KEY_ENTER), (["[1;2C", "[c"], KEY_SRIGHT),
    (["[1;2D", "[d"], KEY_SLEFT), (["[Z"], KEY_BTAB),
  ]

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

import Foundation
import YAMLReading

/// A terminal's description that has curses send colours as they are.
///
/// Of the terminals that show them, few have such a description, and machines know hardly any. So
/// the terminal's own is taken, and what sets colours is replaced in it (term(5)).
enum DirectColor {
  /// Places in a compiled description (term.h).
  private static let colors = 13
  private static let pairs = 14
  private static let originalPair = 297
  private static let foreground = 359
  private static let background = 360

  /// The first 16 colours are the named ones; whatever is above is red, green and blue.
  private static func sequence(_ plain: Int, _ bright: Int, _ direct: Int) -> String {
    "\u{1b}[%?%p1%{8}%<%t\(plain)%p1%d%e%p1%{16}%<%t\(bright)%p1%{8}%-%d%e\(direct);2;"
      + "%p1%{65536}%/%d;%p1%{256}%/%{255}%&%d;%p1%{255}%&%d%;m"
  }

  /// Whether the terminal says that it shows all colours.
  static func isOffered(by environment: [String: String]) -> Bool {
    ["truecolor", "24bit"].contains(environment["COLORTERM"])
      || environment["TERM", default: ""].hasSuffix("-direct")
  }

  /// What `TERMINFO` has to be for curses to send colours as they are; `nil` where the terminal's
  /// description cannot be found, or made sense of.
  static func terminfo(of environment: [String: String]) -> String? {
    guard let bytes = compiled(environment), let patched = patched(bytes) else { return nil }
    return "b64:" + Data(patched).base64EncodedString()
  }

  /// The terminal's compiled description, from where ncurses looks for it (terminfo(5)).
  private static func compiled(_ environment: [String: String]) -> [UInt8]? {
    guard let name = environment["TERM"], let first = name.utf8.first, !name.contains("/") else {
      return nil
    }
    let listed = environment["TERMINFO_DIRS", default: ""].split(separator: ":").map(String.init)
    let folders =
      [environment["TERMINFO"] ?? "", "\(environment["HOME"] ?? "")/.terminfo"] + listed
      + ["/etc/terminfo", "/lib/terminfo", "/usr/share/terminfo", "/usr/lib/terminfo"]
    let hex = String(first, radix: 16)
    for folder in folders where folder.hasPrefix("/") {
      for part in [String(name.prefix(1)), hex] {
        let path = "\(folder)/\(part)/\(name)"
        if let bytes = try? FileText.bytes(of: path, megabytes: 1) { return bytes }
      }
    }
    return nil
  }

  /// The description with other colours; `nil` where it is none.
  static func patched(_ bytes: [UInt8]) -> [UInt8]? {
    var reader = DescriptionReader(bytes)
    guard var basic = reader.basicPart() else { return nil }
    basic.set(number: colors, to: 1 << 24)
    basic.set(number: pairs, to: 1 << 16)
    basic.set(string: foreground, to: sequence(3, 9, 38))
    basic.set(string: background, to: sequence(4, 10, 48))
    if !basic.has(string: originalPair) { basic.set(string: originalPair, to: "\u{1b}[39;49m") }
    var extended = reader.extendedPart() ?? TerminalDescription()
    extended.names.insert(Array("RGB".utf8), at: extended.flags.count)
    extended.flags.append(1)
    return basic.written(isExtended: false) + extended.written(isExtended: true)
  }
}

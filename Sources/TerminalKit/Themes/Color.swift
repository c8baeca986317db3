/// A colour as a theme names it.
package enum Color: Hashable, Sendable {
  /// The terminal's own.
  case standard
  /// One of the palette of 256; the first 16 are the terminal's named colours.
  case indexed(Int)
  case rgb(red: Int, green: Int, blue: Int)

  private static let names = [
    "black", "red", "green", "yellow", "blue", "magenta", "cyan", "white", "bright-black",
    "bright-red", "bright-green", "bright-yellow", "bright-blue", "bright-magenta",
    "bright-cyan", "bright-white",
  ]

  /// Reads `default`, a name, `0`–`255` or `#rrggbb`.
  package init?(_ text: String) {
    if text == "default" {
      self = .standard
    } else if let index = Self.names.firstIndex(of: text) {
      self = .indexed(index)
    } else if let index = Int(text), (0...255).contains(index) {
      self = .indexed(index)
    } else if text.hasPrefix("#"), text.count == 7, let value = Int(text.dropFirst(), radix: 16) {
      self.init(value)
    } else {
      return nil
    }
  }

  /// The colour of a red, green and blue in one number.
  init(_ value: Int) {
    self = .rgb(red: value >> 16 & 0xff, green: value >> 8 & 0xff, blue: value & 0xff)
  }

  /// The nearest colour of a palette of `count`; -1 is the terminal's own.
  ///
  /// A larger palette than 256 is the colours themselves, but for the first 16, which are the
  /// terminal's named ones.
  package func index(ofPalette count: Int) -> Int {
    switch self {
    case .standard: return -1
    case .indexed(let index) where index < 16 && index < count: return index
    case .indexed(let index) where count > 256:
      let (red, green, blue) = Self.components(of: index)
      return max(16, red << 16 | green << 8 | blue)
    case .rgb(let red, let green, let blue) where count > 256:
      return max(16, red << 16 | green << 8 | blue)
    case .indexed(let index) where index < count: return index
    case .indexed(let index): return Self.nearest(to: Self.components(of: index), among: 0..<count)
    case .rgb(let red, let green, let blue):
      // The first 16 of a large palette look different on every terminal.
      let candidates = count >= 256 ? 16..<256 : 0..<count
      return Self.nearest(to: (red, green, blue), among: candidates)
    }
  }

  /// The colour for text: with few colours a grey is the terminal's own, which can be read on any
  /// background.
  package func textIndex(ofPalette count: Int) -> Int {
    count < 16 && isGrey ? -1 : index(ofPalette: count)
  }

  /// Whether black can be read on it better than white.
  var isLight: Bool {
    let (red, green, blue) = components
    return 299 * red + 587 * green + 114 * blue > 128_000
  }

  /// Its red, green and blue, the terminal's own taken for black.
  private var components: (Int, Int, Int) {
    switch self {
    case .standard: (0, 0, 0)
    case .indexed(let index): Self.components(of: index)
    case .rgb(let red, let green, let blue): (red, green, blue)
    }
  }

  private var isGrey: Bool {
    let (red, green, blue) = components
    return max(red, green, blue) - min(red, green, blue) < 40
  }

  private static func nearest(to wanted: (Int, Int, Int), among candidates: Range<Int>) -> Int {
    candidates.min { distance(components(of: $0), wanted) < distance(components(of: $1), wanted) }
      ?? -1
  }

  private static func distance(_ left: (Int, Int, Int), _ right: (Int, Int, Int)) -> Int {
    let (red, green, blue) = (left.0 - right.0, left.1 - right.1, left.2 - right.2)
    return red * red + green * green + blue * blue
  }

  /// The red, green and blue of xterm's palette.
  private static func components(of index: Int) -> (Int, Int, Int) {
    switch index {
    case 0..<8: return ((index & 1) * 205, (index >> 1 & 1) * 205, (index >> 2 & 1) * 205)
    case 8..<16: return ((index & 1) * 255, (index >> 1 & 1) * 255, (index >> 2 & 1) * 255)
    case 16..<232:
      let levels = [0, 95, 135, 175, 215, 255]
      let cube = index - 16
      return (levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6])
    default:
      let grey = 8 + (index - 232) * 10
      return (grey, grey, grey)
    }
  }
}

import CNCurses

/// Copies what changed of a canvas to curses, which sends it.
@MainActor
struct CursesPainter {
  private var theme: Theme
  private let palette: Int
  private let glyphs: GlyphSet
  private var shown: Canvas?
  private var looks: [Style: (attributes: attr_t, pair: CInt)] = [:]
  private var pairs: [[Int]: CInt] = [:]

  init(theme: Theme, hasColor: Bool, glyphs: GlyphSet) {
    self.glyphs = glyphs
    if hasColor, has_colors() {
      start_color()  // Before it, curses counts no colours.
      use_default_colors()
      palette = Int(kpatrol_colors())
    } else {
      palette = 0
    }
    self.theme = palette > 0 ? theme : .monochrome
  }

  /// Shows roles as another theme says; a terminal without colours keeps what it has.
  mutating func use(_ theme: Theme) {
    guard palette > 0 else { return }
    self.theme = theme
    looks = [:]
    pairs = [:]
    forget()
  }

  /// Draws everything anew the next time.
  mutating func forget() {
    shown = nil
    clearok(kpatrol_stdscr(), true)
  }

  mutating func paint(_ canvas: Canvas) {
    canvas.forEachChange(since: shown) { row, column, cell in
      guard let shown = glyphs.text(cell.text) else { return }
      let look = look(of: cell.style)
      let text = shown.unicodeScalars.map { wchar_t($0.value) } + [0]
      _ = kpatrol_put(CInt(row), CInt(column), text, look.attributes, look.pair)
    }
    shown = canvas
    refresh()
  }

  private mutating func look(of style: Style) -> (attributes: attr_t, pair: CInt) {
    if let known = looks[style] { return known }
    let look = theme.look(of: style.role)
    var attributes: attr_t = 0
    if look.isBold || style.isBold { attributes |= kpatrol_bold }
    if look.isDim { attributes |= kpatrol_dim }
    if look.isUnderlined { attributes |= kpatrol_underline }
    if look.isReversed != style.isReversed { attributes |= kpatrol_reverse }
    let result = (attributes, pair(of: look))
    looks[style] = result
    return result
  }

  private mutating func pair(of look: Theme.Look) -> CInt {
    guard palette > 0 else { return 0 }
    let colors = [
      look.textIndex(ofPalette: palette), look.background.index(ofPalette: palette),
    ]
    if colors == [-1, -1] { return 0 }
    if let known = pairs[colors] { return known }
    let number = CInt(pairs.count + 1)
    guard number < kpatrol_color_pairs() else { return 0 }
    init_extended_pair(number, CInt(colors[0]), CInt(colors[1]))
    pairs[colors] = number
    return number
  }
}

/// Text made safe for a terminal, and measured.
///
/// Names, labels and messages of a cluster are hostile: what could move the cursor, change its
/// colours or turn the direction of writing is replaced by a mark that is seen.
package struct DisplayText: Hashable, Sendable {
  /// One character as a terminal shows it.
  package struct Glyph: Hashable, Sendable {
    package let text: String
    /// The columns that it takes: 1 or 2.
    package let width: Int
  }

  package let glyphs: [Glyph]
  /// The columns that the text takes.
  package let width: Int

  package init(_ text: String) {
    // Nearly all text is plain, and of that nothing has to be looked up.
    let isPlain = text.utf8.allSatisfy { (0x20..<0x7f).contains($0) }
    self.init(glyphs: isPlain ? text.utf8.map { Self.plain[Int($0)] } : text.map(Self.glyph))
  }

  private init(glyphs: [Glyph]) {
    self.glyphs = glyphs
    width = glyphs.reduce(0) { $0 + $1.width }
  }

  package var string: String { glyphs.map(\.text).joined() }

  /// The text in at most `width` columns, its middle replaced by `…` where it is longer.
  package func cutInMiddle(to width: Int) -> DisplayText {
    guard self.width > width else { return self }
    guard width > 1 else { return DisplayText(glyphs: width == 1 ? [Self.ellipsis] : []) }
    let head = Self.fitting(glyphs, width / 2)
    let tail = Self.fitting(glyphs.reversed(), width - 1 - width / 2)
    return DisplayText(glyphs: head + [Self.ellipsis] + tail.reversed())
  }

  /// The text in at most `width` columns, its end replaced by `…` where it is longer.
  package func cutAtEnd(to width: Int) -> DisplayText {
    guard self.width > width else { return self }
    guard width > 0 else { return DisplayText(glyphs: []) }
    return DisplayText(glyphs: Self.fitting(glyphs, width - 1) + [Self.ellipsis])
  }

  /// The text in lines of at most `width` columns, broken between words where that can be.
  package func wrapped(to width: Int) -> [DisplayText] {
    guard width > 0, !glyphs.isEmpty else { return [self] }
    var lines: [[Glyph]] = []
    var rest = glyphs[...]
    while !rest.isEmpty {
      var line = Self.fitting(Array(rest), width)
      if line.isEmpty { line = [rest[rest.startIndex]] }  // A wide glyph in one column.
      if line.count < rest.count, let space = line.lastIndex(where: { $0.text == " " }), space > 0 {
        let next = rest[rest.startIndex + line.count].text
        if next != " " { line = Array(line[...space]) }
      }
      rest = rest.dropFirst(line.count).drop { $0.text == " " }
      lines.append(line)
    }
    return lines.map(DisplayText.init(glyphs:))
  }

  private static let ellipsis = Glyph(text: "…", width: 1)
  /// A glyph for each ASCII character, by its code.
  private static let plain = (0..<0x7f as Range<UInt8>).map { code in
    Glyph(text: String(UnicodeScalar(code)), width: 1)
  }

  private static func fitting(_ glyphs: [Glyph], _ width: Int) -> [Glyph] {
    var used = 0
    return Array(
      glyphs.prefix { glyph in
        used += glyph.width
        return used <= width
      }
    )
  }

  private static func glyph(_ character: Character) -> Glyph {
    let first = character.unicodeScalars.first
    if let first, (0x20..<0x7f).contains(first.value), character.unicodeScalars.count == 1 {
      return plain[Int(first.value)]
    }
    var scalars = character.unicodeScalars.filter { !isHostile($0) }
    // What combines needs something to combine with; a very long pile of it is no text.
    if scalars.count > 8 { scalars = String.UnicodeScalarView(scalars.prefix(8)) }
    guard let first = scalars.first, scalars.count == character.unicodeScalars.count,
      scalarWidth(first) > 0
    else { return Glyph(text: "\u{fffd}", width: 1) }
    let isEmoji = scalars.contains { $0.value == 0xfe0f || $0.properties.isEmojiModifier }
    let isFlag = scalars.count > 1 && (0x1f1e6...0x1f1ff).contains(first.value)
    return Glyph(
      text: String(String.UnicodeScalarView(scalars)),
      width: isEmoji || isFlag ? 2 : scalarWidth(first)
    )
  }

  /// Whether a terminal might act on it: controls, marks of direction, line separators.
  private static func isHostile(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7f..<0xa0, 0x61c, 0x200e, 0x200f, 0x2028...0x202e, 0x2066...0x2069, 0xfeff,
      0xfff9...0xfffb, 0xe0000...0xe007f:
      true
    default: scalar.properties.generalCategory == .privateUse
    }
  }

  /// The columns of a character that begins with this scalar (UAX #11, wide and full width).
  private static func scalarWidth(_ scalar: Unicode.Scalar) -> Int {
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115f, 0x231a...0x231b, 0x2329...0x232a, 0x23e9...0x23ec, 0x23f0, 0x23f3,
      0x25fd...0x25fe, 0x2614...0x2615, 0x2648...0x2653, 0x267f, 0x2693, 0x26a1,
      0x26aa...0x26ab, 0x26bd...0x26be, 0x26c4...0x26c5, 0x26ce, 0x26d4, 0x26ea,
      0x26f2...0x26f3, 0x26f5, 0x26fa, 0x26fd, 0x2705, 0x270a...0x270b, 0x2728, 0x274c, 0x274e,
      0x2753...0x2755, 0x2757, 0x2795...0x2797, 0x27b0, 0x27bf, 0x2b1b...0x2b1c, 0x2b50,
      0x2b55, 0x2e80...0x303e, 0x3041...0x33ff, 0x3400...0x4dbf, 0x4e00...0x9fff,
      0xa000...0xa4cf, 0xa960...0xa97f, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe30...0xfe6f,
      0xff00...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18aff, 0x1b000...0x1b2ff, 0x1f004,
      0x1f0cf, 0x1f18e, 0x1f191...0x1f19a, 0x1f200...0x1f320, 0x1f32d...0x1f64f,
      0x1f680...0x1f6fc, 0x1f7e0...0x1f7eb, 0x1f90c...0x1f9ff, 0x1fa70...0x1faff,
      0x20000...0x3fffd:
      return 2
    default: return 1
    }
  }
}

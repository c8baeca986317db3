/// The colours and attributes of each role.
package struct Theme: Sendable, Equatable {
  package struct Look: Sendable, Equatable {
    package var foreground = Color.standard
    package var background = Color.standard
    /// The foreground where a terminal has but its 8 or 16 named colours, of which the nearest would
    /// not do.
    package var basic: Color?
    package var isBold = false
    package var isDim = false
    package var isUnderlined = false
    package var isReversed = false

    package init() {}

    /// The foreground's place in a palette of `count`; -1 is the terminal's own.
    ///
    /// With few colours the nearest may be the background's; then it is whichever of black and white
    /// can be read on that.
    package func textIndex(ofPalette count: Int) -> Int {
      guard count < 256 else { return foreground.index(ofPalette: count) }
      guard background != .standard else {
        return basic?.index(ofPalette: count) ?? foreground.textIndex(ofPalette: count)
      }
      let text = (basic ?? foreground).index(ofPalette: count)
      guard text == background.index(ofPalette: count) else { return text }
      return background.isLight ? 0 : count < 16 ? 7 : 15
    }
  }

  package let name: String
  private let looks: [Role: Look]

  /// A colour that a role leaves to the terminal is that of the theme's text.
  package init(name: String, looks: [Role: Look]) {
    self.name = name
    let text = looks[.text] ?? Look()
    self.looks = Dictionary(
      uniqueKeysWithValues: Role.allCases.map { role in
        var look = looks[role] ?? text
        if look.foreground == .standard { look.foreground = text.foreground }
        if look.background == .standard { look.background = text.background }
        return (role, look)
      }
    )
  }

  package func look(of role: Role) -> Look { looks[role] ?? Look() }

  /// Without a colour: what matters is told by bold, dim and reverse.
  package static let monochrome = Theme(
    name: "monochrome",
    looks: [
      .title: .bold, .header: .bold, .key: .bold, .critical: .bold, .error: .bold,
      .muted: .dim, .border: .dim, .selection: .reversed, .input: .underlined,
    ]
  )
}

extension Theme.Look {
  fileprivate static let bold = with { $0.isBold = true }
  fileprivate static let dim = with { $0.isDim = true }
  fileprivate static let reversed = with { $0.isReversed = true }
  fileprivate static let underlined = with { $0.isUnderlined = true }

  private static func with(_ change: (inout Self) -> Void) -> Self {
    var look = Self()
    change(&look)
    return look
  }
}

import YAMLReading

/// A skin file of k9s, whose colours become those of our roles.
enum SkinOfK9s {
  /// Where a role's colours are, and what k9s has where a skin says nothing; the first place that has
  /// one counts.
  private struct Source {
    let role: Role
    let foreground: [String]
    var background: [String] = []
    /// The foreground and background by default.
    let byDefault: (String, String)
    var isBold = false
  }

  private static let body = "body.bgColor"

  /// The one table of what k9s' colours mean here.
  private static let sources = [
    Source(
      role: .text,
      foreground: ["body.fgColor"],
      background: [body],
      byDefault: ("default", "default")
    ),
    Source(
      role: .muted,
      foreground: ["frame.status.completedColor", "frame.status.killColor"],
      byDefault: ("lightslategray", "default")
    ),
    Source(
      role: .title,
      foreground: ["frame.title.fgColor"],
      background: ["frame.title.bgColor"],
      byDefault: ("aqua", "default"),
      isBold: true
    ),
    Source(
      role: .border,
      foreground: ["frame.border.fgColor"],
      byDefault: ("dodgerblue", "default")
    ),
    Source(
      role: .header,
      foreground: ["views.table.header.fgColor"],
      background: ["views.table.header.bgColor"],
      byDefault: ("white", "default"),
      isBold: true
    ),
    Source(
      role: .key,
      foreground: ["frame.menu.keyColor"],
      byDefault: ("dodgerblue", "default"),
      isBold: true
    ),
    Source(
      role: .selection,
      foreground: ["views.table.cursorFgColor"],
      background: ["views.table.cursorBgColor"],
      byDefault: ("black", "aqua"),
      isBold: true
    ),
    Source(
      role: .critical,
      foreground: ["frame.status.errorColor"],
      byDefault: ("orangered", "default"),
      isBold: true
    ),
    Source(
      role: .warning,
      foreground: ["frame.status.pendingColor", "frame.status.highlightColor"],
      byDefault: ("darkorange", "default")
    ),
    Source(
      role: .info,
      foreground: ["frame.status.newColor"],
      byDefault: ("lightskyblue", "default")
    ),
    Source(
      role: .success,
      foreground: ["frame.status.addColor"],
      byDefault: ("white", "default")
    ),
    Source(
      role: .progress,
      foreground: ["frame.status.modifyColor"],
      byDefault: ("greenyellow", "default")
    ),
    Source(
      role: .error,
      foreground: ["frame.status.errorColor"],
      byDefault: ("orangered", "default"),
      isBold: true
    ),
    Source(
      role: .input,
      foreground: ["prompt.fgColor"],
      background: ["prompt.bgColor"],
      byDefault: ("cadetblue", "default")
    ),
  ]

  /// The roles' looks by the map under `k9s`.
  static func looks(_ skin: YAMLValue) throws(YAMLProblem) -> [Role: Theme.Look] {
    var looks: [Role: Theme.Look] = [:]
    for source in sources {
      var look = Theme.Look()
      look.foreground = try color(source.foreground, of: skin) ?? color(source.byDefault.0)
      look.background = try color(source.background, of: skin) ?? color(source.byDefault.1)
      look.isBold = source.isBold
      looks[source.role] = look
    }
    looks[.input]?.isUnderlined = true
    let text = looks[.text]
    if let background = looks[.selection]?.background,
      background == .standard || background == text?.background
    {
      looks[.selection]?.isReversed = true  // k9s shows such a row reversed, too.
    }
    return looks
  }

  private static func color(
    _ places: [String],
    of skin: YAMLValue
  ) throws(YAMLProblem) -> Color? {
    for place in places {
      var value: YAMLValue? = skin
      for name in place.split(separator: ".") {
        if let map = value, !map.isMap { throw map.wrongType("a map") }
        value = value?.value(String(name))
      }
      guard let value else { continue }
      return color(try value.string())
    }
    return nil
  }

  /// A colour as k9s takes it: what it does not know is the terminal's own, as `default` and `-` are.
  private static func color(_ text: String) -> Color {
    if text.hasPrefix("#") { return Color(text) ?? .standard }
    guard let value = NamedColor.value(of: text.lowercased()) else { return .standard }
    return Color(value)
  }
}

/// What terminals are like of which machines often have no description.
///
/// Whoever comes by ssh brings the name of a terminal that the other machine may never have heard of.
enum TerminalLikeness {
  /// By what names begin with: what nearly every machine describes, and the terminal does as well.
  private static let likenesses: [(prefix: String, type: String)] = [
    ("tmux", "screen-256color"),
    ("screen", "screen"),
    ("putty", "xterm"),
    ("xterm", "xterm-256color"),
    ("rxvt", "xterm"),
    ("alacritty", "xterm-256color"),
    ("contour", "xterm-256color"),
    ("foot", "xterm-256color"),
    ("ghostty", "xterm-256color"),
    ("gnome", "xterm-256color"),
    ("iterm", "xterm-256color"),
    ("kitty", "xterm-256color"),
    ("konsole", "xterm-256color"),
    ("mlterm", "xterm-256color"),
    ("rio", "xterm-256color"),
    ("st", "xterm-256color"),
    ("vte", "xterm-256color"),
    ("wezterm", "xterm-256color"),
    ("linux", "vt100"),
  ]

  /// The type that a terminal of this name is like; `nil` where nothing is known of it.
  static func of(_ type: String) -> String? {
    let family = type.prefix { $0 != "-" && $0 != "." }
    let like = likenesses.first { family == $0.prefix }?.type
    guard let like else { return nil }
    // The name tells how many colours there are.
    if like == "xterm" || like == "screen", type.hasSuffix("256color") { return "\(like)-256color" }
    return like == type ? nil : like
  }
}

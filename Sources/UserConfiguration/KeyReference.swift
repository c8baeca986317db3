/// What documentation says of the keys, made from ``ConfigurationKey/all``.
package enum KeyReference {
  private static let width = 100

  /// All keys for people to read in a terminal.
  package static var text: String {
    ConfigurationKey.all.map { key in
      let lines =
        ["\(key.path): \(key.type)", "  Default: \(key.byDefault)"]
        + wrapped(key.meaning, indent: "  ")
      return lines + exampleLines(of: key, indent: "  ")
    }
    .map { $0.joined(separator: "\n") + "\n" }.joined(separator: "\n")
      + "\n" + wrapped(globs, indent: "").joined(separator: "\n") + "\n"
  }

  /// A configuration file with every key explained and at its default.
  package static var file: String {
    let blocks = ConfigurationKey.topLevel.map { key in
      let explained = ([key] + key.below).map(comment).joined(separator: ["#"])
      return (explained + ["\(key.name):\(value(of: key))"]).map { $0 + "\n" }.joined()
    }
    return ([wrapped(heading, indent: "# ").map { $0 + "\n" }.joined()] + blocks)
      .joined(separator: "\n")
  }

  private static let heading = """
    KPatrol's configuration: every key with its default. Put what you change into \
    $XDG_CONFIG_HOME/kpatrol/config.yaml (~/.config/kpatrol/config.yaml), or name a file with \
    --config or \(ConfigurationFile.variable). A key without a value counts as not written. \
    `kpatrol config check` finds mistakes, `kpatrol config show` prints what is in force and \
    where it comes from. \(globs)
    """

  private static let globs = """
    In a glob * stands for any characters, ? for one, [a-z] for one of several and [!a-z] for one \
    of all others; case counts.
    """

  private static func comment(_ key: ConfigurationKey) -> [String] {
    ["# \(key.path): \(key.type)", "#   Default: \(key.byDefault)"]
      + wrapped(key.meaning, indent: "#   ") + exampleLines(of: key, indent: "#   ")
  }

  private static func exampleLines(of key: ConfigurationKey, indent: String) -> [String] {
    let lines = key.example.split(separator: "\n")
    guard lines.count > 1 else { return ["\(indent)Example: \(key.example)"] }
    return ["\(indent)Example:"] + lines.map { "\(indent)  \($0)" }
  }

  /// What stands after the colon where the default holds.
  private static func value(of key: ConfigurationKey) -> String {
    if key.byDefault.hasPrefix("[") || key.byDefault.hasPrefix("{") { return " \(key.byDefault)" }
    return key.type.hasPrefix("list") ? " []" : ""
  }

  /// The text in lines that begin with `indent`, broken between words.
  private static func wrapped(_ text: String, indent: String) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(indent + word)
      }
    }
    return lines
  }
}

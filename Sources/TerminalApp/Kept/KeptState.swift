/// What is remembered from one run to the next.
package struct KeptState: Codable, Sendable, Equatable {
  /// The theme that was chosen last on the screen.
  package var theme: String?
  /// Whether whoever uses it has seen the first hints.
  package var isIntroduced: Bool
  /// What the screens of each name were like.
  package var screens: [String: [String: String]]
  /// The command that leads to the screen that was last open, for each set of clusters.
  package var lastCommands: [String: String]

  package init() {
    isIntroduced = false
    screens = [:]
    lastCommands = [:]
  }

  private enum Field: String, CodingKey { case theme, isIntroduced, screens, lastCommands }

  /// Another version's file may lack some of it.
  package init(from decoder: any Decoder) throws {
    let fields = try decoder.container(keyedBy: Field.self)
    theme = try fields.decodeIfPresent(String.self, forKey: .theme)
    isIntroduced = try fields.decodeIfPresent(Bool.self, forKey: .isIntroduced) ?? false
    screens = try fields.decodeIfPresent([String: [String: String]].self, forKey: .screens) ?? [:]
    lastCommands =
      try fields.decodeIfPresent([String: String].self, forKey: .lastCommands) ?? [:]
  }

  package func encode(to encoder: any Encoder) throws {
    var fields = encoder.container(keyedBy: Field.self)
    try fields.encodeIfPresent(theme, forKey: .theme)
    try fields.encode(isIntroduced, forKey: .isIntroduced)
    try fields.encode(screens, forKey: .screens)
    try fields.encode(lastCommands, forKey: .lastCommands)
  }
}

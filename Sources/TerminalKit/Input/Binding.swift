/// One row of a screen's keys: the one source for dispatch, footer and help.
package struct Binding<Action: Sendable>: Sendable {
  package let keys: [Key]
  /// A word or two for the footer; empty where the footer need not show it.
  package let label: String
  /// A sentence for the help screen.
  package let help: String
  package let action: Action
  /// Whether it may change a cluster.
  package let changes: Bool
  /// Whether the footer keeps room for it, however many others there are.
  package let isAlwaysShown: Bool

  package init(
    _ keys: Key...,
    label: String = "",
    help: String,
    changes: Bool = false,
    isAlwaysShown: Bool = false,
    _ action: Action
  ) {
    self.keys = keys
    self.label = label
    self.help = help
    self.changes = changes
    self.isAlwaysShown = isAlwaysShown
    self.action = action
  }

  /// The row without its action, to be shown.
  package var hint: KeyHint {
    KeyHint(
      keys: keys.map(\.description),
      label: label,
      help: help,
      changes: changes,
      isAlwaysShown: isAlwaysShown
    )
  }
}

/// A key and what it does, as footers and help show it.
package struct KeyHint: Hashable, Sendable {
  package let keys: [String]
  package let label: String
  package let help: String
  /// Whether it may change a cluster.
  package let changes: Bool
  /// Whether the footer keeps room for it, however many others there are.
  package let isAlwaysShown: Bool

  package init(
    keys: [String],
    label: String,
    help: String,
    changes: Bool = false,
    isAlwaysShown: Bool = false
  ) {
    self.keys = keys
    self.label = label
    self.help = help
    self.changes = changes
    self.isAlwaysShown = isAlwaysShown
  }

  /// The same with other keys.
  package func with(keys: [String]) -> KeyHint {
    KeyHint(
      keys: keys,
      label: label,
      help: help,
      changes: changes,
      isAlwaysShown: isAlwaysShown
    )
  }
}

extension Array {
  /// The action of the first binding that has this key.
  package func action<Action>(for key: Key) -> Action? where Element == Binding<Action> {
    first { $0.keys.contains(key) }?.action
  }
}

import TerminalKit

/// The keys of one screen, or of all, by the names of what they do.
struct KeyTable: Sendable {
  struct Row: Sendable {
    /// What the key does, as the configuration calls it.
    let action: String
    let keys: [Key]
    let help: String
  }

  /// What the keys that all screens have stand under.
  static let everywhere = "global"

  let screen: String
  let rows: [Row]

  init<Action>(_ screen: String, _ bindings: [Binding<Action>]) {
    self.screen = screen
    rows = bindings.map { Row(action: $0.actionName, keys: $0.keys, help: $0.help) }
  }

  /// All that can be bound to other keys.
  static let all = [
    KeyTable(everywhere, App.bindings),
    KeyTable("aliases", AliasesScreen.bindings),
    KeyTable("catalogue", CatalogueScreen.bindings),
    KeyTable("check", CheckScreen.bindings),
    KeyTable("choice", ChoiceScreen.bindings),
    KeyTable("clusters", ClustersScreen.bindings),
    KeyTable("containers", ContainersScreen.bindings),
    KeyTable(ObjectScreen.Tab.description.keyTable, DescriptionTab.bindings),
    KeyTable(ObjectScreen.Tab.events.keyTable, EventsTab.bindings),
    KeyTable("finding", FindingScreen.bindings),
    KeyTable("findings", FindingsScreen.bindings),
    KeyTable(ObjectScreen.Tab.graph.keyTable, GraphTab.bindings),
    KeyTable("heal", HealScreen.bindings),
    KeyTable("healQueue", HealQueueScreen.bindings),
    KeyTable("help", HelpScreen.bindings),
    KeyTable("journal", JournalScreen.bindings),
    KeyTable("journalEntry", JournalEntryScreen.bindings),
    KeyTable("log", LogScreen.bindings),
    KeyTable(ObjectScreen.Tab.logs.keyTable, LogsTab.bindings),
    KeyTable("object", ObjectScreen.bindings),
    KeyTable("pulse", PulseScreen.bindings),
    KeyTable("resources", ResourcesScreen.bindings),
    KeyTable("users", UsersScreen.bindings),
    KeyTable("views", ViewsScreen.bindings),
    KeyTable(ObjectScreen.Tab.yaml.keyTable, YAMLTab.bindings),
  ]

  /// The name of a screen in the configuration: that of its type.
  static func name(of screen: any Screen) -> String {
    let type = String(describing: type(of: screen))
    let name = type.hasSuffix("Screen") ? type.dropLast("Screen".count) : type[...]
    return name.prefix(1).lowercased() + name.dropFirst()
  }
}

extension Binding {
  /// The name of the action, made of its case: `sort(.name)` is `sortName`.
  fileprivate var actionName: String {
    var name = ""
    for part in String(describing: action).split(whereSeparator: { "(), ".contains($0) }) {
      let word = part.split(separator: ".").last ?? part
      name += name.isEmpty ? String(word) : word.prefix(1).uppercased() + word.dropFirst()
    }
    return name
  }
}

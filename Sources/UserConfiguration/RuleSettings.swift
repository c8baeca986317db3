package import NameMatching
import YAMLReading

/// Where rules come from besides the user's own folder.
package struct RuleSettings: Sendable, Equatable {
  /// Files and folders.
  package var paths: [String] = []
  /// The namespaces whose ConfigMaps may bring packs.
  package var trustedNamespaces: [NamePattern] = []
  /// Those of them whose packs may bring remedies, too.
  package var healingNamespaces: [NamePattern] = []

  package init() {}
}

extension SettingsReader {
  mutating func readRules(_ value: YAMLValue) {
    readFields(of: value, known: ConfigurationKey.names(under: "rules")) { reader, field, value in
      switch field {
      case "healingNamespaces":
        reader.settings.rules.healingNamespaces = reader.patterns(value)
        return
      case "trustedNamespaces":
        reader.settings.rules.trustedNamespaces = reader.patterns(value)
        return
      default: break
      }
      for element in reader.elements(value) {
        reader.notePlace(of: element)
        if let path = reader.name(element) { reader.settings.rules.paths.append(path) }
      }
    }
  }
}

extension SettingsText {
  var rules: [String] {
    let rules = file.settings.rules
    let paths = rules.paths.map { QuotedText.quoted($0) }
    let namespaces = rules.trustedNamespaces.map { QuotedText.quoted($0.text) }
    let healing = rules.healingNamespaces.map { QuotedText.quoted($0.text) }
    return [
      "rules:", "  paths: [\(paths.joined(separator: ", "))]" + origin("rules.paths"),
      "  trustedNamespaces: [\(namespaces.joined(separator: ", "))]"
        + origin("rules.trustedNamespaces"),
      "  healingNamespaces: [\(healing.joined(separator: ", "))]"
        + origin("rules.healingNamespaces"),
    ]
  }
}

extension ConfigurationKey {
  /// The keys of rules.
  static let rules = [
    ConfigurationKey(
      path: "rules",
      type: "map",
      byDefault: "{}",
      meaning: """
        Where packs of rules come from. Those in the folder rules beside this file are read, too. Files are \
        read again when they change; kpatrol rules check tells what is wrong with one.
        """,
      example: "rules: { paths: [/etc/kpatrol/rules] }"
    ),
    ConfigurationKey(
      path: "rules.paths",
      type: "list of files, folders and names",
      byDefault: "[]",
      meaning: """
        Files of packs, folders of whose files those count whose names end in .yaml or .yml, and names of \
        packs that come with KPatrol, as cert-manager.
        """,
      example: "rules: { paths: [/etc/kpatrol/rules, ./team.yaml, cert-manager] }"
    ),
    ConfigurationKey(
      path: "rules.trustedNamespaces",
      type: "list of names or globs",
      byDefault: "[]",
      meaning: """
        The namespaces whose ConfigMaps with the label kpatrol.io/rule-pack bring packs of rules, each of \
        their keys that ends in .yaml or .yml one. Whoever may write there decides what is found. A scan \
        reads files alone.
        """,
      example: "rules: { trustedNamespaces: [kpatrol] }"
    ),
    ConfigurationKey(
      path: "rules.healingNamespaces",
      type: "list of names or globs",
      byDefault: "[]",
      meaning: """
        Those of the trusted namespaces whose packs may bring remedies, too. Those of others are shown with \
        this reason and carried out by nobody. Whoever may write there decides what is offered, and never \
        what is done: guardrails and confirmations are those of every plan.
        """,
      example: "rules: { trustedNamespaces: [kpatrol], healingNamespaces: [kpatrol] }"
    ),
  ]
}

package import Inspection
import KubernetesObjects
import NameMatching
import YAMLReading

/// The configuration in force as YAML, each value with where it comes from.
package struct SettingsText {
  let file: ConfigurationFile
  private let checks: [any Check]

  /// `checks` are all that there are.
  package init(_ file: ConfigurationFile, checks: [any Check]) {
    self.file = file
    self.checks = checks
  }

  package var yaml: String {
    let settings = file.settings
    let theme = settings.theme.map { " " + QuotedText.quoted($0) } ?? ""
    let teamLabel = settings.teamLabel.map { " " + QuotedText.quoted($0) } ?? ""
    var lines = [
      "contexts: \(Self.list(settings.contexts))" + origin("contexts"),
      "readOnlyContexts: \(Self.list(settings.readOnlyContexts))" + origin("readOnlyContexts"),
      "protectedNamespaces: \(Self.list(settings.protectedNamespaces))"
        + origin("protectedNamespaces"),
    ]
    lines += scopes
    lines += inventories
    lines += [
      "theme:\(theme)" + origin("theme"),
      "teamLabel:\(teamLabel)" + origin("teamLabel"),
      "listing: \(Self.text(of: settings.listing))" + origin("listing"),
      "profile: \(settings.profile.rawValue)" + origin("profile"), "checks:",
    ]
    lines += checks.flatMap(self.lines) + mutes + keys + owners
    lines.append("mouse: \(settings.hasMouse)" + origin("mouse"))
    lines += HealingText(settings: settings, origin: origin).lines
    lines += journal
    lines += rules
    lines += remoteChecks
    lines += reports
    lines += notifications
    lines += events
    lines += agents
    return lines.map { $0 + "\n" }.joined()
  }

  private func lines(about check: any Check) -> [String] {
    let path = "checks.\(check.id)"
    let settings = file.settings.checks
    let isEnabled = settings.overrides[check.id]?.isEnabled
    return [
      "  \(check.id):",
      isEnabled == nil && check.profile != .default
        ? "    enabled:  # default: with profile \(check.profile.rawValue)"
        : "    enabled: \(isEnabled ?? true)" + origin("\(path).enabled"),
      "    severity: \(settings.severity(of: check).name)" + origin("\(path).severity"),
      "    settles: \(DurationText.text(settings.settles(check)))" + origin("\(path).settles"),
    ] + thresholds(of: check, at: "\(path).thresholds")
  }

  private func thresholds(of check: any Check, at path: String) -> [String] {
    guard !check.thresholds.isEmpty else { return [] }
    let changed = file.settings.checks.overrides[check.id]?.thresholds ?? [:]
    return ["    thresholds:"]
      + check.thresholds.map { threshold in
        let value = changed[threshold.name] ?? threshold.byDefault
        return "      \(threshold.name): \(NumberText.text(value))"
          + origin("\(path).\(threshold.name)")
      }
  }

  private var scopes: [String] {
    let scopes = file.settings.addressScopes
    guard !scopes.isEmpty else { return ["addressScopes: []" + origin("addressScopes")] }
    return ["addressScopes:" + origin("addressScopes")]
      + scopes.flatMap { scope in
        [
          "  - name: \(QuotedText.quoted(scope.name))",
          "    contexts: \(Self.list(scope.contexts))",
          "    cidrs: \(Self.list(scope.cidrs))",
        ]
      }
  }

  private var keys: [String] {
    let keys = file.settings.keys
    guard !keys.isEmpty else { return ["keys: {}" + origin("keys")] }
    var lines = ["keys:" + origin("keys")]
    var screen: String?
    for setting in keys {
      if setting.screen != screen { lines.append("  \(QuotedText.quoted(setting.screen)):") }
      screen = setting.screen
      let names = Self.list(setting.keys.map(\.name))
      lines.append(
        "    \(QuotedText.quoted(setting.action)): \(names)"
          + origin("keys.\(setting.screen).\(setting.action)")
      )
    }
    return lines
  }

  private var mutes: [String] {
    let mutes = file.settings.mutes
    guard !mutes.isEmpty else { return ["mutes: []" + origin("mutes")] }
    return ["mutes:" + origin("mutes")]
      + mutes.flatMap { mute in
        let labels = mute.labels.sorted { $0.key < $1.key }.map {
          "\(QuotedText.quoted($0.key)): \(QuotedText.quoted($0.value))"
        }
        let fields = [
          ("check", mute.check?.text), ("namespace", mute.namespace?.text),
          ("name", mute.name?.text), ("team", mute.team), ("until", mute.until?.rfc3339),
          ("reason", mute.reason),
        ].compactMap { name, text in text.map { "    \(name): \(QuotedText.quoted($0))" } }
        let lines =
          fields + (labels.isEmpty ? [] : ["    labels: {\(labels.joined(separator: ", "))}"])
        return ["  - " + lines[0].drop { $0 == " " }] + lines.dropFirst()
      }
  }

  private var owners: [String] {
    let owners = file.settings.owners
    guard !owners.isEmpty else { return ["owners: []" + origin("owners")] }
    return ["owners:" + origin("owners")] + owners.flatMap(OwnersText.lines)
  }

  private var inventories: [String] {
    let inventories = file.settings.inventories
    guard !inventories.isEmpty else { return ["inventories: []" + origin("inventories")] }
    return ["inventories:" + origin("inventories")] + inventories.flatMap(InventoryText.lines)
  }

  /// A comment that tells where a value comes from.
  func origin(_ field: String) -> String {
    guard let place = file.place(of: field) else {
      let key = ConfigurationKey.all.first { $0.path == field && !$0.byDefault.hasPrefix("[") }
      return key.map { "  # default: \($0.byDefault)" } ?? "  # default"
    }
    return "  # \(QuotedText.escaped(place.path)):\(place.line)"
  }

  private static func text(of listing: ListingRules) -> String {
    if let common = listing.common { return common.rawValue }
    let rules = listing.rules.map { rule in
      "\(QuotedText.quoted(rule.contexts.text)): \(rule.listing.rawValue)"
    }
    return "{ \(rules.joined(separator: ", ")) }"
  }

  static func list(_ values: [some CustomStringConvertible]) -> String {
    "[" + values.map { QuotedText.quoted($0.description) }.joined(separator: ", ") + "]"
  }
}

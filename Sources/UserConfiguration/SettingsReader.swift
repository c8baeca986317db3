import Inspection
import KubernetesObjects
import NameMatching
package import YAMLReading

/// Reads a file's values, and collects everything that is wrong with them.
struct SettingsReader {
  /// No condition has to hold for longer; it also keeps sums from overflowing.
  private static let longest = Duration.seconds(365 * 86_400)

  let checks: [ConfigurableCheck]
  var settings = Settings()
  /// Where the values stand, by the way to them from the file's root.
  var places: [String: FieldPlace] = [:]
  private(set) var mistakes: [ConfigurationMistake] = []

  /// `checks` are those that there are.
  init(_ root: YAMLValue, checks: [ConfigurableCheck]) {
    self.checks = checks
    guard !root.isNull else { return }
    readFields(of: root, known: ConfigurationKey.names(under: "")) { reader, name, value in
      switch name {
      case "contexts": reader.settings.contexts = reader.patterns(value)
      case "readOnlyContexts": reader.settings.readOnlyContexts = reader.patterns(value)
      case "protectedNamespaces": reader.settings.protectedNamespaces = reader.patterns(value)
      case "addressScopes": reader.readScopes(value)
      case "inventories": reader.readInventories(value)
      case "theme": reader.settings.theme = reader.name(value)
      case "teamLabel": reader.settings.teamLabel = reader.name(value)
      case "listing": reader.settings.listing = reader.listingRules(value)
      case "profile":
        if let profile = reader.profile(value) { reader.settings.profile = profile }
      case "healing": reader.readHealing(value)
      case "mutes": reader.readMutes(value)
      case "owners": reader.readOwners(value)
      case "keys": reader.readKeys(value)
      case "journal": reader.readJournal(value)
      case "rules": reader.readRules(value)
      case "remoteChecks": reader.readRemoteChecks(value)
      case "reports": reader.readReports(value)
      case "notifications": reader.readNotifications(value)
      case "events": reader.readEvents(value)
      case "agents": reader.readAgents(value)
      case "mouse":
        let flag = reader.read { () throws(YAMLProblem) in try value.boolean() }
        reader.settings.hasMouse = flag ?? true
      default: reader.readChecks(value)
      }
    }
    mistakes.sort { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
  }
}

// MARK: - The keys

extension SettingsReader {
  private mutating func readScopes(_ value: YAMLValue) {
    var names: Set<String> = []
    for element in elements(value) {
      var name: String?
      var contexts: [NamePattern]?
      var cidrs: [IPPrefix]?
      let known = ConfigurationKey.names(under: "addressScopes[]")
      let isMap = readFields(of: element, known: known) { reader, field, value in
        switch field {
        case "name":
          name = reader.name(value)
          guard let name, !names.insert(name).inserted else { return }
          let text = QuotedText.excerpt(name)
          reader.note(value.place, "another scope is named \(text) too")
        case "contexts": contexts = reader.patterns(value)
        default: cidrs = reader.elements(value).compactMap { reader.cidr($0) }
        }
      }
      guard isMap else { continue }
      for name in known where element.value(name) == nil {
        note(element.place.appending(name), "it is missing")
      }
      guard let name, let contexts, let cidrs else { continue }
      places[element.place.field] = element.place
      settings.addressScopes.append(AddressScope(name: name, contexts: contexts, cidrs: cidrs))
    }
  }

  private mutating func readChecks(_ value: YAMLValue) {
    guard let entries = read({ () throws(YAMLProblem) in try value.entries() }) else { return }
    for entry in entries {
      let id = CheckID(stringLiteral: entry.name)
      let check = checks.first { $0.id == id }
      // Packs of rules are read later; their ids begin with no shape.
      guard check != nil || id.shape == nil && entry.name.contains("/") else {
        let hint =
          entry.name.nearest(of: checks.map(\.id.description)).map { "did you mean \($0)?" }
          ?? "kpatrol checks lists all"
        note(entry.place, "there is no such check; \(hint)")
        continue
      }
      guard !entry.value.isNull else { continue }
      var override = CheckSettings.Override()
      let known = ConfigurationKey.names(under: "checks.ID")
      readFields(of: entry.value, known: known) { reader, field, value in
        switch field {
        case "enabled":
          override.isEnabled = reader.read { () throws(YAMLProblem) in try value.boolean() }
        case "severity": override.severity = reader.severity(value)
        case "thresholds": override.thresholds = reader.thresholds(value, of: check)
        default: override.settles = reader.duration(value)
        }
      }
      settings.checks.overrides[id] = override
    }
  }
}

extension SettingsReader {
  private mutating func thresholds(
    _ value: YAMLValue,
    of check: ConfigurableCheck?
  ) -> [String: Double] {
    var thresholds: [String: Double] = [:]
    let known = check?.thresholds.map(\.name) ?? []
    guard !known.isEmpty else {
      let name = check.map { "the check \($0.id)" } ?? "a rule of a pack"
      note(value.place, "\(name) has no threshold")
      return [:]
    }
    readFields(of: value, known: known, called: "threshold") { reader, name, value in
      thresholds[name] = reader.scalar(value, "is not a number from 0 on; write 80 or 0.5") {
        Double($0).flatMap { $0.isFinite && $0 >= 0 ? $0 : nil }
      }
    }
    return thresholds
  }

  /// Reads one way to list for all contexts, or a map of those that have ways of their own.
  private mutating func listingRules(_ value: YAMLValue) -> ListingRules {
    var rules: ListingRules = [:]
    guard value.isMap else {
      if let listing = listing(value) { rules.add(listing, for: "*") }
      return rules
    }
    for entry in read({ () throws(YAMLProblem) in try value.entries() }) ?? [] {
      let contexts = NamePattern(entry.name)
      if let problem = contexts.problem {
        note(entry.place, "\(QuotedText.excerpt(entry.name)) is not a name or glob: \(problem)")
      }
      guard !entry.value.isNull, let listing = listing(entry.value) else { continue }
      rules.add(listing, for: contexts)
    }
    return rules
  }

  private mutating func listing(_ value: YAMLValue) -> Listing? {
    scalar(value, "is not a way to list; write whole, pages or stream") { Listing(rawValue: $0) }
  }

  private mutating func profile(_ value: YAMLValue) -> ProfileSelection? {
    scalar(value, "is not a profile; write default, hygiene or all") {
      ProfileSelection(rawValue: $0)
    }
  }
}

// MARK: - Values

extension SettingsReader {
  mutating func severity(_ value: YAMLValue) -> Severity? {
    let names = "critical, warning or info"
    return scalar(value, "is not a severity; write \(names)") { text in
      Severity.allCases.first { $0.name == text }
    }
  }

  mutating func duration(_ value: YAMLValue) -> Duration? {
    let help = "write 90s, 5m or 1h30m"
    let duration = scalar(value, "is not a duration; \(help)", DurationText.duration)
    guard let duration, duration > Self.longest else { return duration }
    note(value.place, "it is longer than \(DurationText.text(Self.longest))")
    return nil
  }

  private mutating func cidr(_ value: YAMLValue) -> IPPrefix? {
    scalar(value, "is not a range of addresses; write 10.0.0.0/8 or fd00::/8") { IPPrefix($0) }
  }

  mutating func name(_ value: YAMLValue) -> String? {
    scalar(value, "is not a name") { $0.isEmpty ? nil : $0 }
  }

  mutating func patterns(_ value: YAMLValue) -> [NamePattern] {
    elements(value).compactMap { element in
      let pattern = pattern(element)
      if pattern != nil { places[element.place.field] = element.place }
      return pattern
    }
  }

  mutating func pattern(_ value: YAMLValue) -> NamePattern? {
    guard let text = read({ () throws(YAMLProblem) in try value.string() }) else { return nil }
    return pattern(text, at: value.place)
  }

  mutating func pattern(_ text: String, at place: FieldPlace) -> NamePattern? {
    let pattern = NamePattern(text)
    if let problem = pattern.problem {
      note(place, "\(QuotedText.excerpt(text)) is not a name or glob: \(problem)")
    }
    return pattern
  }

  /// A scalar's value; where its text means none, that is noted with the `reason`.
  mutating func scalar<Value>(
    _ value: YAMLValue,
    _ reason: String,
    _ meaning: (String) -> Value?
  ) -> Value? {
    guard let text = read({ () throws(YAMLProblem) in try value.string() }) else { return nil }
    if let meaning = meaning(text) { return meaning }
    note(value.place, "\(QuotedText.excerpt(text)) \(reason)")
    return nil
  }
}

// MARK: - Structure

extension SettingsReader {
  /// Calls `body` for each known field of a map that has a value; answers whether it is a map.
  @discardableResult
  mutating func readFields(
    of value: YAMLValue,
    known: [String],
    called what: String = "key",
    _ body: (inout Self, String, YAMLValue) -> Void
  ) -> Bool {
    guard let entries = read({ () throws(YAMLProblem) in try value.entries() }) else {
      return false
    }
    for entry in entries {
      guard known.contains(entry.name) else {
        let hint =
          entry.name.nearest(of: known).map { "did you mean \($0)?" }
          ?? "there are \(known.joined(separator: ", "))"
        note(entry.place, "there is no such \(what); \(hint)")
        continue
      }
      // As for Kubernetes, a key without a value counts as not written.
      guard !entry.value.isNull else { continue }
      places[entry.place.field] = entry.place
      body(&self, entry.name, entry.value)
    }
    return true
  }

  mutating func elements(_ value: YAMLValue) -> [YAMLValue] {
    read { () throws(YAMLProblem) in try value.elements() } ?? []
  }

  /// Reads something; `nil`, and the problem noted, where that cannot be.
  mutating func read<Value>(_ body: () throws(YAMLProblem) -> Value) -> Value? {
    do {
      return try body()
    } catch {
      mistakes.append(ConfigurationMistake(error))
      return nil
    }
  }

  /// Remembers where a value stands.
  mutating func notePlace(of value: YAMLValue) { places[value.place.field] = value.place }

  mutating func note(_ place: FieldPlace, _ reason: String) {
    mistakes.append(ConfigurationMistake(place: place, reason: reason))
  }
}

extension ConfigurationMistake {
  package init(_ problem: YAMLProblem) {
    switch problem {
    case .notYAML(let path, let line, let column, let reason):
      place = FieldPlace(path: path, line: line, column: column, field: "")
      self.reason = "not valid YAML: \(QuotedText.escaped(reason))"
    case .wrongType(let place, let expected):
      self.place = place
      reason = "expected \(expected)"
    }
  }
}

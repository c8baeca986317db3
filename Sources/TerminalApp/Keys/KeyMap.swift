import NameMatching
import TerminalKit
package import UserConfiguration
import YAMLReading

/// Which keys do what: those of the screens' tables, but where the configuration says otherwise.
///
/// A key that is pressed is put in place of the one that the table of its screen has, before the
/// screen sees it; so no screen knows of other keys than its own.
package struct KeyMap: Sendable {
  private struct Entry: Sendable {
    let action: String
    /// The key that the screen knows.
    let original: Key
    let defaults: [Key]
    let keys: [Key]
  }

  private var entries: [String: [Entry]] = [:]
  private let isChanged: Bool

  /// The keys as the screens have them.
  package init() { isChanged = false }

  /// Takes in what the configuration says; everything that cannot be is told at once.
  package init(_ settings: [KeySetting]) throws(ConfigurationError) {
    var mistakes: [ConfigurationMistake] = []
    var changes: [String: [String: [Key]]] = [:]
    for setting in settings {
      guard let keys = Self.keys(of: setting, &mistakes) else { continue }
      changes[setting.screen, default: [:]][setting.action] = keys
    }
    isChanged = !changes.isEmpty
    for table in KeyTable.all {
      entries[table.screen] = table.rows.compactMap { row in
        guard let original = row.keys.first else { return nil }
        let keys = changes[table.screen]?[row.action] ?? row.keys
        return Entry(action: row.action, original: original, defaults: row.keys, keys: keys)
      }
    }
    mistakes += conflicts(of: settings)
    guard mistakes.isEmpty else {
      throw .mistakes(
        mistakes.sorted { ($0.place.line, $0.place.column) < ($1.place.line, $1.place.column) }
      )
    }
  }

  /// The key that a screen with these tables knows for one that was pressed; `nil` where it means
  /// nothing any more.
  func key(_ pressed: Key, on tables: [String]) -> Key? {
    guard isChanged else { return pressed }
    let entries = entriesInForce(on: tables)
    if let entry = entries.first(where: { $0.keys.contains(pressed) }) { return entry.original }
    return entries.contains { $0.defaults.contains(pressed) } ? nil : pressed
  }

  /// The keys as they are to be shown.
  func hints(_ hints: [KeyHint], on tables: [String]) -> [KeyHint] {
    guard isChanged else { return hints }
    let entries = entriesInForce(on: tables)
    return hints.compactMap { hint in
      let entry = entries.first { $0.defaults.map(\.description) == hint.keys }
      guard let entry else { return hint }
      return entry.keys.isEmpty ? nil : hint.with(keys: entry.keys.map(\.description))
    }
  }

  /// Those of all screens, and those of the tables but for keys that an earlier table has for itself.
  private func entriesInForce(on tables: [String]) -> [Entry] {
    var result = entries[KeyTable.everywhere] ?? []
    var taken: Set<Key> = []
    for table in tables {
      let own = (entries[table] ?? []).filter { taken.isDisjoint(with: $0.defaults) }
      result += own
      taken.formUnion(own.flatMap(\.defaults))
    }
    return result
  }

  // MARK: - What the configuration says

  private static func keys(
    of setting: KeySetting,
    _ mistakes: inout [ConfigurationMistake]
  ) -> [Key]? {
    guard let table = KeyTable.all.first(where: { $0.screen == setting.screen }) else {
      let hint = suggestion(setting.screen, KeyTable.all.map(\.screen))
      let reason = "there is no such screen; \(hint)"
      mistakes.append(ConfigurationMistake(place: setting.screenPlace, reason: reason))
      return nil
    }
    guard table.rows.contains(where: { $0.action == setting.action }) else {
      let hint = suggestion(setting.action, table.rows.map(\.action))
      let reason = "there is no such action; \(hint)"
      mistakes.append(ConfigurationMistake(place: setting.place, reason: reason))
      return nil
    }
    return setting.keys.compactMap { written in
      let (name, place) = (written.name, written.place)
      guard let key = Key(named: name) else {
        let reason = "is no key; write a character, ctrl-x, enter, space, tab, up, page-down …"
        mistakes.append(ConfigurationMistake(place: place, reason: reason))
        return nil
      }
      return key
    }
  }

  private static func suggestion(_ name: String, _ known: [String]) -> String {
    name.nearest(of: known).map { "did you mean \($0)?" }
      ?? "there are \(known.joined(separator: ", "))"
  }

  /// Keys that would mean two things on one screen, told where they were written.
  private func conflicts(of settings: [KeySetting]) -> [ConfigurationMistake] {
    settings.flatMap { setting in
      let isEverywhere = setting.screen == KeyTable.everywhere
      let screens = isEverywhere ? KeyTable.all.map(\.screen) : [setting.screen]
      return setting.keys.compactMap { written -> ConfigurationMistake? in
        let (name, place) = (written.name, written.place)
        guard let key = Key(named: name) else { return nil }
        for screen in screens {
          for (owner, entries) in [
            (KeyTable.everywhere, entries[KeyTable.everywhere] ?? []),
            (screen, entries[screen] ?? []),
          ] {
            let other = entries.first { entry in
              entry.keys.contains(key)
                && (owner, entry.action) != (setting.screen, setting.action)
            }
            guard let other else { continue }
            let reason = "\(key) is already \(other.action) of \(owner)"
            return ConfigurationMistake(place: place, reason: reason)
          }
        }
        return nil
      }
    }
  }
}

extension KeyMap {
  /// All that can be bound to other keys, for people to read.
  package static var reference: String {
    KeyTable.all.map { table in
      let width = table.rows.map(\.action.count).max() ?? 0
      let lines = table.rows.map { row in
        let action = row.action.padded(to: width)
        let keys = row.keys.map(\.description).joined(separator: " ").padded(to: 20)
        return "  \(action)  \(keys)  \(row.help)\n"
      }
      return "\(table.screen)\n" + lines.joined()
    }.joined(separator: "\n")
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}

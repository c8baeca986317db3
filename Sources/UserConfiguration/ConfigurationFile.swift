package import YAMLReading

/// The configuration in force: a file's, or the defaults where there is none.
package struct ConfigurationFile: Sendable {
  /// The variable that names a file instead of the default one.
  package static let variable = "KPATROL_CONFIG"

  /// The file that was read; `nil` where there is none.
  package let path: String?
  package let settings: Settings
  private let places: [String: FieldPlace]

  /// Where a value was written, by the way to it from the file's root, as in `contexts[1]`; `nil`
  /// where the default holds.
  package func place(of field: String) -> FieldPlace? { places[field] }

  /// Reads a file's text; `checks` are those that there are.
  package init(
    parsing text: String,
    path: String,
    checks: [ConfigurableCheck]
  ) throws(ConfigurationError) {
    let root: YAMLValue
    do {
      root = try YAMLValue(parsing: text, path: path)
    } catch {
      throw .mistakes([ConfigurationMistake(error)])
    }
    let reader = SettingsReader(root, checks: checks)
    guard reader.mistakes.isEmpty else { throw .mistakes(reader.mistakes) }
    self.path = path
    settings = reader.settings
    places = reader.places
  }

  private init() {
    path = nil
    settings = Settings()
    places = [:]
  }

  /// Reads the file that is named by the option, or by ``variable``, and must be there; or else the
  /// user's own, if it is there.
  package static func load(
    explicitPath: String?,
    environment: [String: String],
    checks: [ConfigurableCheck]
  ) throws(ConfigurationError) -> ConfigurationFile {
    let named = explicitPath ?? environment[variable].flatMap { $0.isEmpty ? nil : $0 }
    let path = named ?? defaultPath(environment)
    let text: String?
    do {
      text = try FileText.text(of: path, megabytes: 1)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
    guard let text else {
      guard named == nil else { throw .unreadable(path: path, reason: "there is no such file") }
      return ConfigurationFile()
    }
    return try ConfigurationFile(parsing: text, path: path, checks: checks)
  }

  /// The folder with the user's own rules, beside the user's own file.
  package static func rulesFolder(_ environment: [String: String]) -> String {
    let file = defaultPath(environment)
    return String(file.dropLast("config.yaml".count)) + "rules"
  }

  /// The user's own file, as the XDG base directory specification places it.
  package static func defaultPath(_ environment: [String: String]) -> String {
    let folder = environment["XDG_CONFIG_HOME"] ?? ""
    // The specification has relative paths ignored.
    let home = folder.hasPrefix("/") ? folder : "\(environment["HOME"] ?? "")/.config"
    return "\(home)/kpatrol/config.yaml"
  }
}

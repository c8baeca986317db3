import Rules
import UserConfiguration

extension RuleLibrary {
  /// The packs that a configuration names, and those of the user's own folder.
  init(_ settings: RuleSettings, environment: [String: String]) {
    self.init(paths: settings.paths, folder: ConfigurationFile.rulesFolder(environment))
  }
}

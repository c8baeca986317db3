import ArgumentParser
import Checks
import Inspection
import TerminalApp
import UserConfiguration

/// Which configuration a command uses.
struct ConfigurationOptions: ParsableArguments {
  @Option(
    name: .customLong("config"),
    help: ArgumentHelp(
      "The configuration file, instead of \(ConfigurationFile.variable) or "
        + "~/.config/kpatrol/config.yaml.",
      valueName: "path"
    )
  )
  var path: String?

  /// Reads the configuration; all of its mistakes are one error.
  func load(environment: [String: String]) throws -> ConfigurationFile {
    try Self.load(path, environment: environment)
  }

  /// The keys as the configuration has them.
  static func keys(of configuration: ConfigurationFile) throws -> KeyMap {
    do {
      return try KeyMap(configuration.settings.keys)
    } catch {
      throw UsageFailure(error)
    }
  }

  /// The same with a path that was given in another way.
  static func load(_ path: String?, environment: [String: String]) throws -> ConfigurationFile {
    let file: ConfigurationFile
    do {
      file = try ConfigurationFile.load(
        explicitPath: path,
        environment: environment,
        checks: Catalogue.checks.map { ConfigurableCheck($0) }
      )
    } catch {
      throw UsageFailure(error)
    }
    _ = try keys(of: file)
    return file
  }
}

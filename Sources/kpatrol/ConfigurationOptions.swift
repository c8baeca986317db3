import ArgumentParser
import Checks
import Inspection
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

  /// The same with a path that was given in another way.
  static func load(_ path: String?, environment: [String: String]) throws -> ConfigurationFile {
    do {
      return try ConfigurationFile.load(
        explicitPath: path,
        environment: environment,
        checks: Catalogue.checks.map { ConfigurableCheck($0) }
      )
    } catch {
      throw UsageFailure(error)
    }
  }
}

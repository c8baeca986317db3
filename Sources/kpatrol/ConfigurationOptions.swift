import ArgumentParser
import Checks
import Inspection
import RemoteChecks
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

  /// The remote checks of the configuration; all that is wrong with their kinds and expressions is one error.
  static func remoteChecks(of configuration: ConfigurationFile) throws -> [RemoteCheck] {
    try remoteChecks(configuration.settings.remoteChecks)
  }

  static func remoteChecks(_ all: [RemoteCheckSettings]) throws -> [RemoteCheck] {
    var checks: [RemoteCheck] = []
    var mistakes: [ConfigurationMistake] = []
    for settings in all {
      do throws(ConfigurationError) {
        checks.append(try RemoteCheck(settings))
      } catch .mistakes(let found) {
        mistakes += found
      } catch {
        throw UsageFailure(error)
      }
    }
    guard mistakes.isEmpty else { throw UsageFailure(ConfigurationError.mistakes(mistakes)) }
    return checks
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
    _ = try remoteChecks(of: file)
    _ = try remoteChecks(file.settings.events.objects)
    return file
  }
}

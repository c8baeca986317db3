import ArgumentParser
import Checks
import Foundation
import Reporting
import TerminalApp
import UserConfiguration

/// Shows, checks and explains the configuration file.
struct Configure: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Shows, checks and explains the configuration.",
    subcommands: [Show.self, Validate.self, Keys.self],
    defaultSubcommand: Show.self
  )

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints the configuration in force as YAML, with where each value comes from."
    )

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      let file = try options.load(environment: ProcessInfo.processInfo.environment)
      print(SettingsText(file, checks: Catalogue.checks).yaml, terminator: "")
    }
  }

  struct Validate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Tells all mistakes of a configuration file.",
      discussion: "Exit codes: 0 no mistake, 2 mistakes, or a file that cannot be read."
    )

    @Argument(help: "The file; without it, the one that KPatrol would use.")
    var path: String?

    @OptionGroup var options: ConfigurationOptions

    func run() throws {
      let environment = ProcessInfo.processInfo.environment
      let file = try ConfigurationOptions.load(path ?? options.path, environment: environment)
      guard let path = file.path else {
        let place = ConfigurationFile.defaultPath(environment)
        return print("There is no \(PlainText.of(place)): the defaults hold.")
      }
      print("\(PlainText.of(path)): no mistake.")
    }
  }

  struct Keys: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Explains every key of the configuration file.",
      discussion: "With --example, as a file that holds the defaults."
    )

    @Flag(help: "Print a configuration file with every key explained and at its default.")
    var example = false

    func run() {
      guard !example else { return print(KeyReference.file, terminator: "") }
      print(KeyReference.text)
      print("The screens, what their keys do, and by which keys:\n")
      print(KeyMap.reference, terminator: "")
    }
  }
}

import ArgumentParser
import Checks
import Foundation
import Inspection
import Reporting
import Rules
import UserConfiguration

/// Lists the checks of the catalogue, and the rules of the packs that the configuration names.
struct ListChecks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checks",
    abstract: "Lists all checks.",
    discussion: """
      Rules of the packs that the configuration names, or that are in its folder, are listed after KPatrol's own \
      checks; those of packs in clusters are not known here. kpatrol explain CHECK tells more of one.
      """
  )

  enum Form: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  @Option(name: [.short, .long], help: "The form of the output: table or json.")
  var output = Form.table

  @OptionGroup var configuration: ConfigurationOptions

  func run() throws {
    let list = try CheckList(configuration, environment: ProcessInfo.processInfo.environment)
    print(output == .json ? list.json : list.table, terminator: "")
  }
}

extension CheckList {
  /// The checks of the catalogue and of the packs that a configuration names.
  init(_ options: ConfigurationOptions, environment: [String: String]) throws {
    let settings = try options.load(environment: environment).settings
    let library = RuleLibrary(settings.rules, environment: environment)
    let packs = library.refreshedTellingMistakes().rules.packs
    self.init(
      Catalogue.checks
        + packs.flatMap { pack in
          pack.checks.sorted { $0.id < $1.id }
        },
      packs: Dictionary(
        packs.flatMap { pack in pack.checks.map { ($0.id, pack.path) } },
        uniquingKeysWith: { first, _ in first }
      )
    )
  }
}

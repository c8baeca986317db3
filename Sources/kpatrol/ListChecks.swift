import ArgumentParser
import Checks
import Reporting

/// Lists the checks of the catalogue.
struct ListChecks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "checks",
    abstract: "Lists all checks.",
    discussion: "kpatrol explain CHECK tells more of one."
  )

  enum Form: String, CaseIterable, ExpressibleByArgument {
    case table, json
  }

  @Option(name: [.short, .long], help: "The form of the output: table or json.")
  var output = Form.table

  func run() {
    let checks = Catalogue.checks
    print(output == .json ? CheckList.json(checks) : CheckList.table(checks), terminator: "")
  }
}

import ArgumentParser
import Checks
import Inspection
import Reporting
import UserConfiguration

/// Tells what a check finds, why that matters, and how to verify it.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tells what a check finds, why it matters, and how to verify it.",
    discussion: "Exit codes: 0 done, 2 there is no such check."
  )

  @Argument(help: "The check's id, such as risk/quota.")
  var check: String

  func run() throws {
    let checks = Catalogue.checks
    guard let found = checks.first(where: { $0.id.description == check }) else {
      throw UsageFailure(UnknownCheck(check, among: checks.map(\.id)))
    }
    print(CheckList.explanation(of: found), terminator: "")
  }
}

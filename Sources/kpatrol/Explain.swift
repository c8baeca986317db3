import ArgumentParser
import Foundation
import Inspection
import Reporting
import UserConfiguration

/// Tells what a check finds, why that matters, and how to verify it.
struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Tells what a check finds, why it matters, and how to verify it.",
    discussion: "Exit codes: 0 done, 2 there is no such check."
  )

  @Argument(help: "The check's id, such as risk/quota, or a rule's, such as cert-manager/expiring.")
  var check: String

  @OptionGroup var configuration: ConfigurationOptions

  func run() throws {
    let list = try CheckList(configuration, environment: ProcessInfo.processInfo.environment)
    guard let explanation = list.explanation(of: CheckID(stringLiteral: check)) else {
      throw UsageFailure(UnknownCheck(check, among: list.checks.map(\.id)))
    }
    print(explanation, terminator: "")
  }
}

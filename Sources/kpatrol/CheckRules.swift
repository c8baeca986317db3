import ArgumentParser
import Inspection
import KubernetesObjects
import Rules

/// Which files a command about packs reads.
struct RuleFileOptions: ParsableArguments {
  @Argument(
    help: "Files of packs, folders with such files, and names of packs that come with KPatrol."
  )
  var files: [String]

  /// The packs of all files; all mistakes of all of them are one error.
  func packs() throws -> [RulePack] {
    let read = RulePackFiles.read(files, shipped: .ofThisProgram)
    let mistakes = read.compactMap { file in
      if case .failure(let mistakes) = file.result { mistakes.description } else { nil }
    }
    guard mistakes.isEmpty else { throw UsageFailure(mistakes.joined(separator: "\n")) }
    guard !read.isEmpty else {
      throw UsageFailure("There is no file whose name ends in .yaml or .yml.")
    }
    return read.compactMap(\.pack)
  }
}

/// Tells what is wrong with packs of rules.
struct CheckRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Tells what is wrong with packs of rules.",
    discussion: """
      It also prints which fields are kept of objects for them. Exit codes: 0 nothing is wrong, 2 something is.
      """
  )

  @OptionGroup var options: RuleFileOptions

  func run() throws {
    for pack in try options.packs() {
      let counts = [
        (pack.rules.count, "rules"), (pack.references.count, "references"),
        (pack.tests.count, "tests"),
      ]
      let text = counts.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
      print("\(pack.name): \(text)")
      for (kind, known) in pack.extensions.sorted(by: { $0.key < $1.key }) {
        let fields = known.projection.fieldNames
        print("  \(kind): \(fields.isEmpty ? "whole objects" : fields.joined(separator: ", "))")
      }
    }
  }
}

/// Runs the tests of packs.
struct TestRules: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the tests of packs of rules.",
    discussion: """
      A line with - is a finding that was expected, one with + one that was not, one with ! an error.

      Exit codes: 0 all tests passed, 1 some did not, 2 a pack cannot be read.
      """
  )

  @OptionGroup var options: RuleFileOptions

  @Flag(name: .shortAndLong, help: "Prints the tests that passed, too.")
  var verbose = false

  func run() throws {
    var failed = 0
    for pack in try options.packs() {
      let outcomes = RuleTestRun.outcomes(of: pack)
      let passed = outcomes.count(where: \.hasPassed)
      failed += outcomes.count - passed
      print("\(pack.name): \(passed) of \(outcomes.count) tests passed")
      for outcome in outcomes where verbose || !outcome.hasPassed { print(outcome.report) }
    }
    guard failed == 0 else { throw ExitCode(1) }
  }
}

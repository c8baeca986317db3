import ArgumentParser

/// Works with packs of rules and the expressions that they are made of.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Checks and tests packs of rules, and tries out expressions.",
    subcommands: [CheckRules.self, TestRules.self, EvaluateExpression.self]
  )
}

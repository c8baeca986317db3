import ArgumentParser

/// Works with rules that are written in the Common Expression Language.
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Tries out expressions that rules are made of.",
    subcommands: [EvaluateExpression.self]
  )
}

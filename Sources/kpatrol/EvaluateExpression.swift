import ArgumentParser
import CEL
import Foundation
import KubernetesCEL
import Reporting
import WireFormats
import YAMLReading

/// Prints the value of an expression.
struct EvaluateExpression: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Prints the value of an expression.",
    discussion: """
      A variable's value is JSON; {"type": T, "value": V} is a value of a type that JSON has not, as \
      --output json prints it. What a check of the types has against an expression is a warning where \
      it has a value all the same. `now` is the present time, unless it is given.

      Exit codes: 0 it has a value, 1 it has none, 2 it is no expression, or a file or value cannot be read.
      """
  )

  enum Output: String, ExpressibleByArgument, CaseIterable {
    case text, json
  }

  // All that is no option, since an expression may begin with a minus.
  @Argument(
    parsing: .allUnrecognized,
    help: ArgumentHelp(
      "The expression, such as 'object.spec.replicas > 2'.",
      valueName: "expression"
    )
  )
  var arguments: [String] = []

  @Option(help: ArgumentHelp("A file with the object, JSON or YAML.", valueName: "file"))
  var object: String?

  @Option(
    name: .customLong("var"),
    help: ArgumentHelp("A variable with its value.", valueName: "name=json")
  )
  var variables: [String] = []

  @Option(help: "The namespace in which the expression's names are looked up first.")
  var container = ""

  @Option(help: ArgumentHelp("What the evaluation may cost.", valueName: "number"))
  var costLimit = CELProgram.defaultCostLimit

  @Option(
    help: "How the value is printed: as an expression would write it, or as JSON with its type."
  )
  var output = Output.text

  private var expression: String { arguments.last ?? "" }

  func validate() throws {
    guard arguments.filter({ $0 != "--" }).count == 1 else {
      throw ValidationError("One expression is needed; quotes keep the shell from taking it apart.")
    }
  }

  func run() throws {
    let values = try values()
    let environment = CELEnvironment(
      variables: values.keys.sorted().map { CELEnvironment.Variable($0) },
      libraries: CELLibrary.kubernetes,
      container: container
    )
    let (program, problems) = try program(environment)
    let shown: String
    do throws(CELError) {
      shown = try text(of: try program.evaluate(values, costLimit: costLimit))
    } catch {
      try fail(error, problems)
    }
    for problem in problems { tell("warning: \(problem)") }
    try StandardOutput.write(shown + "\n")
  }

  /// The program, and what a check has against it.
  private func program(_ environment: CELEnvironment) throws -> (CELProgram, [CELProblem]) {
    do throws(CELProblems) {
      return (try environment.compile(expression), [])
    } catch {
      guard let program = try? environment.compile(expression, isChecked: false) else {
        if output == .json { try write(error.problems) }
        throw UsageFailure(error)
      }
      return (program, error.problems)
    }
  }

  private func fail(_ error: CELError, _ problems: [CELProblem]) throws -> Never {
    guard problems.isEmpty else {
      if output == .json { try write(problems) }
      throw UsageFailure(CELProblems(problems))
    }
    if output == .json {
      try write([
        CELProblem(position: error.position ?? .init(line: 1, column: 1), message: error.message)
      ])
    }
    tell("\(error)")
    throw ExitCode(1)
  }

  private func write(_ problems: [CELProblem]) throws {
    let errors = problems.map { problem in
      JSONValue.object([
        "message": .string(problem.message),
        "line": .integer(Int64(problem.position.line)),
        "column": .integer(Int64(problem.position.column)),
      ])
    }
    try StandardOutput.write(Self.plain(JSONValue.object(["errors": .array(errors)])) + "\n")
  }

  private func tell(_ message: String) {
    let line = "kpatrol: \(PlainText.of(message))\n"
    FileHandle.standardError.write(Data(line.utf8))
  }

  private func text(of value: CELValue) throws(CELError) -> String {
    switch output {
    case .text: PlainText.of(value.description)
    case .json: Self.plain(try value.typedJSON())
    }
  }

  /// JSON in which what a terminal would obey is written as numbers.
  private static func plain(_ json: JSONValue) -> String {
    var text = ""
    for scalar in String(decoding: json.encoded(), as: UTF8.self).unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator:
        for unit in String(scalar).utf16 {
          let digits = String(unit, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      default: text.unicodeScalars.append(scalar)
      }
    }
    return text
  }

  // MARK: Variables

  private func values() throws -> [String: CELValue] {
    var values: [String: CELValue] = ["now": Self.now]
    if let object { values["object"] = CELValue(json: try Self.document(object)) }
    for variable in variables {
      guard let mark = variable.firstIndex(of: "="), mark > variable.startIndex else {
        throw UsageFailure("--var needs a name and a value, such as --var count=3")
      }
      let text = String(variable[variable.index(after: mark)...])
      do throws(WireError) {
        let json = try JSONValue(parsing: Array(text.utf8))
        values[String(variable[..<mark])] = CELValue(typedJSON: json) ?? CELValue(json: json)
      } catch {
        throw UsageFailure("--var \(variable[..<mark]): the value is no JSON: \(error)")
      }
    }
    return values
  }

  private static var now: CELValue {
    let time = Date().timeIntervalSince1970
    return .timestamp(CELTimestamp(seconds: Int64(time.rounded(.down)), nanoseconds: 0))
  }

  /// Reads a file of JSON or YAML.
  private static func document(_ path: String) throws -> JSONValue {
    do {
      guard let text = try FileText.text(of: path, megabytes: 64) else {
        throw UsageFailure("\(path): there is no such file")
      }
      if let json = try? JSONValue(parsing: Array(text.utf8)) { return json }
      return JSONValue(try YAMLValue(parsing: text, path: path).node)
    } catch let problem as FileText.Problem {
      throw UsageFailure("\(path): \(problem.reason)")
    } catch YAMLProblem.notYAML(_, let line, let column, let reason) {
      throw UsageFailure("\(path):\(line):\(column): \(reason)")
    }
  }
}

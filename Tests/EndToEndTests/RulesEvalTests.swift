import Foundation
import TestServers
import Testing
import WireFormats

/// The real program evaluates expressions.
@Suite(.fewAtOnce, .serialized, .timeLimit(.minutes(10)))
struct RulesEvalTests {
  private let program: Program

  init() throws {
    program = try Program()
    let yaml = "kind: Deployment\nmetadata: {name: web}\nspec: {replicas: 3, paused: false}\n"
    let json = #"{"kind": "Deployment", "spec": {"replicas": 3}, "note": "a\u001b[2Jb\u009bc"}"#
    try Data(yaml.utf8).write(to: program.folder.appending(path: "web.yaml"))
    try Data(json.utf8).write(to: program.folder.appending(path: "web.json"))
  }

  private func evaluate(_ arguments: String...) async throws -> Program.Outcome {
    try await program.run(["rules", "eval"] + arguments)
  }

  @Test("The value is printed as it would be written, or as JSON with its type")
  func values() async throws {
    let file = program.path(of: "web.yaml")
    let text = try await evaluate("object.spec.replicas > 2", "--object", file)
    #expect(text.text == "true\n")
    #expect(text.code == 0)
    let json = try await evaluate(
      "{'a': object.spec.replicas + x, 'b': t}",
      "--object",
      program.path(of: "web.json"),
      "--var",
      "x=4",
      "--var",
      #"t={"type": "duration", "value": "90s"}"#,
      "--output",
      "json"
    )
    let expected = """
      {"type":"map","value":[[{"type":"string","value":"a"},{"type":"int","value":"7"}],\
      [{"type":"string","value":"b"},{"type":"duration","value":"90s"}]]}

      """
    #expect(json.text == expected)
    #expect(json.errors == "")
  }

  @Test("An error has code 1, and what is no expression, or no file, code 2, each with its place")
  func errors() async throws {
    let failed = try await evaluate("1 +\n 2 / 0", "--output", "json")
    #expect(failed.code == 1)
    #expect(
      failed.text == #"{"errors":[{"column":4,"line":2,"message":"division by zero"}]}"# + "\n"
    )
    #expect(failed.errors == "kpatrol: 2:4: division by zero\n")
    let wrong = try await evaluate("sise([1]) > 0")
    #expect(wrong.code == 2)
    #expect(wrong.errors == "kpatrol: 1:1: there is no function sise; did you mean size?\n")
    #expect(try await evaluate("1 +").code == 2)
    #expect(try await evaluate("1", "--object", program.path(of: "none.yaml")).code == 2)
    #expect(try await evaluate("x", "--var", "x={").code == 2)
    #expect(try await evaluate("[1, 2].all(x, x > 0)", "--cost-limit", "3").code == 1)
  }

  @Test("What a check has against an expression is a warning where it has a value")
  func warnings() async throws {
    let outcome = try await evaluate("sise([1]) > 0 || true")
    #expect(outcome.code == 0)
    #expect(outcome.text == "true\n")
    #expect(outcome.errors.hasPrefix("kpatrol: warning: 1:1: there is no function sise"))
  }

  @Test("Nothing of a file reaches the terminal as a command to it", arguments: ["text", "json"])
  func hostileText(output: String) async throws {
    let file = program.path(of: "web.json")
    let value = try await evaluate("object.note", "--object", file, "--output", output)
    let failure = try await evaluate("{}[object.note]", "--object", file, "--output", output)
    for text in [value.text, failure.text, failure.errors] {
      #expect(
        text.unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control }
      )
    }
    #expect(value.code == 0)
    #expect(failure.code == 1)
  }
}

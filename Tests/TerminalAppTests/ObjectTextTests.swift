import Testing
import WireFormats
import YAMLReading

@testable import TerminalApp

@Suite struct ObjectTextTests {
  @Test func anObjectReadsAsKubectlWritesIt() {
    let object: JSONValue = [
      "kind": "ConfigMap", "apiVersion": "v1",
      "data": ["script": "#!/bin/sh\necho hi\n", "port": "8080", "note": "a: b", "none": ""],
      "metadata": [
        "name": "web", "creationTimestamp": "2026-11-23T09:59:59Z", "generation": 3,
        "managedFields": [["manager": "kubectl", "fieldsV1": ["f:data": [:]]]],
      ],
      "spec": ["args": ["-v", "--x=y"], "empty": [], "nested": [["a", "b"], [["k": .null]]]],
    ]
    let text = ObjectText(object)
    #expect(
      text.lines.map(\.text) == [
        "apiVersion: v1", "data:", "  none: \"\"", "  note: \"a: b\"", "  port: \"8080\"",
        "  script: |", "    #!/bin/sh", "    echo hi", "kind: ConfigMap", "metadata:",
        "  creationTimestamp: \"2026-11-23T09:59:59Z\"", "  generation: 3", "  managedFields:",
        "  - fieldsV1:", "      f:data: {}", "    manager: kubectl", "  name: web", "spec:",
        "  args:", "  - -v", "  - --x=y", "  empty: []", "  nested:", "  - - a", "    - b",
        "  - - k: null",
      ]
    )
    #expect(
      text.lines.filter(\.isAboutManagers).map(\.key) == [
        "managedFields", "fieldsV1", "f:data", "manager",
      ]
    )
  }

  @Test("What is written is read as the same value", arguments: 1...40)
  func roundTrip(seed: Int) throws {
    for _ in 0..<20 {
      let object: JSONValue = ["root": Self.value(depth: 4)]
      let text = ObjectText(object).lines.map(\.text).joined(separator: "\n") + "\n"
      let read = try? JSONValue(YAMLValue(parsing: text, path: "test").node)
      #expect(read == object, "\(text)")
    }
  }

  @Test("Texts that look like something else are quoted", arguments: Self.texts)
  func scalars(text: String) throws {
    let object: JSONValue = ["a": .string(text), "b": [.string(text)]]
    let written = ObjectText(object).lines.map(\.text).joined(separator: "\n") + "\n"
    #expect(JSONValue(try YAMLValue(parsing: written, path: "test").node) == object, "\(written)")
  }

  private static let texts = [
    "", " ", "a ", " a", "true", "Yes", "no", "null", "~", "1", "-1", "1.5", ".5", "1e3", "0x1f",
    "0o17", "017", "1_000", "12:30", "1:2:3", ".inf", "-.INF", ".nan", "2026-11-23",
    "2026-11-23T09:59:59Z", "10.1.2.3", "1Gi", "250m", "v1.2", "-", "-v", "- a", "--", "a: b", "a:",
    "a #b", "#a", "&a", "*a", "!a", "|", ">", "'a'", "\"a\"", "%a", "@a", "`a`", "[a]", "{a}",
    "a,b",
    "?", "? a", "?a", ":", ":a", ": a", "=", "<<", "---", "...", "a\nb", "a\nb\n", "a\n\n", "\n",
    "\na",
    "\n\na\n", " a\nb", "a\n b", "\ta\nb", "a\tb", "a\r\nb", "\u{1b}[2J", "\u{7f}", "\u{85}",
    "\u{2028}",
    "é", "漢字", "🙂", "a\u{202e}b", "key: |\n  x", "a\n---\nb", "a\n...\nb", "a\n#b\n",
  ]

  private static func value(depth: Int) -> JSONValue {
    switch Int.random(in: 0..<(depth > 0 ? 9 : 6)) {
    case 0: .null
    case 1: .boolean(.random())
    case 2: .integer(.random(in: -1000...1000))
    case 3: .number(Double.random(in: -10...10))
    case 4, 5: .string(text())
    case 6: .array((0..<Int.random(in: 0...3)).map { _ in value(depth: depth - 1) })
    default:
      .object(
        Dictionary(
          (0..<Int.random(in: 0...4)).map { _ in (text(), value(depth: depth - 1)) },
          uniquingKeysWith: { first, _ in first }
        )
      )
    }
  }

  private static func text() -> String {
    if Bool.random(), let text = texts.randomElement() { return text }
    let characters = "ab1-:#\n \t'\"{}[],&*!|>%@`?=~.é\\"
    return String((0..<Int.random(in: 0...8)).compactMap { _ in characters.randomElement() })
  }
}

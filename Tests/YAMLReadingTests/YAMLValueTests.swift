import Testing
import YAMLReading

@Suite struct YAMLValueTests {
  @Test func aValueKnowsWhereItStandsAndTheWayToIt() throws {
    let root = try YAMLValue(parsing: "a:\n  - b: {c: 1}\n", path: "f")
    let list = try #require(root.value("a"))
    let entry = try #require(list.elements().first?.entries().first)
    #expect(entry.place == FieldPlace(path: "f", line: 2, column: 5, field: "a[0].b"))
    let leaf = try #require(entry.value.value("c"))
    #expect(leaf.place == FieldPlace(path: "f", line: 2, column: 12, field: "a[0].b.c"))
    #expect(try leaf.string() == "1")
  }

  @Test(
    "A value of another type is told with its place",
    arguments: [
      ("[a]", "a map"), ("{a: 1}", "a list"), ("{a: 1}", "a string"), ("maybe", "true or false"),
      ("{[a]: 1}", "a string as key"),
    ]
  )
  func wrongType(text: String, expected: String) throws {
    let value = try #require(try YAMLValue(parsing: "\nk: \(text)", path: "f").value("k"))
    let error = #expect(throws: YAMLProblem.self) {
      switch expected {
      case "a list": _ = try value.elements()
      case "a string": _ = try value.string()
      case "true or false": _ = try value.boolean()
      default: _ = try value.entries()
      }
    }
    guard case .wrongType(let place, expected)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(place.line == 2)
    #expect(place.field == "k")
  }

  @Test(
    "What is no YAML is told with its place and without its text",
    arguments: [
      ("a: [1,\nb: }", 2, 4), ("a: 1\nb: 2\na: 3", 1, 1), ("a: *nothing", 1, 4),
      ("a: 1\nb: \u{1}", 2, 4), ("a: 1\n---\nb: 2", 2, 1),
      ("a: 1\n\tb: 2", 2, 1),
    ]
  )
  func broken(text: String, line: Int, column: Int) {
    let error = #expect(throws: YAMLProblem.self) { try YAMLValue(parsing: text, path: "f") }
    guard case .notYAML("f", let foundLine, let foundColumn, let reason)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect((foundLine, foundColumn) == (line, column), "\(reason)")
    #expect(reason.count < 100)
  }

  @Test(
    "A file without content is null",
    arguments: ["", "# nothing\n", "---\n", "~", "\u{feff}"]
  )
  func empty(text: String) throws { #expect(try YAMLValue(parsing: text, path: "f").isNull) }

  @Test func nestingThatNeverEndsIsRefused() {
    let error = #expect(throws: YAMLProblem.self) {
      try YAMLValue(parsing: String(repeating: "[", count: 100_000), path: "f")
    }
    guard case .notYAML = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func aKeyThatIsThereTwiceIsNamed() {
    let error = #expect(throws: YAMLProblem.self) {
      try YAMLValue(parsing: "secret: hidden\nuser: a\nuser: b", path: "f")
    }
    let reason = "user is there more than once in one map"
    #expect(error == .notYAML(path: "f", line: 2, column: 1, reason: reason))
  }
}

import Testing

@testable import CEL

struct ParserTests {
  @Test(
    "What is no expression is told with line and column",
    arguments: [
      ("1 +", "1:4: expected an expression, not the end"),
      ("a.", "1:3: expected a field's name, not the end"),
      ("a\n  && 'b", "2:6: this quote has no end"),
      ("'a\nb'", "1:1: this quote has no end on its line"),
      ("'\\q'", "1:2: there is no such escape sequence"),
      ("'\\u12'", "1:2: this escape sequence needs 4 hexadecimal digits"),
      ("'\\uD800'", "1:2: there is no such Unicode code point"),
      ("b'\\u0041'", "1:3: there is no such escape sequence"),
      ("9223372036854775808", "1:1: this number is beyond an integer"),
      ("-0x8000000000000001", "1:1: this number is beyond an integer"),
      ("18446744073709551616u", "1:1: this number is beyond an unsigned integer"),
      ("1e999", "1:1: this number is beyond a double"),
      ("if", "1:1: “if” is reserved and cannot be a name"),
      ("a.in", "1:3: expected a field's name, not “in”"),
      ("é", "1:1: unexpected “é”"),
      ("a \u{7}", "1:3: unexpected character U+7"),
      ("`a`", "1:1: expected an expression, not “`a`”"),
      ("a.`b", "1:3: this backtick has no end, or no name"),
      ("f(1, 2", "1:7: expected “)”, not the end"),
      ("[1 2]", "1:4: expected “]”, not a number"),
      ("{1}", "1:3: expected “:”, not “}”"),
      ("a b", "1:3: expected an operator or the end, not “b”"),
      ("'é' 1", "1:5: expected an operator or the end, not a number"),
    ]
  )
  func syntax(text: String, message: String) {
    #expect(throws: CELProblem.self) { try Expression.parse(text) }
    do {
      _ = try Expression.parse(text)
    } catch {
      #expect(error.description == message)
    }
  }

  @Test(
    "An expression is written as it is read",
    arguments: [
      "a.b.c", ".a.b", "a.?b[?c]", "a.`b-c`", "-1", "-(1)", "-a", "!a", "(1).a", "(-1).a", "-(-1)",
      "a || b && c", "(a || b) && c", "(a && b) && c", "a && (b && c)", "a ? b : c ? d : e",
      "(a ? b : c) ? d : e", "a - b - c", "a - (b - c)", "a < b == c", "(a in b) in c", "!(a && b)",
      "-(a + b)", "!(!a)", "-(-a)", "a.b(c, d).e", "f(a)", ".f(a)", "[a, ?b]",
      "{a: b, ?c: d}", "a.B{c: d, ?e: f}", "'\\n\"\\\\\\u0001é'", "b'\\x00\\xff\"'", "1.0",
      "1e+100",
      "0u", "null", "[1, 2].map(x, x + 1)", "cel.bind(a, 1, a)",
    ]
  )
  func writing(text: String) throws {
    let expression = try Expression.parse(text)
    #expect(try Expression.parse(expression.description) == expression)
  }

  @Test("Trees at random are read as they are written")
  func randomTrees() throws {
    var expressions = RandomExpressions(seed: 7, samples: ["a"])
    for _ in 0..<2000 {
      let tree = expressions.expression(depth: 5)
      #expect(try Expression.parse(tree.description) == tree, "\(tree)")
    }
  }

  @Test("Line ends of any system in a text are the same, and comments are none of it")
  func lines() throws {
    #expect(try evaluate("'''a\r\nb\rc\nd''' == 'a\\nb\\nc\\nd' // and so on").isTrue)
    #expect(try evaluate("// before\n1 // behind\n== 1").isTrue)
  }

  @Test(
    "What nests too deep is refused, and what may nest overflows no small stack",
    arguments: [
      ("(", "1", ")"), ("[", "1", "]"), ("{1: ", "1", "}"), ("f(", "1", ")"), ("a[", "1", "]"),
      ("true ? true : ", "true", ""), ("-a - (", "1", ")"), ("!(", "true", ")"), ("", "a", ".b"),
      ("", "a", "[0]"), ("1 + ", "1", ""), ("[1].map(x, ", "x", ")"), ("cel.bind(x, 1, ", "x", ")"),
    ]
  )
  func depth(before: String, middle: String, after: String) async {
    @Sendable func text(_ count: Int) -> String {
      String(repeating: before, count: count) + middle + String(repeating: after, count: count)
    }
    #expect(throws: CELProblem.self) { try Expression.parse(text(Parser.depthLimit + 1)) }
    await onSmallStack {
      let environment = CELEnvironment(variables: [.init("a")])
      let expression = text(Parser.depthLimit / 2 - 2)
      guard let program = try? environment.compile(expression, isChecked: false) else {
        Issue.record("\(before)…\(after) cannot be compiled")
        return
      }
      _ = program.outcome([nil])
      #expect((try? Expression.parse(expression))?.description.isEmpty == false)
    }
  }

  @Test("What is too long is refused")
  func length() {
    let text = "'" + String(repeating: "a", count: Parser.lengthLimit) + "'"
    #expect(throws: CELProblem.self) { try Expression.parse(text) }
  }
}

extension CELValue {
  var isTrue: Bool {
    if case .bool(true) = self { true } else { false }
  }
}

import Testing

@testable import CEL

struct CostTests {
  @Test(
    "What would take for ever, or all memory, is stopped",
    arguments: [
      // Macros within macros.
      "lists.range(100).all(a, lists.range(100).all(b, lists.range(100).all(c, a + b + c >= 0)))",
      "lists.range(9223372036854775807).size() > 0",
      // What doubles with each step, as text, list, or list of the same lists.
      doubled("'aaaaaaaaaaaaaaaa'", { "\($0) + \($0)" }, count: 40),
      doubled("[1]", { "\($0) + \($0)" }, count: 40),
      doubled("[1]", { "[\($0), \($0)]" }, count: 40) + " == "
        + doubled("[1]", { "[\($0), \($0)]" }, count: 40),
      "'%s'.format([" + doubled("[1]", { "[\($0), \($0)]" }, count: 40) + "]) != ''",
      doubled("'a'", { "\($0).replace('', \($0))" }, count: 12) + " != ''",
      doubled("[1]", { "[\($0), \($0)]" }, count: 40) + ".flatten(50).size() > 0",
      doubled("[1]", { "[\($0), \($0)]" }, count: 40) + ".distinct().size() == 1",
      "lists.range(10000).map(i, 'a').join('-').matches('(a|-){100}(b|-){100}c')",
      "lists.range(20000).map(i, i * 7919 % 20011).sort()[0] == 1",
      "sets.contains(lists.range(1000), lists.range(1000).reverse())",
      "lists.range(1000).map(i, [i]).distinct().size() > 0",
      "lists.range(1000).map(i, 'a').join().replace('a', 'aaaaaaaaaaaaaaaa').replace('a', 'aaaaaaaaaaaaaaaa')"
        + ".replace('a', 'aaaaaaaaaaaaaaaa').size() > 0",
    ]
  )
  func stopped(expression: String) throws {
    let limit: UInt64 = 100_000
    let reason = try failure(expression, costLimit: limit)?.reason
    #expect(reason == .costLimit(limit), "\(String(describing: reason))")
  }

  private static func doubled(_ start: String, _ double: (String) -> String, count: Int) -> String {
    "[\(start)]" + String(repeating: ".map(x, \(double("x")))", count: count) + "[0]"
  }

  @Test("Nothing absorbs that an evaluation costs too much")
  func isFinal() throws {
    let endless = "lists.range(1000).all(a, lists.range(1000).all(b, a + b >= 0))"
    for expression in ["\(endless) || true", "false && \(endless)", "[1].exists(x, \(endless))"] {
      let error = try failure(expression, costLimit: 1000)
      #expect(expression.hasPrefix("false") ? error == nil : error?.reason == .costLimit(1000))
    }
  }

  @Test(
    "Costs are counted as Kubernetes counts them, roughly",
    arguments: [
      ("1 + 1 == 2", 0...0), ("x", 1...1), ("x + x", 3...3), ("[x, x]", 12...14),
      ("{'a': x}", 31...32), ("x == 2 || x == 3", 4...8),
      ("list.all(i, i > 0)", 3 * 100...5 * 100),
      ("text.contains('aaaaaaaaaaaaaaaaaaaa')", 300...360),
      ("text.matches('a*b')", 100...400), ("text == text", 100...110),
    ]
  )
  func cost(expression: String, range: ClosedRange<UInt64>) throws {
    let environment = CELEnvironment(variables: [.init("x"), .init("list"), .init("text")])
    let values: [CELValue?] = [
      .int(1), .list((1...100).map(CELValue.int)), .string(String(repeating: "a", count: 1000)),
    ]
    let outcome = try environment.compile(expression).outcome(values)
    #expect(range.contains(outcome.cost), "\(outcome.cost)")
  }

  @Test(
    "A pattern that makes others slow takes time that grows with the text",
    arguments: ["(a+)+$", "(a|a)*b", "(a*)*b", "^(a|b|ab)*c$", "(.*)(.*)(.*)(.*)x"]
  )
  func patterns(pattern: String) throws {
    let text = String(repeating: "a", count: 5000) + "!"
    let values = ["text": CELValue.string(text), "pattern": .string(pattern)]
    #expect(try !evaluate("text.matches(pattern)", values).isTrue)
  }

  @Test(
    "A pattern that would be too large is refused",
    arguments: ["((a{1000}){1000}){1000}", "(((((a{30}){30}){30}){30}){30})"]
  )
  func largePatterns(pattern: String) throws {
    let reason = try failure("'a'.matches(p)", ["p": .string(pattern)])?.reason
    guard case .invalidArgument? = reason else {
      Issue.record("\(String(describing: reason))")
      return
    }
  }

  @Test("A value that would be too large as JSON is refused")
  func largeJSON() throws {
    let value = try evaluate(Self.doubled("[1]", { "[\($0), \($0)]" }, count: 30))
    #expect(throws: CELError.self) { try value.typedJSON() }
  }
}

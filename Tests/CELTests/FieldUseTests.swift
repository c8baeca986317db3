import Testing

@testable import CEL

struct FieldUseTests {
  private let environment = CELEnvironment(variables: [
    .init("object"), .init("old"), .init("params"),
  ])

  /// Uses as text: `*` is any element, and `?` marks what is only asked whether it is there.
  private func uses(_ expression: String) throws -> [String] {
    try environment.compile(expression).fieldUses.map { use in
      let path = use.path.map { step in
        switch step {
        case .field(let name): ".\(name)"
        case .element: ".*"
        }
      }
      return use.variable + path.joined() + (use.extent == .presence ? "?" : "")
    }.sorted()
  }

  @Test(
    "Only what is read of a variable is told",
    arguments: [
      ("object.spec.replicas > 2", ["object.spec.replicas"]),
      ("object['spec'].replicas > 2", ["object.spec.replicas"]),
      ("has(object.spec.x)", ["object.spec.x?"]),
      ("has(object.a) && object.a.b == 1", ["object.a.b", "object.a?"]),
      ("object.a == old.a", ["object.a", "old.a"]),
      ("object.a.b != null && null == old.a", ["object.a.b?", "old.a?"]),
      ("object.?a.orValue(null) == null", ["object.a?"]),
      ("object.items.exists(i, i.a == null)", ["object.items.*.a?", "object.items.*?"]),
      ("object.items.all(i, i.name != '')", ["object.items.*.name", "object.items.*?"]),
      ("object.items.exists(i, true)", ["object.items.*?"]),
      ("object.m.all(k, v, v.a == k)", ["object.m.*.a", "object.m.*?"]),
      (
        "object.items.filter(i, i.a).map(i, i.b)",
        ["object.items.*.a", "object.items.*.b", "object.items.*?"]
      ),
      ("object.items[0].name", ["object.items.*.name"]),
      ("object.m[params.key].name", ["object.m.*.name", "params.key"]),
      ("(object.a ? object.b : old.c).d", ["object.a", "object.b.d", "old.c.d"]),
      ("cel.bind(s, object.spec, s.a + s.b)", ["object.spec.a", "object.spec.b"]),
      ("object.?a.optMap(x, x.b).orValue(1)", ["object.a.b", "object.a?"]),
      ("object.?a.?b.orValue(params.c)", ["object.a.b", "params.c"]),
      ("object.?a.hasValue()", ["object.a?"]),
      ("size(object.items) > 1", ["object.items"]),
      ("dyn(object.a).b", ["object.a.b"]),
      ("[object.a].all(x, x.b)", ["object.a"]),
      ("object", ["object"]), ("object.a == 1 || object == old", ["object", "old"]),
      ("1 + 1", []),
      ("object.items.map(object, object.a)", ["object.items.*.a", "object.items.*?"]),
    ]
  )
  func fields(expression: String, expected: [String]) throws {
    #expect(try uses(expression) == expected)
  }

  @Test("An expression reads no field that was not told")
  func nothingElse() throws {
    let samples = [
      "object.a", "object.items.all(x, x.name == 'a')", "object.?a.b.orValue(object.name)",
    ]
    var expressions = RandomExpressions(seed: 3, samples: samples)
    let environment = CELEnvironment(
      variables: [.init("object"), .init("list"), .init("number"), .init("text")]
    )
    var evaluated = 0
    for _ in 0..<1500 {
      let text = expressions.text()
      guard let program = try? environment.compile(text, isChecked: false) else { continue }
      let recorder = FieldRecorder(Array(program.fieldUses))
      let values: [CELValue?] = [
        recorder.value, .list([.int(1), .string("a")]), .int(7), .string("name"),
      ]
      _ = program.outcome(values, costLimit: 10_000)
      evaluated += 1
      #expect(recorder.strayReads == [], "\(text)")
    }
    #expect(evaluated > 300)
  }
}

import KubernetesCEL
import Testing

@testable import CEL

struct CheckerTests {
  private let environment = CELEnvironment(
    variables: [
      .init("object", .object("Deployment")), .init("params", .map(.string, .dynamic)),
      .init("names", .list(.string)), .init("now", .timestamp), .init("anything"),
    ],
    libraries: CELLibrary.kubernetes,
    objectTypes: [
      "Deployment": .init(fields: ["spec": .object("Spec"), "metadata": .object("Metadata")]),
      "Spec": .init(fields: ["replicas": .int, "template": .dynamic]),
      "Metadata": .init(
        fields: ["name": .string, "labels": .map(.string, .string)],
        isOpen: true
      ),
    ]
  )

  @Test(
    "What is wrong is told with its place, and what was probably meant",
    arguments: [
      ("objekt.spec", "1:1: there is no variable objekt; did you mean object?"),
      ("object.spec.replica > 1", "1:13: a Spec has no field replica; did you mean replicas?"),
      ("object.spec.\n  replica > 1", "2:3: a Spec has no field replica; did you mean replicas?"),
      ("object['spek']", "1:8: a Deployment has no field spek; did you mean spec?"),
      ("has(object.spec.replica)", "1:17: a Spec has no field replica; did you mean replicas?"),
      ("sise(names)", "1:1: there is no function sise; did you mean size?"),
      ("names.exist(n, n == '')", "1:7: there is no function exist; did you mean exists?"),
      ("maths.ceil(1.5)", "1:7: there is no function maths.ceil; did you mean math.ceil?"),
      ("math.greatest('a')", "1:6: no such overload: math.greatest(string)"),
      ("names.matches('a')", "1:7: no such overload: matches(list(string), string)"),
      ("object.spec.replicas > 'a'", "1:22: no such overload: _>_(int, string)"),
      ("object.spec.replicas == '3'", "1:22: no such overload: _==_(int, string)"),
      ("object.spec.replicas && true", "1:13: _&&_ needs a bool, and this is a int"),
      ("names[0].size", "1:10: a string has no fields"),
      ("names['a']", "1:6: no such overload: _[_](list(string), string)"),
      ("now.getHours(1)", "1:5: no such overload: getHours(google.protobuf.Timestamp, int)"),
      (
        "now.all(x, true)",
        "1:1: a macro goes through a list or a map, and this is a google.protobuf.Timestamp"
      ),
      ("names.all(n, n)", "1:14: the macro’s condition needs a bool, and this is a string"),
      ("names.map(n.m, n)", "1:13: the macro needs a simple name here, for its variable"),
      ("true ? 1 : 'a'", "1:6: both values of ?: need one type, and are int and string"),
      ("has(names)", "1:5: has() needs a selection such as a.b"),
      ("{1.5: 2}", "1:2: a double cannot be a map's key"),
      ("'a'.matches('(')", "1:5: \"(\" is no pattern: a “(” has no end"),
      ("[?1]", "1:3: an optional is needed here, and this is a int"),
      (
        "quantity('1').isGreaterThan('2')",
        "1:15: no such overload: isGreaterThan(kubernetes.Quantity, string)"
      ),
      (
        "startsWith('a', 'b')", "1:1: there is no function startsWith that is not called of a value"
      ),
      ("Deployment{a: 1}", "1:1: there is no message type Deployment that an expression can make"),
    ]
  )
  func problem(expression: String, message: String) {
    #expect(
      problems(expression, in: environment).contains(message),
      "\(problems(expression, in: environment))"
    )
  }

  @Test("All problems are told at once, each of them once")
  func several() {
    let found = problems("a1 == 2 && names.foo() && object.x == 1", in: environment)
    #expect(found.count == 3)
  }

  @Test(
    "What may be right is left to the evaluation",
    arguments: [
      "anything.a.b > 1", "anything == 1", "params.a.b == 'c'", "object.spec.template.x[0].y",
      "object.metadata.unknown == 1", "object.metadata.labels['app'] == 'a'", "[1, 'a'][0] == 1",
      "[].all(x, x > 1)", "dyn(1) == 'a'", "names.map(n, n.size()).sum() > 3",
      "anything.?a.orValue(1) == 1",
      "'app' in object.metadata.labels", "'spec' in object", "null == now",
      "params.all(k, v, k != v)",
      "optional.none().orValue(1) == 1", "cel.bind(x, names, x[0]) == 'a'", "[[]].map(x, x + [1])",
    ]
  )
  func allowed(expression: String) {
    #expect(problems(expression, in: environment) == [])
  }

  @Test(
    "The type of the value is known as far as it can be",
    arguments: [
      ("object.spec.replicas", CELType.int), ("names.map(n, n.size())", .list(.int)),
      ("names.exists(n, n == '')", .bool), ("names[?0]", .optional(.string)),
      ("now - now", .duration), ("anything.x", .dynamic), ("[1, 'a']", .list(.dynamic)),
      ("{'a': [1u]}", .map(.string, .list(.uint))), ("type(1)", .type), ("[]", .list(.dynamic)),
      ("quantity('1Gi').add(1)", .opaque("kubernetes.Quantity")),
      ("names.transformMap(i, n, n)", .map(.int, .string)), ("cel.bind(x, 1, x + 1)", .int),
      ("names.filter(n, true)[0]", .string), ("math.greatest(1, 2.0)", .dynamic), ("null", .null),
    ]
  )
  func type(expression: String, type: CELType) throws {
    #expect(try environment.compile(expression).type == type)
  }

  @Test("A value of another type than is wanted is refused")
  func wantedType() {
    #expect(throws: CELProblems.self) { try environment.compile("names", returning: .bool) }
    #expect(throws: Never.self) { try environment.compile("anything", returning: .bool) }
  }
}

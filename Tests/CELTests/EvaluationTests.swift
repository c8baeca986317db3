import Synchronization
import Testing
import WireFormats

@testable import CEL

struct EvaluationTests {
  @Test(
    "Beside the language's own cases, these hold",
    arguments: [
      "'é' != 'e\u{301}'", "size('e\u{301}') == 2", "'e\u{301}'.contains('e')",
      "'\u{301}' in {'\u{301}': 1}",
      "!('é' in {'e\u{301}': 1})", "'Z' < 'a' && 'a' < 'é' && '\u{FFFF}' < '😀'",
      "{1: 'a'}[dyn(1u)] == 'a' && {1: 'a'}[dyn(1.0)] == 'a' && {18446744073709551615u: 1}[18446744073709551615u] == 1",
      "[1, 2, 3][dyn(1.0)] == 2 && [1, 2, 3][dyn(2u)] == 3",
      "type([]) == list && type({}) == map && type(type) == type",
      "type(optional.none()) == optional_type", "cel.bind(x, 1 / 0, true)",
      "cel.bind(x, 1 / 0, x == 1 || true)",
      "[1, 2].map(x, cel.bind(y, x + 1, [3].map(z, y + z)[0])) == [5, 6]",
      "cel.bind(a, [1, 2].map(x, x * 2), [5, 6].map(y, a[0] + y)) == [7, 8]",
      "[[1, 2], [3]].map(x, x.map(x, x + 1)) == [[2, 3], [4]]",
      "[1].exists(x, [2].exists(x, x == 2) && x == 1)",
      "{'a': 1, 'b': 2}.map(k, k) == ['a', 'b']", "{'a': 1}.exists(k, v, k == 'a' && v == 1)",
      "['b', 'a'].transformMapEntry(i, v, {v: i}) == {'a': 1, 'b': 0}",
      "[3, 1, 2].sortBy(x, -x) == [3, 2, 1]", "['b', 'a'].sort() == ['a', 'b']",
      "[optional.of(1), optional.none()].unwrapOpt() == [1]",
      "[].first().hasValue() == false && [1].last().value() == 1",
      "{'a': {'b': 1}}.?a.b.value() == 1", "optional.of([1])[?1].hasValue() == false",
      "string(1e21) == '1e+21' && string(1.5) == '1.5' && string(100000.0) == '100000'",
      "string(duration('1h30m')) == '5400s' && string(duration('-1.5s')) == '-1.5s'",
      "int(duration('1s')) == 1000000000", "duration('1.5h') == duration('90m')",
      "-duration('1s') == duration('-1s')",
      "timestamp('2024-02-29T00:00:00Z').getDayOfYear() == 59",
      "timestamp('2024-03-31T00:59:59Z').getHours('Europe/Berlin') == 1",
      "timestamp('2024-03-31T01:00:00Z').getHours('Europe/Berlin') == 3",
      "timestamp('2009-02-13T23:31:30.5+01:00') == timestamp('2009-02-13T22:31:30.5Z')",
      "timestamp('1969-12-31T23:59:59.5Z').getSeconds() == 59 && timestamp('1969-12-31T23:59:59.5Z').getMilliseconds() == 500",
      "timestamp(0) - duration('1ns') < timestamp(0)",
      "timestamp('0001-01-01T00:00:00Z').getDayOfWeek() == 1",
      "math.greatest([1, 2.5, 2u]) == 2.5 && math.sqrt(4) == 2.0",
      "'%d %s %.2f %x'.format([1, [1u, 'a'], 1.005, 255]) == '1 [1, a] 1.00 ff'",
      "'a-b-c'.split('-', 2) == ['a', 'b-c'] && ''.split('') == []",
      "'abc'.replace('', '-') == '-a-b-c-' && 'abc'.replace('', '-', 2) == '-a-bc'",
      "regex.extract('a1b2', '[a-z]([0-9])') == optional.of('1') && regex.extractAll('a1b2', '[0-9]') == ['1', '2']",
      "regex.replace('a1b2', '([a-z])([0-9])', r'\\2\\1') == '1a2b' && regex.replace('aaa', 'a', 'b', 2) == 'bba'",
      "[1, 1u, 1.0, 2].distinct() == [1, 2] && [[1], [1]].distinct() == [[1]]",
      "[[1], [[2]]].flatten() == [1, [2]]",
      "[1, 2, 3].slice(1, 2) == [2] && lists.range(3) == [0, 1, 2]",
      "ip('::fffe:1:2').family() == 6 && string(ip('2001:DB8:0:0:1:0:0:1')) == '2001:db8::1:0:0:1'",
      "0.0 == -0.0 && !(double('NaN') == double('NaN')) && 1 < 1.5 && 1u < 2 && -1 < 0u",
      "!(dyn(1) == 'a') && dyn([1]) != ['a'] && dyn({'a': 1}) == {'a': 1.0}",
      "b'\\xff' > b'\\x00' && true > false",
    ]
  )
  func holds(expression: String) throws {
    #expect(try evaluate(expression).isTrue)
  }

  @Test(
    "An error tells its reason and its place",
    arguments: [
      ("1 +\n 2 / 0", "2:4: division by zero"), ("[1][5]", "1:4: index 5 is out of range"),
      ("{'a': 1}['b']", "1:9: no such key: \"b\""), ("{'a': 1}.b", "1:10: no such key: b"),
      ("9223372036854775807 + 1", "1:21: the integer is out of range"),
      ("0u - 1u", "1:4: the integer is out of range"),
      ("-(-9223372036854775808)", "1:1: the integer is out of range"),
      ("dyn(1) + 'a'", "1:8: no such overload: _+_(int, string)"),
      ("dyn(1) ? 2 : 3", "1:8: no such overload: a bool is needed here, not a value of type int"),
      ("optional.none().value()", "1:17: the optional has no value"),
      ("int('a')", "1:1: cannot convert this string to int"),
      ("timestamp('9999-12-31T23:59:59Z') + duration('1s')", "1:35: the timestamp is out of range"),
      ("timestamp(0).getHours('Nowhere/Land')", "1:14: there is no time zone \"Nowhere/Land\""),
      ("timestamp(0).getHours('+25:00')", "1:14: \"+25:00\" is no offset such as -02:30"),
      ("{dyn(1): 1, dyn(1u): 2}", "1:1: the map has the key 1u twice"),
      ("dyn([1]).a", "1:10: a value of type list has no fields"),
      ("[3, dyn('a')].sort()", "1:15: no such overload: sort(int, string)"),
      ("'a'.charAt(2)", "1:5: index 2 is out of range"),
    ]
  )
  func error(expression: String, message: String) throws {
    #expect(try failure(expression)?.description == message)
  }

  @Test("Only the fields that an expression reads are made")
  func lazyFields() throws {
    let reads = Mutex<[String]>([])
    let object = WatchedObject(["spec", "status", "metadata"]) { name in
      reads.withLock { $0.append(name) }
      return .int(3)
    }
    let environment = CELEnvironment(variables: [.init("object")])
    let program = try environment.compile(
      "object.spec > 2 && has(object.metadata) && !has(object.other)"
    )
    #expect(try program.evaluate(["object": .object(object)]).isTrue)
    #expect(reads.withLock { $0 } == ["spec", "metadata"])
  }

  @Test("Objects are maps with strings as keys")
  func objectsAsMaps() throws {
    let json = try JSONValue(
      parsing: Array(#"{"a": {"b": [1, 2.5, "c", null, true]}, "d": {}}"#.utf8)
    )
    let values = ["object": CELValue(json: json)]
    let expressions = [
      "object.a.b[0] == 1 && object['a'].b[1] == 2.5",
      "object == {'a': {'b': [1, 2.5, 'c', null, true]}, 'd': {}}",
      "{'a': {'b': [1, 2.5, 'c', null, true]}, 'd': {}} == object",
      "size(object) == 2 && 'a' in object && !('x' in object)",
      "object.exists(k, v, k == 'a' && v.b.size() == 5)", "object.all(k, k in ['a', 'd'])",
      "object.map(k, k) == ['a', 'd']",
      "object.?a.?x.hasValue() == false && object.?a.b[?2].value() == 'c'",
      "type(object) == map && object.d == {}",
      "object.a.b.exists(x, type(x) == bool && x)",
      "object.a.b + [1] == [1, 2.5, 'c', null, true, 1]",
      "'%s'.format([object]) == '{a: {b: [1, 2.5, c, null, true]}, d: {}}'",
      "optional.ofNonZeroValue(object.d) == optional.none()",
    ]
    for expression in expressions {
      #expect(try evaluate(expression, values).isTrue, "\(expression)")
    }
  }

  @Test("A variable without a value is an error, unless it makes no difference")
  func missingVariable() throws {
    let program = try CELEnvironment(variables: [.init("x"), .init("y")]).compile("x || y")
    #expect(try program.evaluate([nil, .bool(true)]).isTrue)
    #expect(
      program.outcome([nil, .bool(false)] as [CELValue?]).failureText
        == "1:1: there is no variable x"
    )
  }

  @Test("Typed JSON is read as it is written")
  func typedJSON() throws {
    let expressions = [
      "null", "true", "-9223372036854775808", "18446744073709551615u", "1.5", "double('-Infinity')",
      "'é\\n'",
      "b'\\xff'", "[1, [2u]]", "{'a': 1, 2: [], true: {}}", "duration('-1.5s')",
      "timestamp('2009-02-13T23:31:30.12Z')",
      "type(1)", "optional.of(1)", "optional.none()",
    ]
    for expression in expressions {
      let json = try evaluate(expression).typedJSON()
      let value = try #require(CELValue(typedJSON: json), "\(expression)")
      #expect(try value.typedJSON() == json)
    }
    let json = try evaluate("[duration('1.5s'), timestamp(0), b'hi', 1.0]").typedJSON().encoded()
    let text = """
      {"type":"list","value":[{"type":"duration","value":"1.500s"},\
      {"type":"timestamp","value":"1970-01-01T00:00:00Z"},{"type":"bytes","value":"aGk="},\
      {"type":"double","value":"1.0"}]}
      """
    #expect(String(decoding: json, as: UTF8.self) == text)
  }
}

extension CELProgram.Outcome {
  fileprivate var failureText: String? {
    if case .failure(let error) = result { error.description } else { nil }
  }
}

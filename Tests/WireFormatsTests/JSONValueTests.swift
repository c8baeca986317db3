import Testing
import WireFormats

struct JSONValueTests {
  @Test func aDocumentBecomesATree() throws {
    let text = #" {"a":[1,-2.5,"x\u00e9\n",true,false,null],"b":{"c":{}},"a2":[]} "#
    let value = try JSONValue(parsing: Array(text.utf8))
    #expect(
      value == [
        "a": [1, -2.5, "xé\n", true, false, nil],
        "b": ["c": [:]],
        "a2": [],
      ]
    )
  }

  @Test func encodingIsCompactAndSorted() {
    let value: JSONValue = ["b": [1, 2.0, nil], "a": "q\"\\\n\u{1}\u{1f}é/", "c": ["x": true]]
    let text = String(decoding: value.encoded(), as: UTF8.self)
    #expect(text == #"{"a":"q\"\\\n\u0001\u001fé/","b":[1,2.0,null],"c":{"x":true}}"#)
  }

  @Test func theLastOfEqualKeysWins() throws {
    #expect(try JSONValue(parsing: Array(#"{"a":1,"a":2}"#.utf8)) == ["a": 2])
    let literal: JSONValue = ["a": 1, "a": 2]
    #expect(literal == ["a": 2])
  }

  @Test func settingAPathCreatesTheObjectsBetween() {
    var value: JSONValue = nil
    value[path: "metadata", "labels", "app"] = "shop"
    #expect(value == ["metadata": ["labels": ["app": "shop"]]])
    value[path: "metadata", "labels", "app"] = nil
    #expect(value == ["metadata": ["labels": [:]]])
  }

  @Test func removingAMissingPathCreatesNothing() {
    var value: JSONValue = ["kind": "Pod"]
    value[path: "metadata", "labels", "app"] = nil
    #expect(value == ["kind": "Pod"])
  }

  @Test func aMemberOfAScalarCannotBeSet() {
    var value: JSONValue = ["a": "text"]
    value[path: "a", "b"] = 1
    value["a"]?["b"] = 1
    #expect(value == ["a": "text"])
  }

  @Test func membersAndElementsAreReachedOrNil() {
    let value: JSONValue = ["a": [10, ["b": 2.5]]]
    #expect(value["a"]?[0] == 10)
    #expect(value["a"]?[1]?["b"]?.numberValue == 2.5)
    #expect(value["a"]?[2] == nil)
    #expect(value["a"]?[-1] == nil)
    #expect(value[path: "a", "b"] == nil)
    #expect(value[path: "missing", "b"] == nil)
    #expect(value[0] == nil)
  }

  @Test func accessorsAnswerOnlyForTheirKind() {
    let values: [JSONValue] = [nil, true, 1, 1.5, "s", [1], ["k": 1]]
    #expect(values.map(\.booleanValue) == [nil, true, nil, nil, nil, nil, nil])
    #expect(values.map(\.integerValue) == [nil, nil, 1, nil, nil, nil, nil])
    #expect(values.map(\.numberValue) == [nil, nil, 1, 1.5, nil, nil, nil])
    #expect(values.map(\.stringValue) == [nil, nil, nil, nil, "s", nil, nil])
    #expect(values.map(\.arrayValue) == [nil, nil, nil, nil, nil, [1], nil])
    #expect(values.map(\.objectValue) == [nil, nil, nil, nil, nil, nil, ["k": 1]])
  }

  @Test(
    "Numbers survive encoding and parsing",
    arguments: [
      JSONValue.integer(.max), .integer(.min), .integer(0), .number(0.1), .number(-0.0),
      .number(1e300), .number(.leastNonzeroMagnitude), .number(1.7976931348623157e308),
      .number(1e15),
      .number(123_456_789), .number(18_446_744_073_709_551_616),
    ]
  )
  func numbersRoundTrip(value: JSONValue) throws {
    #expect(try JSONValue(parsing: value.encoded()) == value)
  }

  @Test func integersBeyond64BitsBecomeNumbers() throws {
    #expect(
      try JSONValue(parsing: Array("[9223372036854775807,9223372036854775808]".utf8))
        == [.integer(.max), .number(9_223_372_036_854_775_808)]
    )
    #expect(
      try JSONValue(parsing: Array("[-9223372036854775808,-9223372036854775809]".utf8))
        == [.integer(.min), .number(-9_223_372_036_854_775_808)]
    )
  }

  @Test func numbersWithoutNotationBecomeNull() {
    #expect(
      JSONValue.array([.number(.infinity), .number(.nan)]).encoded() == Array("[null,null]".utf8)
    )
  }
}

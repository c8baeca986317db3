import Inspection
import KubernetesObjects
import WireFormats
import YAMLReading

extension RulePackReader {
  /// When tests are that do not say so.
  private static let usualTime = Timestamp(millisecondsSince1970: 1_767_225_600_000)

  mutating func readTest(_ value: YAMLValue) {
    let values = fields(of: value, under: "tests[]")
    let name = values["name"].flatMap { text($0) }
    let now = time(values["now"]) ?? Self.usualTime
    let before = objects(values["before"])
    let objects = objects(values["objects"])
    let unknown = elements(values["unknown"]).compactMap { kind($0) }
    let expected = elements(values["expect"]).compactMap { expectation($0) }
    guard let name else { return }
    tests.append(
      RuleTest(
        name: name,
        now: now,
        before: before,
        objects: objects,
        unknown: unknown,
        expected: expected
      )
    )
  }

  private mutating func expectation(_ value: YAMLValue) -> RuleTest.Expectation? {
    let values = fields(of: value, under: "tests[].expect[]")
    let rule = values["rule"].flatMap { knownID($0) }
    let about = values["about"].flatMap { text($0) }
    let message = values["message"].flatMap { text($0) }
    guard let rule, let about else { return nil }
    return RuleTest.Expectation(rule: rule, about: about, message: message)
  }

  private mutating func objects(_ value: YAMLValue?) -> [JSONValue] {
    elements(value).compactMap { element in
      let json = element.json
      for field in ["apiVersion", "kind", "metadata"] where json[field] == nil {
        note(element.place.appending(field), "it is missing")
      }
      return json["metadata"]?["name"] == nil ? nil : json
    }
  }
}

extension YAMLValue {
  /// The value as JSON.
  var json: JSONValue { JSONValue(node) }
}

extension ProjectedValue {
  init(json: JSONValue) {
    switch json {
    case .null: self = .null
    case .boolean(let value): self = .boolean(value)
    case .integer(let value): self = .integer(value)
    case .number(let value): self = .number(value)
    case .string(let value): self = .string(value)
    case .array(let elements): self = .list(elements.map { ProjectedValue(json: $0) })
    case .object(let members):
      self = .object(
        ProjectedFields(members.map { .init(name: $0, value: ProjectedValue(json: $1)) })
      )
    }
  }
}

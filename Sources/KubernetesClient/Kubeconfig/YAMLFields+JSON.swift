import WireFormats
import YAMLReading
import Yams

extension YAMLFields {
  /// Any value as JSON; `nil` where there is none.
  func json(_ name: String) -> JSONValue? { value(name).map { JSONValue($0.node) } }
}

extension JSONValue {
  /// The value of a YAML node, its type found as YAML's core schema does.
  fileprivate init(_ node: Node) {
    switch node {
    case .mapping(let mapping):
      let members = mapping.map { ($0.key.string ?? "", JSONValue($0.value)) }
      self = .object(Dictionary(members) { first, _ in first })
    case .sequence(let sequence): self = .array(sequence.map(JSONValue.init))
    case .scalar(let scalar):
      if node.null != nil {
        self = .null
      } else if let flag = node.bool {
        self = .boolean(flag)
      } else if let integer = node.int {
        self = .integer(Int64(integer))
      } else if let number = node.float {
        self = .number(number)
      } else {
        self = .string(scalar.string)
      }
    case .alias: self = .null  // Composing has put what it stands for in its place.
    }
  }
}

package import WireFormats
package import Yams

extension JSONValue {
  /// The value that a YAML node stands for, as Kubernetes reads it: times stay text.
  package init(_ node: Node) {
    switch node {
    case .mapping(let mapping):
      var members: [String: JSONValue] = [:]
      for (key, value) in mapping { members[key.scalar?.string ?? ""] = JSONValue(value) }
      self = .object(members)
    case .sequence(let sequence): self = .array(sequence.map { JSONValue($0) })
    case .scalar(let scalar): self.init(scalar, taggedAs: node.tag)
    case .alias: self = .null
    }
  }

  private init(_ scalar: Node.Scalar, taggedAs tag: Tag) {
    let value: JSONValue? =
      switch tag {
      case Tag(.null): .null
      case Tag(.bool): Bool.construct(from: scalar).map(JSONValue.boolean)
      case Tag(.int): Int64.construct(from: scalar).map(JSONValue.integer)
      case Tag(.float): Double.construct(from: scalar).map(JSONValue.number)
      default: nil
      }
    self = value ?? .string(scalar.string)
  }
}

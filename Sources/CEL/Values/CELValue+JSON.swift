package import WireFormats

extension CELValue {
  /// A JSON value, of which members and elements are made when they are read.
  ///
  /// Whole numbers are integers, as Kubernetes has it.
  package init(json: JSONValue) {
    switch json {
    case .null: self = .null
    case .boolean(let value): self = .bool(value)
    case .integer(let value): self = .int(value)
    case .number(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .array(let elements): self = .list(CELList(JSONElements(elements)))
    case .object(let members): self = .object(JSONMembers(members))
    }
  }
}

/// A JSON object as expressions see it.
private final class JSONMembers: CELObject {
  private let members: [String: JSONValue]

  init(_ members: [String: JSONValue]) {
    self.members = members
  }

  var fieldNames: [String] { members.keys.sorted() }

  func field(named name: String) -> CELValue? { members[name].map(CELValue.init(json:)) }

  func hasField(named name: String) -> Bool { members[name] != nil }
}

/// A JSON array as expressions see it.
private final class JSONElements: CELSequence {
  private let elements: [JSONValue]

  init(_ elements: [JSONValue]) {
    self.elements = elements
  }

  var count: Int { elements.count }

  func element(at index: Int) -> CELValue { CELValue(json: elements[index]) }
}

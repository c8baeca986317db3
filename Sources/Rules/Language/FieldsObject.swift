package import CEL
package import KubernetesObjects

extension CELValue {
  /// What is kept of a field, of which members and elements are made when they are read.
  package init(_ value: ProjectedValue) {
    switch value {
    case .null: self = .null
    case .boolean(let value): self = .bool(value)
    case .integer(let value): self = .int(value)
    case .number(let value): self = .double(value)
    case .string(let value): self = .string(value)
    case .list(let elements): self = .list(CELList(FieldsSequence(elements)))
    case .object(let fields): self = .object(FieldsObject(fields))
    }
  }
}

/// What is kept of an object, as expressions see it.
package final class FieldsObject: CELObject {
  private let fields: ProjectedFields

  package init(_ fields: ProjectedFields) { self.fields = fields }

  package var fieldNames: [String] { fields.members.map(\.name) }

  package func field(named name: String) -> CELValue? { fields[name].map { CELValue($0) } }

  package func hasField(named name: String) -> Bool { fields[name] != nil }
}

/// A list of what is kept of an object, as expressions see it.
private final class FieldsSequence: CELSequence {
  private let elements: [ProjectedValue]

  init(_ elements: [ProjectedValue]) { self.elements = elements }

  var count: Int { elements.count }

  func element(at index: Int) -> CELValue { CELValue(elements[index]) }
}

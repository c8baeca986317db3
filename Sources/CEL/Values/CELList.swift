/// A list of an expression: elements in memory, or made when they are read.
package struct CELList: Sendable {
  private enum Storage: Sendable {
    case elements([CELValue])
    case sequence(any CELSequence)
  }

  private let storage: Storage

  package init(_ elements: [CELValue]) {
    storage = .elements(elements)
  }

  package init(_ sequence: any CELSequence) {
    storage = .sequence(sequence)
  }

  package var count: Int {
    switch storage {
    case .elements(let elements): elements.count
    case .sequence(let sequence): sequence.count
    }
  }

  package subscript(_ index: Int) -> CELValue {
    switch storage {
    case .elements(let elements): elements[index]
    case .sequence(let sequence): sequence.element(at: index)
    }
  }

  /// All elements.
  package var elements: [CELValue] {
    switch storage {
    case .elements(let elements): elements
    case .sequence(let sequence): (0..<sequence.count).map { sequence.element(at: $0) }
    }
  }
}

/// Elements that are made when they are read.
package protocol CELSequence: AnyObject, Sendable {
  var count: Int { get }
  func element(at index: Int) -> CELValue
}

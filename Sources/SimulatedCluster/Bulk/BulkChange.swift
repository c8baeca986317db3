/// One change of one object of a bulk world.
package struct BulkChange: Sendable {
  enum Operation: Sendable, Equatable {
    case put
    case delete
  }

  let operation: Operation
  let object: TemplateObject

  /// `pods`, `deployments.apps`.
  package var resource: String { object.resource.qualifiedPlural }
  package var namespace: String { object.namespace }
  package var name: String { object.name }
  package var isDeletion: Bool { operation == .delete }

  /// The object after the change as a server sends it in a watch event: JSON with kind and version.
  package func body(version: UInt64) -> [UInt8] {
    Presentation.whole.bytes(of: object.stored(version: version), as: object.resource)
  }

  func apply(to store: Store) {
    switch operation {
    case .put:
      store.put(object)
    case .delete:
      // Cannot fail: the decision throws nothing.
      _ = try? store.change(object.resource, at: object.path) { _ in .remove }
    }
  }
}

extension SimulatedCluster {
  /// Makes a change of a bulk world come true, and tells the watches of it.
  package func apply(_ change: BulkChange) {
    change.apply(to: registry.store)
  }
}

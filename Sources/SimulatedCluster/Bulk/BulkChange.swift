/// One change of one object of a bulk world.
package struct BulkChange: Sendable {
  /// The raw value is what a watch calls it.
  enum Operation: String, Sendable {
    case add = "ADDED"
    case modify = "MODIFIED"
    case delete = "DELETED"
  }

  let operation: Operation
  let object: TemplateObject

  /// `pods`, `deployments.apps`.
  package var resource: String { object.resource.qualifiedPlural }
  package var namespace: String { object.namespace }
  package var name: String { object.name }
  package var isDeletion: Bool { operation == .delete }

  /// The change as a server tells a watch of it: a line of JSON, or a frame of protobuf.
  package func watchEvent(version: UInt64, asProtobuf isProtobuf: Bool = false) -> [UInt8] {
    let resource = object.resource
    let representation =
      isProtobuf
      ? Representation(protobufOf: resource) : Representation(json: .whole, of: resource)
    return representation.event(
      operation.rawValue,
      representation.bytes(of: object.stored(version: version))
    )
  }

  func apply(to store: Store) {
    switch operation {
    case .add, .modify:
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

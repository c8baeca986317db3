import Foundation
import WireFormats

/// The world as controllers and scenarios change it: through the registry, with the machines that are down in mind.
struct World: Sendable {
  let registry: Registry
  let outages: Outages
  /// The inventory that knows of it, if there is one.
  let netBox: SimulatedNetBox?
  /// Whether what controllers do is told in Events.
  let recordsEvents: Bool

  init(
    _ registry: Registry,
    outages: Outages = Outages(),
    netBox: SimulatedNetBox? = nil,
    recordsEvents: Bool = false
  ) {
    self.registry = registry
    self.outages = outages
    self.netBox = netBox
    self.recordsEvents = recordsEvents
  }

  var now: Date { registry.clock.now() }
  var timestamp: String { registry.clock.timestamp }

  func objects(_ resource: ServedResource, in namespace: String? = nil) -> [StoredObject] {
    registry.objects(resource, in: namespace)
  }

  func object(_ resource: ServedResource, _ namespace: String = "", _ name: String) -> StoredObject?
  {
    registry.object(ObjectAddress(resource, namespace: namespace, name: name))
  }

  /// Puts an object into the world as it stands; identity is made where it lacks.
  @discardableResult
  func put(_ object: JSONValue, in resource: ServedResource) throws(APIFailure) -> StoredObject {
    var value = object
    if value[path: "metadata", "uid"] == nil {
      value[path: "metadata", "uid"] = .string(registry.identities.uid())
    }
    if value[path: "metadata", "creationTimestamp"] == nil {
      value[path: "metadata", "creationTimestamp"] = .string(timestamp)
    }
    if resource.hasGeneration, value[path: "metadata", "generation"] == nil {
      value[path: "metadata", "generation"] = 1
    }
    if resource == .customResourceDefinitions, value["status"] == nil {
      CustomDefinitions.complete(&value, at: timestamp)
    }
    return try registry.insert(value, in: resource)
  }

  /// Creates an object as a client would.
  ///
  /// One that exists already, or a namespace that is gone, is left alone:
  /// the next look at the world decides anew.
  @discardableResult
  func create(
    _ object: JSONValue,
    in resource: ServedResource,
    namespace: String = ""
  ) -> StoredObject? {
    try? registry.create(object, in: resource, namespace: namespace)
  }

  /// Changes an object, status and all.
  ///
  /// If it is gone meanwhile there is nothing to change.
  func change(_ object: StoredObject, _ edit: (inout JSONValue) -> Void) {
    _ = try? registry.update(ObjectAddress(object), part: .everything) {
      (current) throws(APIFailure) -> JSONValue in
      guard current.uid == object.uid else { throw .notFound(object.resource, object.name) }
      var value = current.value
      edit(&value)
      return value
    }
  }

  /// Deletes an object as a client would, if it is still the same one.
  func delete(
    _ object: StoredObject,
    gracePeriodSeconds: Int? = nil,
    propagation: Deletion.Propagation = .background
  ) {
    var deletion = Deletion()
    deletion.uid = object.uid
    deletion.gracePeriodSeconds = gracePeriodSeconds
    deletion.propagation = propagation
    _ = try? registry.delete(ObjectAddress(object), deletion)
  }

  /// Removes an object whatever holds it.
  @discardableResult
  func remove(_ address: ObjectAddress) -> Bool {
    guard registry.object(address) != nil else { return false }
    // Cannot fail: the decision throws nothing.
    _ = try? registry.store.change(address.resource, at: address.path) { _ in .remove }
    return true
  }
}

package import WireFormats

/// Direct access to the truth, for tests that compare a client's model with it.
extension SimulatedCluster {
  /// The newest version that any object has.
  package var resourceVersion: String { String(registry.store.version) }

  /// All objects of a resource such as `pods` or `deployments.apps`, whole, sorted by namespace and name.
  package func objects(of plural: String, namespace: String? = nil) -> [JSONValue] {
    guard let resource = Catalogue(registry: registry).resource(qualifiedPlural: plural) else {
      return []
    }
    return registry.objects(resource, in: namespace).map { $0.value(as: resource) }
  }

  package func object(of plural: String, namespace: String = "", name: String) -> JSONValue? {
    guard let resource = Catalogue(registry: registry).resource(qualifiedPlural: plural) else {
      return nil
    }
    return registry.object(ObjectAddress(resource, namespace: namespace, name: name))?
      .value(as: resource)
  }

  /// Creates an object as it stands, status and all; identity is made where it lacks.
  @discardableResult
  package func create(_ object: JSONValue) throws(SimulationError) -> JSONValue {
    let resource = try resource(of: object)
    let created = try attempt { () throws(APIFailure) -> StoredObject in
      try World(registry).put(resource.stored(object), in: resource.storage)
    }
    return created.value(as: resource)
  }

  /// Replaces an object, status and all, whatever version it has.
  @discardableResult
  package func update(_ object: JSONValue) throws(SimulationError) -> JSONValue {
    let resource = try resource(of: object)
    var object = object
    object[path: "metadata", "resourceVersion"] = nil
    let changed = object
    let updated = try attempt { () throws(APIFailure) -> StoredObject in
      try registry.update(address(of: changed, resource), part: .everything) { _ in
        resource.stored(changed)
      }
    }
    return updated.value(as: resource)
  }

  /// Creates an object or replaces the one of its name.
  @discardableResult
  package func apply(_ object: JSONValue) throws(SimulationError) -> JSONValue {
    let resource = try resource(of: object)
    return registry.object(address(of: object, resource)) == nil
      ? try create(object) : try update(object)
  }

  /// Removes an object at once, whatever finalizers it has; `false` if there was none.
  @discardableResult
  package func remove(_ plural: String, namespace: String = "", name: String) -> Bool {
    guard let resource = Catalogue(registry: registry).resource(qualifiedPlural: plural) else {
      return false
    }
    return World(registry).remove(ObjectAddress(resource, namespace: namespace, name: name))
  }

  private func resource(of object: JSONValue) throws(SimulationError) -> ServedResource {
    let apiVersion = object["apiVersion"]?.stringValue ?? ""
    let kind = object["kind"]?.stringValue ?? ""
    let catalogue = Catalogue(registry: registry)
    guard let resource = catalogue.resource(apiVersion: apiVersion, kind: kind) else {
      throw .unknownKind("\(kind) of \(apiVersion)")
    }
    return resource
  }

  private func address(of object: JSONValue, _ resource: ServedResource) -> ObjectAddress {
    ObjectAddress(
      resource,
      namespace: object[path: "metadata", "namespace"]?.stringValue ?? "",
      name: object[path: "metadata", "name"]?.stringValue ?? ""
    )
  }

  private func attempt<Result>(
    _ change: () throws(APIFailure) -> Result
  ) throws(SimulationError) -> Result {
    do {
      return try change()
    } catch {
      throw .refused(error.message)
    }
  }
}

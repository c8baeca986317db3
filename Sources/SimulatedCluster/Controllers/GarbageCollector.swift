import WireFormats

/// Deletes what belonged to an owner that is gone, and carries out the deletions of owners:
/// those that wait for their dependents and those that leave them behind.
struct GarbageCollector: Controller {
  let concerns: [ServedResource] = []
  let interval: Duration? = .milliseconds(500)

  func reconcile(_ world: World, pace: Double) {
    let catalogue = Catalogue(registry: world.registry)
    let everything = catalogue.stored.flatMap { world.objects($0) }
    var dependents: [String: [StoredObject]] = [:]
    for object in everything {
      let references = OwnerReference.all(of: object)
      for reference in references {
        dependents[reference["uid"]?.stringValue ?? "", default: []].append(object)
      }
      guard !references.isEmpty, !object.isTerminating else { continue }
      let owners = references.filter { owner(of: object, $0, catalogue, world) != nil }
      if owners.isEmpty { world.delete(object) }
    }
    for object in everything where object.isTerminating {
      finish(object, dependents[object.uid] ?? [], world)
    }
  }

  private func owner(
    of object: StoredObject,
    _ reference: JSONValue,
    _ catalogue: Catalogue,
    _ world: World
  ) -> StoredObject? {
    guard
      let resource = catalogue.resource(
        apiVersion: reference["apiVersion"]?.stringValue ?? "",
        kind: reference["kind"]?.stringValue ?? ""
      ),
      let owner = world.object(resource, object.namespace, reference["name"]?.stringValue ?? ""),
      owner.uid == reference["uid"]?.stringValue
    else { return nil }
    return owner
  }

  private func finish(_ owner: StoredObject, _ dependents: [StoredObject], _ world: World) {
    if owner.finalizers.contains("orphan") {
      for dependent in dependents {
        world.change(dependent) { value in
          let others = (value[path: "metadata", "ownerReferences"]?.arrayValue ?? [])
            .filter { $0["uid"]?.stringValue != owner.uid }
          value[path: "metadata", "ownerReferences"] = others.isEmpty ? nil : .array(others)
        }
      }
      release(owner, "orphan", world)
    }
    if owner.finalizers.contains("foregroundDeletion") {
      for dependent in dependents where !dependent.isTerminating {
        world.delete(dependent, propagation: .foreground)
      }
      if dependents.isEmpty { release(owner, "foregroundDeletion", world) }
    }
  }

  private func release(_ object: StoredObject, _ finalizer: String, _ world: World) {
    world.change(object) { value in
      Finalizers.remove(finalizer, from: &value)
    }
  }
}

/// Taking finalizers off an object.
enum Finalizers {
  static func remove(_ finalizer: String, from value: inout JSONValue) {
    let others = (value[path: "metadata", "finalizers"]?.arrayValue ?? [])
      .filter { $0.stringValue != finalizer }
    value[path: "metadata", "finalizers"] = others.isEmpty ? nil : .array(others)
  }
}

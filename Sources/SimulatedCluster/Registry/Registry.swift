import WireFormats

/// What the API server does to objects: identity, versions, generations, deletion; the one writer of the ``Store``.
///
/// Requests and controllers go the same way, so that a controller cannot do what a client could not.
final class Registry: Sendable {
  let store: Store
  let clock: SimulatedClock
  let identities: Identities

  init(
    store: Store = Store(),
    clock: SimulatedClock = .system,
    identities: Identities = Identities(seed: 1)
  ) {
    self.store = store
    self.clock = clock
    self.identities = identities
  }

  func object(_ address: ObjectAddress) -> StoredObject? {
    store.object(address.resource, at: address.path)
  }

  func objects(_ resource: ServedResource, in namespace: String? = nil) -> [StoredObject] {
    store.list(resource, in: namespace).objects
  }

  // MARK: Creation

  /// Creates an object from what a client sent.
  @discardableResult
  func create(
    _ sent: JSONValue,
    in resource: ServedResource,
    namespace: String = "",
    dryRun: Bool = false
  ) throws(APIFailure) -> StoredObject {
    var value = sent
    if resource.isNamespaced {
      value[path: "metadata", "namespace"] = .string(namespace)
      try requireNamespace(namespace, for: resource)
    } else {
      value[path: "metadata", "namespace"] = nil
    }
    if (value[path: "metadata", "name"]?.stringValue ?? "").isEmpty,
      let prefix = value[path: "metadata", "generateName"]?.stringValue, !prefix.isEmpty
    {
      value[path: "metadata", "name"] = .string(prefix + identities.suffix())
    }
    try Validation.checkCreation(value, of: resource)
    value[path: "metadata", "uid"] = .string(identities.uid())
    value[path: "metadata", "creationTimestamp"] = .string(clock.timestamp)
    for member in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] {
      value[path: "metadata", member] = nil
    }
    if resource.hasGeneration { value[path: "metadata", "generation"] = 1 }
    Defaults.complete(&value, of: resource, at: clock.now(), identities: identities)
    return try insert(value, in: resource, dryRun: dryRun)
  }

  /// Puts a complete object into the world as it stands, status and all: for scenarios and tests.
  @discardableResult
  func insert(
    _ value: JSONValue,
    in resource: ServedResource,
    dryRun: Bool = false
  ) throws(APIFailure) -> StoredObject {
    let name = value[path: "metadata", "name"]?.stringValue ?? ""
    let namespace = value[path: "metadata", "namespace"]?.stringValue ?? ""
    let address = ObjectAddress(resource, namespace: namespace, name: name)
    let stored = try store.change(resource, at: address.path) {
      (current) throws(APIFailure) -> Store.Change in
      guard current == nil else { throw .alreadyExists(resource, name) }
      return dryRun ? .keep : .put(value)
    }
    return stored ?? StoredObject(value, of: resource, version: store.version)
  }

  private func requireNamespace(
    _ name: String,
    for resource: ServedResource
  ) throws(APIFailure) {
    guard let namespace = store.object(.namespaces, at: name) else {
      throw .notFound(.namespaces, name)
    }
    guard !namespace.isTerminating else {
      throw .forbidden(
        resource,
        "",
        "unable to create new content in namespace \(name) because it is being terminated"
      )
    }
  }

  // MARK: Change

  /// Which members a write may touch.
  enum WrittenPart {
    case main
    case status
    case everything
  }

  /// Changes an object in one step.
  ///
  /// A change that changes nothing is not written. Returns the object as it is afterwards; taking the last finalizer of a deleted object away removes it.
  @discardableResult
  func update(
    _ address: ObjectAddress,
    part: WrittenPart = .main,
    dryRun: Bool = false,
    _ change: (StoredObject) throws(APIFailure) -> JSONValue
  ) throws(APIFailure) -> StoredObject {
    let resource = address.resource
    var outcome: StoredObject?
    let stored = try store.change(resource, at: address.path) {
      (current) throws(APIFailure) -> Store.Change in
      guard let current else { throw .notFound(resource, address.name) }
      let value = try merged(try change(current), into: current, part: part)
      if value == current.value {
        outcome = current
        return .keep
      }
      if Deletion.isComplete(value, of: resource) {
        outcome = StoredObject(value, of: resource, version: current.version)
        return dryRun ? .keep : .remove
      }
      if dryRun {
        outcome = StoredObject(value, of: resource, version: current.version)
        return .keep
      }
      return .put(value)
    }
    guard let result = outcome ?? stored else { throw .notFound(resource, address.name) }
    return result
  }

  /// What is written of `sent`: identity stays, only the part that was addressed changes.
  private func merged(
    _ sent: JSONValue,
    into current: StoredObject,
    part: WrittenPart
  ) throws(APIFailure) -> JSONValue {
    let resource = current.resource
    var sent = sent
    sent["apiVersion"] = nil
    sent["kind"] = nil
    if let version = sent[path: "metadata", "resourceVersion"]?.stringValue, !version.isEmpty,
      version != String(current.version)
    {
      throw .modifiedMeanwhile(resource, current.name)
    }
    if let uid = sent[path: "metadata", "uid"]?.stringValue, !uid.isEmpty, uid != current.uid {
      throw .preconditionFailed(
        resource,
        current.name,
        what: "UID",
        expected: uid,
        found: current.uid
      )
    }
    var value = sent
    switch part {
    case .main:
      if resource.hasStatus { value["status"] = current.value["status"] }
    case .status:
      value = current.value
      value["status"] = sent["status"]
      // Labels and annotations pass with the status, as on a real server; the rest of the metadata stays.
      value[path: "metadata", "labels"] = sent[path: "metadata", "labels"]
      value[path: "metadata", "annotations"] = sent[path: "metadata", "annotations"]
    case .everything:
      break
    }
    for member in Self.omittedIfEmpty where value[path: "metadata", member]?.isEmpty == true {
      value[path: "metadata", member] = nil
    }
    for member in Self.fixedMetadata {
      value[path: "metadata", member] = current.value[path: "metadata", member]
    }
    try Validation.checkChange(value, of: current)
    if resource.hasGeneration, value["spec"] != current.value["spec"] {
      let generation = current.value[path: "metadata", "generation"]?.integerValue ?? 1
      value[path: "metadata", "generation"] = .integer(generation + 1)
    }
    return value
  }

  private static let omittedIfEmpty = ["annotations", "finalizers", "labels", "ownerReferences"]

  private static let fixedMetadata = [
    "name", "namespace", "generateName", "uid", "creationTimestamp", "deletionTimestamp",
    "deletionGracePeriodSeconds", "generation", "resourceVersion",
  ]
}

extension JSONValue {
  fileprivate var isEmpty: Bool {
    arrayValue?.isEmpty ?? objectValue?.isEmpty ?? false
  }
}

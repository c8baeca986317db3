package import CloudEvents
package import KubernetesObjects
package import WireFormats

/// An object as a service is told of it.
package struct RemoteObject: Sendable, Equatable {
  package let key: ObjectKey
  package let uid: ObjectUID
  package let apiVersion: String
  /// The fields that are sent, from the object's root.
  let fields: JSONValue

  package init(key: ObjectKey, uid: ObjectUID, apiVersion: String, fields: JSONValue) {
    self.key = key
    self.uid = uid
    self.apiVersion = apiVersion
    self.fields = fields
  }

  /// What tells whether the service knows it as it is: all but its version, which changes with every write.
  package var digest: Int {
    var hasher = Hasher()
    hasher.combine(uid)
    hasher.combine(fields)
    return hasher.finalize()
  }

  /// The same once it is gone.
  package static func event(
    forGone key: ObjectKey,
    uid: ObjectUID,
    in cluster: String,
    at time: Timestamp
  ) -> CloudEvent {
    let object = Self.identity(key, uid, apiVersion: nil, version: nil)
    return event(key, id: "\(uid).deleted", ["change": "deleted", "object": object], cluster, time)
  }

  /// The event that tells of the object in this version.
  package func event(
    version: String,
    in cluster: String,
    at time: Timestamp
  ) -> CloudEvent {
    var object = fields
    let identity = Self.identity(key, uid, apiVersion: apiVersion, version: version)
    for (name, value) in identity.objectValue ?? [:] where name != "metadata" {
      object[name] = value
    }
    for (name, value) in identity["metadata"]?.objectValue ?? [:] {
      object[path: "metadata", name] = value
    }
    let data: JSONValue = ["change": "upserted", "object": object]
    return Self.event(key, id: "\(uid).\(version)", data, cluster, time)
  }

  private static func identity(
    _ key: ObjectKey,
    _ uid: ObjectUID,
    apiVersion: String?,
    version: String?
  ) -> JSONValue {
    var metadata: [String: JSONValue] = [
      "name": .string(key.name), "uid": .string(uid.description),
    ]
    if !key.namespace.isEmpty { metadata["namespace"] = .string(key.namespace) }
    if let version { metadata["resourceVersion"] = .string(version) }
    var object: [String: JSONValue] = [
      "kind": .string(key.kind.name), "metadata": .object(metadata),
    ]
    if let apiVersion { object["apiVersion"] = .string(apiVersion) }
    return .object(object)
  }

  private static func event(
    _ key: ObjectKey,
    id: String,
    _ data: JSONValue,
    _ cluster: String,
    _ time: Timestamp
  ) -> CloudEvent {
    var event = CloudEvent(
      id: id,
      source: EventSource.cluster(cluster),
      type: "io.kpatrol.object.changed",
      data: .json(data)
    )
    event.subject = subject(of: key)
    event.time = time.rfc3339
    event.extensions = ["cluster": cluster, "kind": key.kind.description]
    return event
  }

  /// What events call an object: `Deployment.apps/shop/cart`, `Node/node-1`.
  package static func subject(of key: ObjectKey) -> String { "\(key.kind)/\(key.qualifiedName)" }
}

extension ProjectedFields {
  /// The members that a projection keeps, as JSON.
  func json(keptBy projection: FieldProjection) -> JSONValue {
    var members: [String: JSONValue] = [:]
    for member in self.members {
      guard let kept = projection.member(member.name) else { continue }
      members[member.name] = member.value.json(keptBy: kept)
    }
    return .object(members)
  }
}

extension ProjectedValue {
  fileprivate func json(keptBy projection: FieldProjection) -> JSONValue {
    switch self {
    case .null: .null
    case .boolean(let value): .boolean(value)
    case .integer(let value): .integer(value)
    case .number(let value): .number(value)
    case .string(let value): .string(value)
    case .list(let elements):
      .array(projection.element.map { kept in elements.map { $0.json(keptBy: kept) } } ?? [])
    case .object(let fields): fields.json(keptBy: projection)
    }
  }
}

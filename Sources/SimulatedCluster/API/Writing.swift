import WireFormats

/// Answers POST, PUT and PATCH on objects and their `status`.
struct Writing: Sendable {
  let registry: Registry

  func create(
    _ request: APIRequest,
    _ target: ResourceRequest,
    _ representation: Representation
  ) throws(APIFailure) -> APIResponse {
    let resource = target.resource
    let value = try RequestBody.object(request, of: resource)
    let stated = value[path: "metadata", "namespace"]?.stringValue
    if let namespace = target.namespace, let stated, !stated.isEmpty, stated != namespace {
      throw .badRequest(
        "the namespace of the provided object does not match the namespace sent on the request"
      )
    }
    guard !resource.isNamespaced || target.namespace != nil else {
      throw .methodNotAllowed
    }
    return .object(
      try create(value, in: resource, target.namespace ?? "", request),
      representation,
      status: 201
    )
  }

  private func create(
    _ value: JSONValue,
    in resource: ServedResource,
    _ namespace: String,
    _ request: APIRequest
  ) throws(APIFailure) -> StoredObject {
    let stored = resource.stored(value)
    if resource.storage == .events {
      try EventValidation(resource).checkCreation(stored, in: namespace)
    }
    return try registry.create(
      stored,
      in: resource.storage,
      namespace: namespace,
      dryRun: request.isDryRun
    )
  }

  /// Changes an object of which `change` makes another, both as `resource` has them.
  private func update(
    _ address: ObjectAddress,
    _ part: Registry.WrittenPart,
    as resource: ServedResource,
    _ request: APIRequest,
    _ change: (StoredObject) throws(APIFailure) -> JSONValue
  ) throws(APIFailure) -> StoredObject {
    try registry.update(address, part: part, dryRun: request.isDryRun) {
      (current) throws(APIFailure) -> JSONValue in
      let value = resource.stored(try change(current))
      if address.resource == .events {
        try EventValidation(resource).checkChange(value, of: current)
      }
      return value
    }
  }

  func replace(
    _ request: APIRequest,
    _ address: ObjectAddress,
    _ part: Registry.WrittenPart,
    _ representation: Representation
  ) throws(APIFailure) -> APIResponse {
    let resource = representation.resource
    let value = try RequestBody.object(request, of: resource)
    if let name = value[path: "metadata", "name"]?.stringValue, name != address.name {
      throw .badRequest(
        "the name of the object (\(name)) does not match the name on the URL (\(address.name))"
      )
    }
    let updated = try update(address, part, as: resource, request) { _ in value }
    return .object(updated, representation)
  }

  func patch(
    _ request: APIRequest,
    _ address: ObjectAddress,
    _ part: Registry.WrittenPart,
    _ representation: Representation
  ) throws(APIFailure) -> APIResponse {
    let resource = representation.resource
    let type = (request.headers["content-type"] ?? "").split(separator: ";").first.map(String.init)
    guard let kind = Patch.Kind(rawValue: type ?? ""),
      kind != .strategicMerge || !resource.isCustom
    else { throw .unsupportedMediaType }
    let patch = try Patch(kind, parsing: request.body)
    if kind == .apply, registry.object(address) == nil {
      var value = patch.value
      value[path: "metadata", "name"] = .string(address.name)
      let created = try create(value, in: resource, address.namespace, request)
      return .object(created, representation, status: 201)
    }
    let updated = try update(address, part, as: resource, request) {
      (current) throws(APIFailure) -> JSONValue in
      try patch.applied(to: current.value(as: resource))
    }
    return .object(updated, representation)
  }
}

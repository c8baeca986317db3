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
    let created = try registry.create(
      value,
      in: resource,
      namespace: target.namespace ?? "",
      dryRun: request.isDryRun
    )
    return .object(created, representation, status: 201)
  }

  func replace(
    _ request: APIRequest,
    _ address: ObjectAddress,
    _ part: Registry.WrittenPart,
    _ representation: Representation
  ) throws(APIFailure) -> APIResponse {
    let value = try RequestBody.object(request, of: address.resource)
    if let name = value[path: "metadata", "name"]?.stringValue, name != address.name {
      throw .badRequest(
        "the name of the object (\(name)) does not match the name on the URL (\(address.name))"
      )
    }
    let updated = try registry.update(address, part: part, dryRun: request.isDryRun) { _ in value }
    return .object(updated, representation)
  }

  func patch(
    _ request: APIRequest,
    _ address: ObjectAddress,
    _ part: Registry.WrittenPart,
    _ representation: Representation
  ) throws(APIFailure) -> APIResponse {
    let type = (request.headers["content-type"] ?? "").split(separator: ";").first.map(String.init)
    guard let kind = Patch.Kind(rawValue: type ?? ""),
      kind != .strategicMerge || !address.resource.isCustom
    else { throw .unsupportedMediaType }
    let patch = try Patch(kind, parsing: request.body)
    if kind == .apply, registry.object(address) == nil {
      var value = patch.value
      value[path: "metadata", "name"] = .string(address.name)
      let created = try registry.create(
        value,
        in: address.resource,
        namespace: address.namespace,
        dryRun: request.isDryRun
      )
      return .object(created, representation, status: 201)
    }
    let updated = try registry.update(address, part: part, dryRun: request.isDryRun) {
      (current) throws(APIFailure) -> JSONValue in
      try patch.applied(to: current.value(as: address.resource))
    }
    return .object(updated, representation)
  }
}

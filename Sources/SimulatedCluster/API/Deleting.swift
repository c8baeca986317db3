import WireFormats

/// Answers DELETE on one object and on a collection.
struct Deleting: Sendable {
  let registry: Registry

  func delete(
    _ request: APIRequest,
    _ address: ObjectAddress,
    _ representation: Representation
  ) throws(APIFailure) -> APIResponse {
    let outcome = try registry.delete(address, try RequestBody.deletion(request))
    switch outcome {
    case .terminating(let object):
      return .object(object, representation)
    case .removed(let object):
      // Pods and what may have finalizers of its own come back whole; other kinds are only confirmed.
      guard address.resource != .pods else {
        return .object(object, representation)
      }
      return .json(confirmation(of: object, address.resource))
    }
  }

  func deleteCollection(
    _ request: APIRequest,
    _ target: ResourceRequest
  ) throws(APIFailure) -> APIResponse {
    let resource = target.resource
    let selection = try Selection(request.query, resource: resource, namespace: target.namespace)
    let deletion = try RequestBody.deletion(request)
    let listing = registry.store.list(resource, in: target.namespace)
    let objects = listing.objects.filter(selection.contains)
    for object in objects {
      // Somebody else may have deleted it meanwhile, which is as good.
      _ = try? registry.delete(ObjectAddress(object), deletion)
    }
    let body = ListBody(
      objects,
      Representation(json: .whole, of: resource),
      metadata: ["resourceVersion": .string(String(listing.version))]
    )
    return APIResponse(body: .whole(body.whole()))
  }

  private func confirmation(of object: StoredObject, _ resource: ServedResource) -> JSONValue {
    var details: JSONValue = [
      "name": .string(object.name), "kind": .string(resource.plural), "uid": .string(object.uid),
    ]
    if !resource.group.isEmpty { details["group"] = .string(resource.group) }
    return [
      "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Success",
      "details": details,
    ]
  }
}

import WireFormats

/// Answers the `scale` of a workload, which stands for the number of its replicas.
struct Scaling: Sendable {
  let registry: Registry

  func answer(_ request: APIRequest, _ address: ObjectAddress) throws(APIFailure) -> APIResponse {
    switch request.method {
    case "GET":
      guard let workload = registry.object(address) else {
        throw .notFound(address.resource, address.name)
      }
      return .json(scale(of: workload))
    case "PUT":
      guard let sent = try? JSONValue(parsing: request.body) else {
        throw .badRequest("the object provided is unrecognized (must be of type Scale)")
      }
      return try write(request, address) { _ in sent }
    case "PATCH":
      guard let kind = Patch.Kind(rawValue: request.headers["content-type"] ?? "") else {
        throw .unsupportedMediaType
      }
      let patch = try Patch(kind, parsing: request.body)
      return try write(request, address) { (scale) throws(APIFailure) -> JSONValue in
        try patch.applied(to: scale)
      }
    default:
      throw .methodNotAllowed
    }
  }

  private func write(
    _ request: APIRequest,
    _ address: ObjectAddress,
    _ change: (JSONValue) throws(APIFailure) -> JSONValue
  ) throws(APIFailure) -> APIResponse {
    let updated = try registry.update(address, dryRun: request.isDryRun) {
      (workload) throws(APIFailure) -> JSONValue in
      let before = scale(of: workload)
      let scale = try change(before)
      // Another uid means another object, and an empty one any.
      if let uid = scale[path: "metadata", "uid"]?.stringValue, !uid.isEmpty,
        let found = before[path: "metadata", "uid"]?.stringValue, uid != found
      {
        throw .preconditionFailed(
          address.resource,
          address.name,
          what: "UID",
          expected: uid,
          found: found
        )
      }
      var value = workload.value
      value[path: "metadata", "resourceVersion"] = scale[path: "metadata", "resourceVersion"]
      value[path: "spec", "replicas"] = .integer(
        scale[path: "spec", "replicas"]?.integerValue ?? 0
      )
      return value
    }
    return .json(scale(of: updated))
  }

  private func scale(of workload: StoredObject) -> JSONValue {
    var metadata: JSONValue = [:]
    for member in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
      metadata[member] = workload.value[path: "metadata", member]
    }
    let labels = workload.value[path: "spec", "selector", "matchLabels"]?.objectValue ?? [:]
    let selector = labels.sorted { $0.key < $1.key }
      .map { "\($0.key)=\($0.value.stringValue ?? "")" }
      .joined(separator: ",")
    return [
      "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": metadata,
      "spec": ["replicas": workload.value[path: "spec", "replicas"] ?? 0],
      "status": [
        "replicas": workload.value[path: "status", "replicas"] ?? 0,
        "selector": .string(selector),
      ],
    ]
  }
}

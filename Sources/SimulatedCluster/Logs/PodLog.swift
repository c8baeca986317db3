/// Answers a Pod's log: a few lines that its program could have written.
enum PodLog {
  static func answer(
    _ request: APIRequest,
    _ address: ObjectAddress,
    in registry: Registry
  ) throws(APIFailure) -> APIResponse {
    guard request.method == "GET" else { throw .methodNotAllowed }
    guard let pod = registry.object(address) else {
      throw .notFound(address.resource, address.name)
    }
    let node = PodReading.node(of: pod) ?? ""
    guard registry.store.object(.nodes, at: node) != nil else {
      throw APIFailure(
        500,
        "InternalError",
        "Get \"https://\(node):10250/containerLogs/\(address.path)\": dial tcp: lookup \(node): no such host"
      )
    }
    var lines = ["starting \(pod.name)", "listening on :8080", "ready"]
    if let count = request.query.integer("tailLines") { lines = lines.suffix(max(0, count)) }
    return .text(lines.map { "\($0)\n" }.joined())
  }
}

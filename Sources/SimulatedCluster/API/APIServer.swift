import WireFormats

/// Answers requests as kube-apiserver would, without knowing how they arrive.
final class APIServer: Sendable {
  let registry: Registry
  let faults = FaultInjector()
  let log: RequestLog
  let listing: Listing
  private let catalogue: Catalogue
  private let watching: Watching
  private let token: String

  init(
    _ registry: Registry,
    token: String,
    bookmarkInterval: Duration = .seconds(60),
    logLimit: Int = 1_000
  ) {
    self.registry = registry
    self.token = token
    catalogue = Catalogue(registry: registry)
    listing = Listing(registry)
    watching = Watching(registry: registry, bookmarkInterval: bookmarkInterval)
    log = RequestLog(limit: logLimit)
  }

  func respond(to request: APIRequest) async -> APIResponse {
    log.append(request)
    let attributes = RequestAttributes(request)
    let struck = faults.faults(for: attributes)
    for case .delay(let delay) in struck {
      // A request that is cancelled while it waits is answered at once; nobody reads the answer.
      try? await Task.sleep(for: delay)
    }
    let response = APIResponse.replacement(for: struck, attributes) ?? answer(request)
    return struck.isEmpty ? response : response.damaged(by: struck)
  }

  private func answer(_ request: APIRequest) -> APIResponse {
    do throws(APIFailure) {
      guard request.headers["authorization"] == "Bearer \(token)" else { throw .unauthorized }
      return try route(request)
    } catch {
      return .failure(error)
    }
  }

  private func route(_ request: APIRequest) throws(APIFailure) -> APIResponse {
    if let answer = try Health.answer(request) { return answer }
    if let answer = Discovery(catalogue: catalogue).answer(request) {
      guard request.method == "GET" else { throw .methodNotAllowed }
      return answer
    }
    if let answer = OpenAPI(catalogue: catalogue).answer(request) { return answer }
    guard let target = ResourceRequest(request.segments, in: catalogue) else {
      return .noSuchPath
    }
    if let answer = try Reviewing(clock: registry.clock).answer(request, target.resource) {
      return answer
    }
    if let address = target.address {
      return try answer(request, address, subresource: target.subresource)
    }
    let presentation = try Presentation(accepting: request.headers["accept"])
    switch request.method {
    case "GET" where request.query.isOn("watch"):
      return try watching.answer(target, request.query, presentation)
    case "GET": return try listing.answer(target, request.query, presentation)
    case "POST": return try Writing(registry: registry).create(request, target, presentation)
    case "DELETE" where target.resource.verbs.contains("deletecollection"):
      return try Deleting(registry: registry).deleteCollection(request, target)
    default: throw .methodNotAllowed
    }
  }

  private func answer(
    _ request: APIRequest,
    _ address: ObjectAddress,
    subresource: String?
  ) throws(APIFailure) -> APIResponse {
    switch subresource {
    case nil: return try answer(request, address, part: .main)
    case "eviction" where address.resource == .pods && request.method == "POST":
      return try Evicting(registry: registry).evict(request, address)
    case "log" where address.resource == .pods:
      return try PodLog.answer(request, address, in: registry)
    case "finalize" where address.resource == .namespaces:
      return try answer(request, address, part: .main)
    case "scale" where address.resource.subresources.contains(.scale):
      return try Scaling(registry: registry).answer(request, address)
    case "status" where address.resource.hasStatus:
      return try answer(request, address, part: .status)
    default: return .noSuchPath
    }
  }

  private func answer(
    _ request: APIRequest,
    _ address: ObjectAddress,
    part: Registry.WrittenPart
  ) throws(APIFailure) -> APIResponse {
    let presentation = try Presentation(accepting: request.headers["accept"])
    let writing = Writing(registry: registry)
    switch request.method {
    case "GET":
      guard let object = registry.object(address) else {
        throw .notFound(address.resource, address.name)
      }
      let body = presentation.bytes(of: object, as: address.resource)
      return APIResponse(body: .whole(body + [UInt8(ascii: "\n")]))
    case "PUT": return try writing.replace(request, address, part, presentation)
    case "PATCH": return try writing.patch(request, address, part, presentation)
    case "DELETE" where part == .main:
      return try Deleting(registry: registry).delete(request, address, presentation)
    default: throw .methodNotAllowed
    }
  }
}

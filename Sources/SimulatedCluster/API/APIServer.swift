import WireFormats

/// Answers requests as kube-apiserver would, without knowing how they arrive.
final class APIServer: Sendable {
  let registry: Registry
  let netBox: SimulatedNetBox
  let faults = FaultInjector()
  let log: RequestLog
  let listing: Listing
  private let catalogue: Catalogue
  private let watching: Watching
  let access: Access
  private let servesAggregatedDiscovery: Bool
  private let kubelets: Kubelets
  private let auditIDs = Identities(seed: .random(in: .min ... .max))

  init(
    _ registry: Registry,
    token: String,
    bookmarks: BookmarkTiming = BookmarkTiming(),
    servesAggregatedDiscovery: Bool = true,
    kubelets: Kubelets = Kubelets(outages: nil),
    logLimit: Int = 1_000
  ) {
    self.servesAggregatedDiscovery = servesAggregatedDiscovery
    self.kubelets = kubelets
    self.registry = registry
    netBox = SimulatedNetBox(token: token)
    access = Access(clock: registry.clock, administratorToken: token)
    catalogue = Catalogue(registry: registry)
    listing = Listing(registry)
    watching = Watching(registry: registry, bookmarks: bookmarks)
    log = RequestLog(limit: logLimit)
  }

  func respond(to request: APIRequest) async -> APIResponse {
    let number = log.append(request)
    let attributes = RequestAttributes(request)
    let struck = faults.faults(for: attributes)
    for case .delay(let delay) in struck {
      // A request that is cancelled while it waits is answered at once; nobody reads the answer.
      try? await Task.sleep(for: delay)
    }
    var response =
      APIResponse.replacement(for: struck, attributes) ?? answer(request, attributes)
    response.headers.append(("Audit-Id", auditIDs.uid()))
    response.encodeFailure(for: request)
    // A source that cannot be read fails again when it is sent.
    response = (try? await GzipBody.compressing(response, to: request)) ?? response
    if !struck.isEmpty { response = response.damaged(by: struck) }
    log.note(response, of: number, struckBy: struck)
    return response
  }

  private func answer(_ request: APIRequest, _ attributes: RequestAttributes) -> APIResponse {
    if let answer = netBox.answer(request) { return answer }
    if request.path == ExecPlugin.path, let issued = access.issueToken(forPluginOf: request) {
      return .json(ExecPlugin.credential(issued.token, until: issued.expiry, for: request))
    }
    var response: APIResponse
    do throws(APIFailure) {
      let sender = try access.user(of: request)
      guard let user = impersonated(by: sender, request) else {
        var attributes = attributes
        attributes.verb = "impersonate-on:user-info:\(attributes.verb)"
        return .denied(sender, attributes)
      }
      guard user.may(attributes) else { return .denied(user, attributes).queued(attributes) }
      response = try route(request, by: user)
    } catch {
      response = .failure(error)
      if error == .unauthorized { return response }
    }
    return response.queued(attributes)
  }

  /// The user as whom a request is made: its sender, or somebody else if the sender may be anybody.
  private func impersonated(by sender: User, _ request: APIRequest) -> User? {
    guard let name = request.headers["impersonate-user"] else { return sender }
    let impersonation = RequestAttributes(
      verb: "impersonate",
      path: "",
      group: "",
      resource: "users",
      subresource: nil,
      namespace: nil,
      name: name
    )
    guard sender.may(impersonation) else { return nil }
    let groups = request.headers["impersonate-group"].map { [$0] } ?? []
    return access.user(named: name, groups: groups)
  }

  private func route(_ request: APIRequest, by user: User) throws(APIFailure) -> APIResponse {
    if let answer = try Health.answer(request) { return answer }
    if let answer = Metrics(registry: registry).answer(request) { return answer }
    let foreignGroups = ForeignGroups(registry)
    if let answer = foreignGroups.answer(request) { return answer }
    let discovery = Discovery(
      catalogue: catalogue,
      foreignGroups: foreignGroups,
      isAggregating: servesAggregatedDiscovery
    )
    if let answer = discovery.answer(request) {
      guard request.method == "GET" else { throw .methodNotAllowed }
      return answer
    }
    if let answer = OpenAPI(catalogue: catalogue).answer(request) { return answer }
    guard let target = ResourceRequest(request.segments, in: catalogue) else {
      return .noSuchPath
    }
    let reviewing = Reviewing(clock: registry.clock, access: access)
    if let answer = try reviewing.answer(request, target.resource, by: user) { return answer }
    if let address = target.address {
      return try answer(request, address, of: target.resource, subresource: target.subresource)
    }
    let representation = try Representation(for: request, of: target.resource)
    switch request.method {
    case "GET" where request.query.isOn("watch"):
      try ListOptions(request.query).checkWatch()
      return try watching.answer(target, request.query, representation).warned(of: target.resource)
    case "GET":
      try ListOptions(request.query).checkList()
      return try listing.answer(target, request.query, representation).warned(of: target.resource)
    case "POST": return try Writing(registry: registry).create(request, target, representation)
    case "DELETE" where target.resource.verbs.contains("deletecollection"):
      return try Deleting(registry: registry).deleteCollection(request, target)
    default: throw .methodNotAllowed
    }
  }

  private func answer(
    _ request: APIRequest,
    _ address: ObjectAddress,
    of resource: ServedResource,
    subresource: String?
  ) throws(APIFailure) -> APIResponse {
    switch subresource {
    case nil: return try answer(request, address, of: resource, part: .main)
    case "eviction" where address.resource == .pods && request.method == "POST":
      return try Evicting(registry: registry).evict(request, address)
    case "log" where address.resource == .pods:
      return try PodLog(registry: registry, kubelets: kubelets).answer(request, address)
    case "finalize" where address.resource == .namespaces:
      return try answer(request, address, of: resource, part: .main)
    case "scale" where address.resource.subresources.contains(.scale):
      return try Scaling(registry: registry).answer(request, address)
    case "token" where address.resource == .serviceAccounts:
      return try TokenIssuing(registry: registry, access: access).answer(request, address)
    case "approval" where address.resource.subresources.contains(.approval),
      "status" where address.resource.hasStatus:
      return try answer(request, address, of: resource, part: .status)
    default: return .noSuchPath
    }
  }

  private func answer(
    _ request: APIRequest,
    _ address: ObjectAddress,
    of resource: ServedResource,
    part: Registry.WrittenPart
  ) throws(APIFailure) -> APIResponse {
    let representation = try Representation(for: request, of: resource)
    let writing = Writing(registry: registry)
    switch request.method {
    case "GET":
      guard let object = registry.object(address) else {
        throw .notFound(address.resource, address.name)
      }
      return APIResponse.object(object, representation).warned(of: address.resource)
    case "PUT": return try writing.replace(request, address, part, representation)
    case "PATCH": return try writing.patch(request, address, part, representation)
    case "DELETE" where part == .main:
      return try Deleting(registry: registry).delete(request, address, representation)
    default: throw .methodNotAllowed
    }
  }
}

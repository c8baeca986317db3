/// What a request does to what: the facts that access rules and faults go by.
///
/// Read from the path alone, as a real server does before it knows whether such a resource is served.
struct RequestAttributes: Sendable, Equatable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`; other paths: the method.
  var verb: String
  let path: String
  var group = ""
  /// `nil`: the path is not below a version of the API.
  var resource: String?
  var subresource: String?
  var namespace: String?
  var name: String?
  /// Where a list that was begun in pages goes on.
  var continueToken: String?

  init(_ request: APIRequest) {
    path = request.path
    verb = request.method.lowercased()
    var rest = request.segments[...]
    let root = rest.popFirst()
    switch root {
    case "api" where !rest.isEmpty: rest.removeFirst()
    case "apis" where rest.count >= 2:
      group = rest.removeFirst()
      rest.removeFirst()
    default: return
    }
    if rest.first == "namespaces", rest.count >= 2 {
      namespace = rest[rest.startIndex + 1]
      // The parts of a namespace itself; anything else at that place is a resource within it.
      let isPart =
        rest.count == 3 && ["status", "finalize"].contains(rest[rest.startIndex + 2])
      if rest.count > 2, !isPart { rest = rest.dropFirst(2) }
    }
    guard let plural = rest.popFirst() else { return }
    resource = plural
    name = rest.popFirst()
    subresource = rest.popFirst()
    verb = Self.verb(request, isNamed: name != nil)
    if let token = request.query["continue"], !token.isEmpty { continueToken = token }
    if name == nil, ["list", "watch"].contains(verb) { name = Self.selectedName(request.query) }
  }

  /// `pods`, `deployments.apps`.
  var qualifiedResource: String? {
    resource.map { group.isEmpty ? $0 : "\($0).\(group)" }
  }

  /// Whether it lasts as long as its client likes, and so waits in no queue; watches do until they have begun.
  var takesItsTime: Bool {
    ["attach", "exec", "log", "portforward", "proxy"].contains(subresource)
  }

  /// A request that nobody made, but asks about.
  init(
    verb: String,
    path: String,
    group: String,
    resource: String?,
    subresource: String?,
    namespace: String?,
    name: String?
  ) {
    self.verb = verb
    self.path = path
    self.group = group
    self.resource = resource
    self.subresource = subresource
    self.namespace = namespace
    self.name = name
  }

  private static func verb(_ request: APIRequest, isNamed: Bool) -> String {
    switch request.method {
    case "POST": "create"
    case "PUT": "update"
    case "PATCH": "patch"
    case "DELETE": isNamed ? "delete" : "deletecollection"
    case "GET", "HEAD":
      request.query.isOn("watch") ? "watch" : isNamed ? "get" : "list"
    default: request.method.lowercased()
    }
  }

  /// A list of the one object of that name is a request for that object.
  private static func selectedName(_ query: Query) -> String? {
    guard let selector = query["fieldSelector"], !selector.contains(","),
      let range = selector.firstRange(of: "metadata.name="), range.lowerBound == selector.startIndex
    else { return nil }
    return String(selector[range.upperBound...].drop { $0 == "=" })
  }
}

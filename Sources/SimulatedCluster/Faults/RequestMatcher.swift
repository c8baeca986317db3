/// Which requests a fault strikes; what is not said does not matter.
package struct RequestMatcher: Sendable, Equatable {
  /// `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`.
  package var verbs: Set<String>?
  /// `pods`, `deployments.apps`.
  package var resource: String?
  /// How the path begins.
  package var path: String?
  package var isWatch: Bool?
  /// Only lists that go on from a page before.
  package var continuesList: Bool?

  package init(
    verbs: Set<String>? = nil,
    resource: String? = nil,
    path: String? = nil,
    isWatch: Bool? = nil,
    continuesList: Bool? = nil
  ) {
    self.verbs = verbs
    self.resource = resource
    self.path = path
    self.isWatch = isWatch
    self.continuesList = continuesList
  }

  package static let any = RequestMatcher()

  package static func lists(of resource: String? = nil) -> RequestMatcher {
    RequestMatcher(verbs: ["list"], resource: resource)
  }

  package static func watches(of resource: String? = nil) -> RequestMatcher {
    RequestMatcher(resource: resource, isWatch: true)
  }

  func matches(_ request: RequestAttributes) -> Bool {
    if let verbs, !verbs.contains(request.verb) { return false }
    if let resource, resource != request.qualifiedResource { return false }
    if let path, !request.path.hasPrefix(path) { return false }
    if let isWatch, isWatch != (request.verb == "watch") { return false }
    if let continuesList, continuesList != (request.continueToken != nil) { return false }
    return true
  }
}

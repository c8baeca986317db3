/// What a role allows, and where: one rule of RBAC together with its binding.
package struct AccessRule: Sendable, Equatable {
  package var verbs: [String]
  package var apiGroups: [String]
  /// `pods`, `pods/log`, `*/scale`, `*`.
  package var resources: [String]
  /// Empty: all.
  package var resourceNames: [String]
  package var nonResourceURLs: [String]
  /// `nil`: bound for the whole cluster.
  package var namespaces: Set<String>?

  package init(
    verbs: [String],
    apiGroups: [String] = [""],
    resources: [String],
    resourceNames: [String] = [],
    namespaces: Set<String>? = nil
  ) {
    self.verbs = verbs
    self.apiGroups = apiGroups
    self.resources = resources
    self.resourceNames = resourceNames
    nonResourceURLs = []
    self.namespaces = namespaces
  }

  package init(verbs: [String], nonResourceURLs: [String]) {
    self.init(verbs: verbs, apiGroups: [], resources: [])
    self.nonResourceURLs = nonResourceURLs
  }

  func allows(_ request: RequestAttributes) -> Bool {
    guard Self.matches(verbs, request.verb) else { return false }
    guard let resource = request.resource else {
      return nonResourceURLs.contains { url in
        url == "*" || url == request.path
          || (url.hasSuffix("*") && request.path.hasPrefix(url.dropLast()))
      }
    }
    if let namespaces, !namespaces.contains(request.namespace ?? "") { return false }
    guard resourceNames.isEmpty || resourceNames.contains(request.name ?? "") else { return false }
    return Self.matches(apiGroups, request.group) && matchesResource(resource, request.subresource)
  }

  private func matchesResource(_ resource: String, _ subresource: String?) -> Bool {
    guard let subresource else { return Self.matches(resources, resource) }
    return Self.matches(resources, "\(resource)/\(subresource)")
      || resources.contains("*/\(subresource)")
  }

  private static func matches(_ allowed: [String], _ asked: String) -> Bool {
    allowed.contains { $0 == "*" || $0 == asked }
  }
}

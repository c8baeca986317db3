/// What a role has to allow so that a request is answered, as rules of RBAC say it.
package struct RequestPermission: Hashable, Sendable, CustomStringConvertible {
  package let verb: String
  /// `pods`, `deployments.apps`, `pods/eviction`; of what is no resource its path.
  package let target: String
  /// `nil` where it is asked for in all namespaces, or for what is in none.
  package let namespace: String?

  init(_ attributes: RequestAttributes) {
    verb = attributes.verb
    namespace = attributes.namespace
    guard let resource = attributes.resource else {
      target = attributes.path
      return
    }
    let part = attributes.subresource.map { "/\($0)" } ?? ""
    target = resource + part + (attributes.group.isEmpty ? "" : ".\(attributes.group)")
  }

  /// `list pods`, `get /version`.
  package var description: String { "\(verb) \(target)" }
}

/// What a path below `/api` or `/apis` is about.
struct ResourceRequest: Sendable {
  let resource: ServedResource
  let namespace: String?
  let name: String?
  let subresource: String?

  /// Reads `/api/v1/namespaces/shop/pods/cart-1/eviction`; `nil` if no such resource is served.
  init?(_ segments: [String], in catalogue: Catalogue) {
    var rest = segments[...]
    guard let root = rest.popFirst(), let first = rest.popFirst() else { return nil }
    var apiVersion = first
    switch root {
    case "api": break
    case "apis":
      guard let version = rest.popFirst() else { return nil }
      apiVersion += "/\(version)"
    default: return nil
    }
    var namespace: String?
    let names = Array(rest)
    if names.first == "namespaces", names.count >= 3,
      !(apiVersion == "v1" && ["status", "finalize"].contains(names[2]))
    {
      namespace = names[1]
      rest = rest.dropFirst(2)
    }
    guard let plural = rest.popFirst(), rest.count <= 2,
      let resource = catalogue.resource(apiVersion: apiVersion, plural: plural)
    else { return nil }
    guard namespace == nil || resource.isNamespaced else { return nil }
    self.resource = resource
    self.namespace = namespace
    name = rest.popFirst()
    subresource = rest.popFirst()
  }

  /// The object that is meant, where one is named.
  var address: ObjectAddress? {
    name.map { ObjectAddress(resource, namespace: namespace ?? "", name: $0) }
  }
}

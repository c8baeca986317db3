/// Which objects of a resource a list or watch is about.
struct Selection: Sendable {
  let namespace: String?
  let labels: LabelSelector
  let fields: FieldSelector

  init(_ query: Query, resource: ServedResource, namespace: String?) throws(APIFailure) {
    self.namespace = namespace
    labels = try LabelSelector(parsing: query["labelSelector"] ?? "")
    fields = try FieldSelector(parsing: query["fieldSelector"] ?? "", for: resource)
  }

  /// Whether everything in the namespace is meant.
  var isEverything: Bool { labels.requirements.isEmpty && fields.requirements.isEmpty }

  func contains(_ object: StoredObject) -> Bool {
    if let namespace, object.namespace != namespace { return false }
    guard !isEverything else { return true }
    return labels.matches(object.labels) && fields.matches(object)
  }
}

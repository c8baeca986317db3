package import KubernetesObjects
package import WireFormats

extension KubernetesClient {
  /// So many objects are asked for at once.
  private static let metadataPage = 500
  private static let metadataOnly =
    "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"

  /// The metadata of all objects of a resource that have these labels, as JSON.
  package func metadata(
    of resource: APIResource,
    labels: [String: String]
  ) async throws(KubernetesError) -> [JSONValue] {
    let selector = labels.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
    var items: [JSONValue] = []
    var continueToken = ""
    repeat {
      var query = Query()
      query.add("labelSelector", selector.joined(separator: ","))
      query.add("limit", "\(Self.metadataPage)")
      if !continueToken.isEmpty { query.add("continue", continueToken) }
      let page = try await value(
        at: resource.path(namespace: nil) + query.text,
        accept: Self.metadataOnly
      )
      items += (page["items"]?.arrayValue ?? []).compactMap { $0["metadata"] }
      continueToken = page[path: "metadata", "continue"]?.stringValue ?? ""
    } while !continueToken.isEmpty
    return items
  }

  /// An object as a list has it, which asks for no right that a list does not; `nil` where it is not there.
  package func listed(
    _ key: ObjectKey,
    of resource: APIResource
  ) async throws(KubernetesError) -> JSONValue? {
    var query = Query()
    query.add("fieldSelector", "metadata.name=\(key.name)")
    let path = resource.path(namespace: key.namespace.isEmpty ? nil : key.namespace)
    return try await value(at: path + query.text)["items"]?.arrayValue?.first
  }
}

package import KubernetesObjects
import WireFormats

extension KubernetesClient {
  /// A server that makes no tables may answer with the objects.
  private static let asTable =
    "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"

  /// Gets a page of a resource's objects as `kubectl get` prints them; `nil` where the server makes no
  /// tables of them.
  ///
  /// A limit of 0 asks for all at once.
  package func table(
    of resource: APIResource,
    in namespace: String?,
    labelSelector: String,
    fieldSelector: String,
    limit: Int,
    continueToken: String?
  ) async throws(KubernetesError) -> ResourceTable? {
    var query = Query()
    if limit > 0 { query.add("limit", String(limit)) }
    if let continueToken { query.add("continue", continueToken) }
    if !labelSelector.isEmpty { query.add("labelSelector", labelSelector) }
    if !fieldSelector.isEmpty { query.add("fieldSelector", fieldSelector) }
    let path = resource.path(namespace: namespace) + query.text
    return ResourceTable(try await value(at: path, accept: Self.asTable))
  }

  /// Gets one object as `kubectl get` prints it.
  package func table(
    of key: ObjectKey,
    _ resource: APIResource
  ) async throws(KubernetesError) -> ResourceTable? {
    let path = resource.path(namespace: key.namespace, name: key.name)
    return ResourceTable(try await value(at: path, accept: Self.asTable))
  }
}

import HTTP
package import KubernetesObjects
package import WireFormats

/// A request that changes something, as it is sent but for the server and who asks.
///
/// Whoever shows, writes down or asks leave for a change has what is sent, and not a copy of it.
package struct ChangeRequest: Sendable, Equatable {
  /// What is changed; of a creation, what is made.
  package let target: ObjectKey
  package let resource: APIResource
  package let subresource: String
  let method: HTTPMethod
  package let contentType: String
  package private(set) var body: JSONValue
  /// Whether the server checks it and changes nothing.
  package private(set) var isDryRun = false
  private let basePath: String
  /// Who manages the fields that it sets; `nil` where it sets none.
  private let fieldManager: String?
  /// Whether it takes fields from whoever manages them.
  private let isForced: Bool

  private init(
    _ method: HTTPMethod,
    _ target: ObjectKey,
    of resource: APIResource,
    subresource: String = "",
    path: String,
    contentType: String = MediaType.json,
    body: JSONValue,
    fieldManager: String?,
    isForced: Bool = false
  ) {
    self.method = method
    self.target = target
    self.resource = resource
    self.subresource = subresource
    self.contentType = contentType
    self.body = body
    basePath = path
    self.fieldManager = fieldManager
    self.isForced = isForced
  }

  /// The path and the query.
  package var path: String {
    var query = Query()
    if isDryRun { query.add("dryRun", "All") }
    if let fieldManager { query.add("fieldManager", fieldManager) }
    if isForced { query.add("force", "true") }
    return basePath + query.text
  }

  /// The method's name: `PATCH`.
  package var methodName: String { method.rawValue }

  /// The same request, that the server only checks.
  package var asDryRun: ChangeRequest {
    var request = self
    request.isDryRun = true
    // An eviction's options are told in its body as well.
    if subresource == Eviction.subresource {
      request.body[path: "deleteOptions", "dryRun"] = ["All"]
    }
    return request
  }
}

extension ChangeRequest {
  /// Who manages the fields that heals set.
  private static let fieldManager = "kpatrol"

  /// Deletes an object.
  package static func delete(
    _ key: ObjectKey,
    of resource: APIResource,
    _ options: DeleteOptions
  ) -> ChangeRequest {
    ChangeRequest(
      .delete,
      key,
      of: resource,
      path: resource.path(namespace: key.namespace, name: key.name),
      body: options.body,
      fieldManager: nil
    )
  }

  /// Evicts a Pod; ``KubernetesError/throttled(retryAfter:message:)`` is the answer where a disruption
  /// budget does not let it go.
  package static func evict(
    _ pod: ObjectKey,
    of resource: APIResource,
    uid: String
  ) -> ChangeRequest {
    ChangeRequest(
      .post,
      pod,
      of: resource,
      subresource: Eviction.subresource,
      path: resource.path(
        namespace: pod.namespace,
        name: pod.name,
        subresource: Eviction.subresource
      ),
      body: Eviction.body(of: pod, uid: uid),
      fieldManager: nil
    )
  }

  /// Patches an object, or one of its subresources.
  package static func patch(
    _ key: ObjectKey,
    of resource: APIResource,
    subresource: String = "",
    _ patch: Patch
  ) -> ChangeRequest {
    ChangeRequest(
      .patch,
      key,
      of: resource,
      subresource: subresource,
      path: resource.path(
        namespace: key.namespace,
        name: key.name,
        subresource: subresource.isEmpty ? nil : subresource
      ),
      contentType: patch.contentType,
      body: patch.body,
      fieldManager: fieldManager
    )
  }

  /// Creates an object.
  package static func create(
    _ object: JSONValue,
    of resource: APIResource,
    as key: ObjectKey
  ) -> ChangeRequest {
    ChangeRequest(
      .post,
      key,
      of: resource,
      path: resource.path(namespace: key.namespace.isEmpty ? nil : key.namespace),
      body: object,
      fieldManager: fieldManager
    )
  }

  /// Makes an object, or changes it, so that it has what `object` says (server-side apply, KEP-555); fields that this
  /// manager applied before and that are not there any more are removed.
  package static func apply(
    _ object: JSONValue,
    of resource: APIResource,
    as key: ObjectKey,
    fieldManager: String
  ) -> ChangeRequest {
    ChangeRequest(
      .patch,
      key,
      of: resource,
      path: resource.path(namespace: key.namespace, name: key.name),
      // JSON is YAML.
      contentType: "application/apply-patch+yaml",
      body: object,
      fieldManager: fieldManager,
      isForced: true
    )
  }

  /// Puts an object in the place of the one that has the version that it says (optimistic concurrency).
  package static func replace(
    _ object: JSONValue,
    of resource: APIResource,
    as key: ObjectKey
  ) -> ChangeRequest {
    ChangeRequest(
      .put,
      key,
      of: resource,
      path: resource.path(
        namespace: key.namespace.isEmpty ? nil : key.namespace,
        name: key.name
      ),
      body: object,
      fieldManager: fieldManager
    )
  }
}

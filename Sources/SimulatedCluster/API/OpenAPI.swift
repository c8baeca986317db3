import WireFormats

/// Answers as much of `/openapi/v3` as kubectl asks for: that the server itself checks fields, and what there is
/// to explain.
struct OpenAPI: Sendable {
  let catalogue: Catalogue

  /// `nil`: the path is not below `/openapi/v3`.
  func answer(_ request: APIRequest) -> APIResponse? {
    let segments = request.segments
    guard segments.count >= 2, segments[0] == "openapi", segments[1] == "v3" else { return nil }
    if segments.count == 2 { return .json(index) }
    let root = segments.dropFirst(2).joined(separator: "/")
    let resources = catalogue.all.filter { self.root(of: $0) == root }
    return resources.isEmpty ? nil : .json(document(of: resources))
  }

  private func root(of resource: ServedResource) -> String {
    resource.group.isEmpty ? "api/\(resource.version)" : "apis/\(resource.apiVersion)"
  }

  private var index: JSONValue {
    var paths: JSONValue = [:]
    for root in Set(catalogue.all.map(root)) {
      paths[root] = ["serverRelativeURL": .string("/openapi/v3/\(root)")]
    }
    return ["paths": paths]
  }

  private func document(of resources: [ServedResource]) -> JSONValue {
    var paths: JSONValue = [:]
    for resource in resources {
      let scope = resource.isNamespaced ? "/namespaces/{namespace}" : ""
      let path = "/\(root(of: resource))\(scope)/\(resource.plural)/{name}"
      paths[path] = [
        "get": operation("get", on: resource), "patch": operation("patch", on: resource),
      ]
    }
    return [
      "openapi": "3.0.0", "info": ["title": "Kubernetes", "version": "v1.36.2"], "paths": paths,
      "components": [
        "schemas": OpenAPISchemas(registry: catalogue.registry).components(of: resources)
      ],
    ]
  }

  private func operation(_ action: String, on resource: ServedResource) -> JSONValue {
    [
      "parameters": [
        ["name": "dryRun", "in": "query", "schema": ["type": "string"]],
        ["name": "fieldValidation", "in": "query", "schema": ["type": "string"]],
      ],
      "x-kubernetes-action": .string(action),
      "x-kubernetes-group-version-kind": OpenAPISchemas.identity(of: resource),
    ]
  }
}

import Crypto
import Foundation
import WireFormats

/// Answers what the API consists of: the aggregated lists and the older ones, group by group.
struct Discovery: Sendable {
  let catalogue: Catalogue
  let foreignGroups: ForeignGroups
  /// Whether the aggregated lists are known, as from Kubernetes 1.26 on.
  var isAggregating = true

  private static let aggregatedType =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"

  /// `nil`: the path is not one of discovery's.
  func answer(_ request: APIRequest) -> APIResponse? {
    let segments = request.segments
    let wantsAggregated = request.headers["accept"]?.contains("as=APIGroupDiscoveryList") ?? false
    let isAggregated = isAggregating && wantsAggregated
    switch (segments.first, segments.count) {
    case ("api", 1):
      return isAggregated ? aggregated(request, core: true) : .json(versions(request))
    case ("apis", 1):
      return isAggregated ? aggregated(request, core: false) : .json(groupList)
    case ("api", 2):
      return resourceList(segments[1])
    case ("apis", 2):
      return groups.first { $0.name == segments[1] }.map { group in
        var value = json(of: group)
        value["kind"] = "APIGroup"
        value["apiVersion"] = "v1"
        return .json(value)
      }
    case ("apis", 3):
      return resourceList("\(segments[1])/\(segments[2])")
    default:
      return nil
    }
  }

  private struct Group {
    let name: String
    var versions: [(version: String, resources: [ServedResource], isCurrent: Bool)]
  }

  /// All groups in their order, each with its versions, the preferred first.
  private var groups: [Group] {
    var groups: [Group] = []
    let metrics = Metrics(registry: catalogue.registry).isServed ? Metrics.resources : []
    for resource in catalogue.all + metrics {
      let index = groups.firstIndex { $0.name == resource.group } ?? groups.count
      if index == groups.count { groups.append(Group(name: resource.group, versions: [])) }
      if let version = groups[index].versions.firstIndex(where: { $0.version == resource.version })
      {
        groups[index].versions[version].resources.append(resource)
      } else {
        groups[index].versions.append((resource.version, [resource], true))
      }
    }
    let own = Set(groups.map(\.name))
    for foreign in foreignGroups.versions where !own.contains(foreign.group) {
      groups.append(
        Group(name: foreign.group, versions: [(foreign.version, [], foreign.isAvailable)])
      )
    }
    return groups
  }

  // MARK: Aggregated

  private func aggregated(_ request: APIRequest, core: Bool) -> APIResponse {
    let items = groups.filter { $0.name.isEmpty == core }.map { group -> JSONValue in
      [
        "metadata": group.name.isEmpty ? [:] : ["name": .string(group.name)],
        "versions": .array(
          group.versions.map { version in
            var value: JSONValue = [
              "version": .string(version.version),
              "freshness": version.isCurrent ? "Current" : "Stale",
            ]
            if !version.resources.isEmpty {
              value["resources"] = .array(version.resources.map(aggregated))
            }
            return value
          }
        ),
      ]
    }
    let list: JSONValue = [
      "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:],
      "items": .array(items),
    ]
    let body = list.encoded()
    let tag = "\"\(SHA512.hash(data: body).map { String(format: "%02X", $0) }.joined())\""
    let isKnown = request.headers["if-none-match"] == tag
    var response = APIResponse(
      status: isKnown ? 304 : 200,
      contentType: Self.aggregatedType,
      headers: [("Vary", "Accept"), ("Etag", tag)],
      body: .whole(isKnown ? [] : body)
    )
    response.headers[0] = ("Cache-Control", "public")
    return response
  }

  private func aggregated(_ resource: ServedResource) -> JSONValue {
    var value: JSONValue = [
      "resource": .string(resource.plural), "responseKind": responseKind(of: resource),
      "scope": resource.isNamespaced ? "Namespaced" : "Cluster",
      "singularResource": .string(resource.singular), "verbs": texts(resource.verbs),
    ]
    if !resource.shortNames.isEmpty { value["shortNames"] = texts(resource.shortNames) }
    if !resource.categories.isEmpty { value["categories"] = texts(resource.categories) }
    if !resource.subresources.isEmpty {
      value["subresources"] = .array(
        resource.subresources.map { subresource in
          var kind = responseKind(of: resource)
          if let own = subresource.kind {
            kind = [
              "group": .string(subresource.group), "version": .string(subresource.version),
              "kind": .string(own),
            ]
          }
          return [
            "subresource": .string(subresource.name), "responseKind": kind,
            "verbs": texts(subresource.verbs),
          ]
        }
      )
    }
    return value
  }

  /// Built-in kinds leave group and version empty: they are those of the list.
  private func responseKind(of resource: ServedResource) -> JSONValue {
    [
      "group": .string(resource.isCustom ? resource.group : ""),
      "version": .string(resource.isCustom ? resource.version : ""),
      "kind": .string(resource.kind),
    ]
  }

  // MARK: Group by group

  private func versions(_ request: APIRequest) -> JSONValue {
    [
      "kind": "APIVersions", "versions": ["v1"],
      "serverAddressByClientCIDRs": [
        [
          "clientCIDR": "0.0.0.0/0",
          "serverAddress": .string(request.headers["host"] ?? "127.0.0.1"),
        ]
      ],
    ]
  }

  private var groupList: JSONValue {
    [
      "kind": "APIGroupList", "apiVersion": "v1",
      "groups": .array(groups.filter { !$0.name.isEmpty }.map(json)),
    ]
  }

  private func json(of group: Group) -> JSONValue {
    let versions = group.versions.map { version -> JSONValue in
      [
        "groupVersion": .string("\(group.name)/\(version.version)"),
        "version": .string(version.version),
      ]
    }
    return [
      "name": .string(group.name), "versions": .array(versions),
      "preferredVersion": versions.first ?? [:],
    ]
  }

  private func resourceList(_ apiVersion: String) -> APIResponse? {
    let resources = catalogue.all.filter { $0.apiVersion == apiVersion }
    guard !resources.isEmpty else { return nil }
    var list: JSONValue = [
      "kind": "APIResourceList", "groupVersion": .string(apiVersion),
      "resources": .array(resources.flatMap(entries)),
    ]
    // The oldest list is from before lists had a version.
    if apiVersion != "v1" { list["apiVersion"] = "v1" }
    return .json(list)
  }

  private func entries(of resource: ServedResource) -> [JSONValue] {
    var own: JSONValue = [
      "name": .string(resource.plural), "singularName": .string(resource.singular),
      "namespaced": .boolean(resource.isNamespaced), "kind": .string(resource.kind),
      "verbs": texts(resource.verbs),
    ]
    if !resource.shortNames.isEmpty { own["shortNames"] = texts(resource.shortNames) }
    if !resource.categories.isEmpty { own["categories"] = texts(resource.categories) }
    own["storageVersionHash"] = resource.storageVersionHash.map { .string($0) }
    return [own]
      + resource.subresources.map { subresource in
        var value: JSONValue = [
          "name": .string("\(resource.plural)/\(subresource.name)"), "singularName": "",
          "namespaced": .boolean(resource.isNamespaced),
          "kind": .string(subresource.kind ?? resource.kind), "verbs": texts(subresource.verbs),
        ]
        if !subresource.group.isEmpty {
          value["group"] = .string(subresource.group)
          value["version"] = .string(subresource.version)
        }
        return value
      }
  }

  private func texts(_ strings: [String]) -> JSONValue {
    .array(strings.map { .string($0) })
  }
}

extension ServedResource {
  /// Tells in which form its objects are stored, as a real server writes it; `nil`: there are none.
  fileprivate var storageVersionHash: String? {
    guard verbs.contains("list") else { return nil }
    let stored = isCustom ? self : BuiltInResources.byQualifiedPlural[storageKey] ?? self
    let form = "\(stored.group)/\(stored.version)/\(stored.kind)"
    return Data(SHA256.hash(data: Array(form.utf8)).prefix(8)).base64EncodedString()
  }
}

package import KubernetesObjects
import WireFormats

/// What an API server serves.
package struct Discovery: Sendable, Equatable {
  /// A version of a group whose own server does not answer.
  package struct BrokenGroup: Sendable, Equatable {
    package let group: String
    package let version: String
    package let reason: String

    /// `metrics.k8s.io/v1beta1`.
    package var groupVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    package init(group: String, version: String, reason: String) {
      self.group = group
      self.version = version
      self.reason = reason
    }
  }

  /// One entry a kind, in its preferred version.
  package var resources: [APIResource] = []
  package var brokenGroups: [BrokenGroup] = []
  /// Whether nothing else is served; files of a cluster do not tell.
  package var isExhaustive = true

  package init(resources: [APIResource] = []) { self.resources = resources }

  /// Whether a version of `group` is not answered for, so that its kinds may be missing here.
  package func isBroken(_ group: String) -> Bool {
    brokenGroups.contains { $0.group == group }
  }

  /// Whether what Nodes and Pods use is told; `nil` where that is not known.
  package var hasMetrics: Bool? {
    let group = "metrics.k8s.io"
    if isBroken(group) { return false }
    if resources.contains(where: { $0.kind.group == group }) { return true }
    return isExhaustive ? false : nil
  }

  /// Adds a resource, unless a version that the server prefers has brought its kind.
  fileprivate mutating func add(_ resource: APIResource) {
    guard !resources.contains(where: { $0.kind == resource.kind }) else { return }
    resources.append(resource)
  }
}

extension KubernetesClient {
  private static let aggregated =
    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json"

  /// Asks what the server serves: aggregated where it can (KEP-3352), group by group elsewhere.
  package func discover() async throws(KubernetesError) -> Discovery {
    var discovery = Discovery()
    for path in ["/api", "/apis"] {
      let answer = try await value(at: path, accept: Self.aggregated)
      if answer["kind"]?.stringValue == "APIGroupDiscoveryList" {
        discovery.addAggregated(answer)
      } else if path == "/api" {
        try await addLegacy("", ["v1"], to: &discovery)
      } else {
        for group in answer["groups"]?.arrayValue ?? [] {
          let versions = group.preferredVersions
          try await addLegacy(group["name"]?.stringValue ?? "", versions, to: &discovery)
        }
      }
    }
    return discovery
  }

  /// Adds a group's versions, the preferred first; a version that does not answer breaks it.
  private func addLegacy(
    _ group: String,
    _ versions: [String],
    to discovery: inout Discovery
  ) async throws(KubernetesError) {
    for version in versions {
      let path = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
      do {
        discovery.addLegacy(try await value(at: path), group: group, version: version)
      } catch {
        // Who is not let in, or gave up, is not let in by any other group.
        guard error.isAboutOneRequest else { throw error }
        discovery.brokenGroups.append(
          .init(group: group, version: version, reason: error.description)
        )
      }
    }
  }
}

extension Discovery {
  /// Reads `apidiscovery.k8s.io/v2`; versions come in the server's order of preference.
  fileprivate mutating func addAggregated(_ list: JSONValue) {
    for item in list["items"]?.arrayValue ?? [] {
      let group = item[path: "metadata", "name"]?.stringValue ?? ""
      for version in item["versions"]?.arrayValue ?? [] {
        let name = version["version"]?.stringValue ?? ""
        if version["freshness"]?.stringValue == "Stale" {
          brokenGroups.append(
            BrokenGroup(group: group, version: name, reason: "its server does not answer")
          )
        }
        for resource in version["resources"]?.arrayValue ?? [] {
          guard let kind = resource[path: "responseKind", "kind"]?.stringValue,
            let plural = resource["resource"]?.stringValue
          else { continue }
          add(
            APIResource(
              kind: ObjectKind(kind, group: group),
              version: name,
              plural: plural,
              singular: resource["singularResource"]?.stringValue ?? "",
              isNamespaced: resource["scope"]?.stringValue == "Namespaced",
              verbs: resource.strings("verbs"),
              shortNames: resource.strings("shortNames")
            )
          )
        }
      }
    }
  }

  /// Reads an `APIResourceList`; names with a slash are subresources.
  fileprivate mutating func addLegacy(_ list: JSONValue, group: String, version: String) {
    for resource in list["resources"]?.arrayValue ?? [] {
      guard let kind = resource["kind"]?.stringValue, let plural = resource["name"]?.stringValue,
        !plural.contains("/")
      else { continue }
      add(
        APIResource(
          kind: ObjectKind(kind, group: group),
          version: version,
          plural: plural,
          singular: resource["singularName"]?.stringValue ?? "",
          isNamespaced: resource["namespaced"]?.booleanValue ?? false,
          verbs: resource.strings("verbs"),
          shortNames: resource.strings("shortNames")
        )
      )
    }
  }
}

extension JSONValue {
  fileprivate func strings(_ key: String) -> [String] {
    (self[key]?.arrayValue ?? []).compactMap(\.stringValue)
  }

  /// The versions of an `APIGroup`, the preferred one first.
  fileprivate var preferredVersions: [String] {
    let all = (self["versions"]?.arrayValue ?? []).compactMap { $0["version"]?.stringValue }
    guard let preferred = self[path: "preferredVersion", "version"]?.stringValue else { return all }
    return [preferred] + all.filter { $0 != preferred }
  }
}

extension KubernetesError {
  /// Whether another request of the same user may succeed.
  fileprivate var isAboutOneRequest: Bool {
    switch self {
    case .unauthorized, .signIn, .unusableContext, .cancelled: false
    default: true
    }
  }
}

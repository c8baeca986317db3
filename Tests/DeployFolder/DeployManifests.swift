package import Foundation
package import SimulatedCluster
package import WireFormats
import YAMLReading

/// What `deploy/` holds, and what its roles allow.
package enum DeployManifests {
  package static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "deploy")

  /// All objects of a folder's files.
  package static func objects(in name: String) throws -> [JSONValue] {
    let folder = folder.appending(path: name)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    return try names.filter { $0.hasSuffix(".yaml") && $0 != "config.yaml" }.flatMap { name in
      try String(contentsOf: folder.appending(path: name), encoding: .utf8)
        .components(separatedBy: "\n---\n")
        .map { JSONValue(try YAMLValue(parsing: $0, path: name).node) }
    }.filter { $0["kind"] != "Kustomization" && $0["kind"] != "Component" }
  }

  /// What is granted to the agent's account.
  package static func grants(ofAccountIn objects: [JSONValue]) -> [AccessRule] {
    let bindings = objects.filter { object in
      let subjects = object["subjects"]?.arrayValue ?? []
      return subjects.contains { $0["name"] == "kpatrol" && $0["kind"] == "ServiceAccount" }
    }
    let bound = Set(bindings.compactMap { $0[path: "roleRef", "name"]?.stringValue })
    return bound.sorted().flatMap { grants(ofRole: $0, in: objects) }
  }

  /// What a role allows, each for one verb and one resource, with the roles that it gathers by their labels.
  package static func grants(ofRole name: String, in objects: [JSONValue]) -> [AccessRule] {
    let roles = objects.filter { $0["kind"]?.stringValue?.hasSuffix("Role") == true }
    let named = roles.filter { $0[path: "metadata", "name"]?.stringValue == name }
    let selectors = named.flatMap {
      $0[path: "aggregationRule", "clusterRoleSelectors"]?.arrayValue ?? []
    }
    let gathered = roles.filter { role in
      let labels = role[path: "metadata", "labels"]?.objectValue ?? [:]
      return selectors.contains { selector in
        (selector["matchLabels"]?.objectValue ?? [:]).allSatisfy { labels[$0.key] == $0.value }
      }
    }
    return (named + gathered).flatMap(grants)
  }

  private static func grants(_ role: JSONValue) -> [AccessRule] {
    let rules = role["rules"]?.arrayValue ?? []
    let namespace = role["kind"] == "Role" ? role[path: "metadata", "namespace"]?.stringValue : nil
    return rules.flatMap { rule in
      texts(rule["verbs"]).flatMap { verb in
        texts(rule["apiGroups"]).flatMap { group in
          texts(rule["resources"]).map { resource in
            AccessRule(
              verbs: [verb],
              apiGroups: [group],
              resources: [resource],
              namespaces: namespace.map { [$0] }
            )
          }
        }
      }
    }
  }

  private static func texts(_ value: JSONValue?) -> [String] {
    (value?.arrayValue ?? []).compactMap(\.stringValue)
  }

  /// What the simulated cluster does not serve, of what a real one does.
  private static let unserved: Set = [
    "deviceclasses", "flowschemas", "prioritylevelconfigurations", "resourceclaims",
    "resourceclaimtemplates", "resourceslices",
  ]

  /// What is granted as the request log has it, `list pods`, of what the simulated cluster serves.
  package static func permissions(_ grants: [AccessRule]) -> Set<String> {
    let served = grants.filter { !unserved.contains($0.resources[0]) }
    return Set(
      served.map { grant in
        let group = grant.apiGroups[0].isEmpty ? "" : ".\(grant.apiGroups[0])"
        return "\(grant.verbs[0]) \(grant.resources[0])\(group)"
      }
    )
  }
}

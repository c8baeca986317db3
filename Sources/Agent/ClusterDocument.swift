import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import Reporting
import WireFormats

/// A cluster as the agent tells of it in JSON: how it stands, and whether its findings are complete.
enum ClusterDocument {
  /// What changes all the time, and is told now and then.
  private static let lively = [
    "objects", "eventsPerSecond", "lagSeconds", "suspects", "lastEvent", "time",
  ]

  static func value(of status: ClusterStatus, agentVersion: String) -> JSONValue {
    var value: JSONValue = [
      "apiVersion": .string(FindingDocument.apiVersion), "kind": "Cluster",
      "metadata": ["name": .string(status.name)],
      "agentVersion": .string(agentVersion),
      "server": .string(status.server), "version": .string(status.version),
      "state": .string(status.connection.name),
      "since": .string(status.connectionSince.rfc3339),
      // Before that, that something is not told says nothing.
      "inspected": .boolean(status.firstInspectionDuration != nil),
      "kinds": .integer(Int64(status.kindsTotal)),
      "kindsSynced": .integer(Int64(status.kindsSynced)),
      "objects": .integer(Int64(status.objectCount)),
      "eventsPerSecond": .number(status.eventsPerSecond),
      "lagSeconds": .number(Double(status.lag.milliseconds) / 1000),
      "suspects": .integer(Int64(status.suspectCount)),
      "notInspected": .array(status.notInspected.map(notInspected)),
      "brokenGroups": .array(
        status.brokenGroups.map {
          ["groupVersion": .string($0.groupVersion), "reason": .string($0.reason)]
        }
      ),
      "time": .string(status.now.rfc3339),
    ]
    if !status.uid.isEmpty { value[path: "metadata", "uid"] = .string(status.uid) }
    value["trouble"] = status.connection.trouble.map { .string($0) }
    value["lastEvent"] = status.lastEvent.map { .string($0.rfc3339) }
    return value
  }

  private static func notInspected(_ missing: ClusterStatus.NotInspected) -> JSONValue {
    [
      "kind": .string(missing.kind.name), "group": .string(missing.kind.group),
      "reason": .string(missing.reason),
      "onlyNamespaces": .array(missing.onlyNamespaces.map { .string($0) }),
      "checks": .array(missing.checks.map { .string($0.description) }),
    ]
  }

  /// All clusters, as a list.
  static func list(_ clusters: [JSONValue]) -> JSONValue {
    [
      "apiVersion": .string(FindingDocument.apiVersion), "kind": "ClusterList",
      "items": .array(clusters),
    ]
  }

  /// The same without what changes all the time.
  static func calm(_ clusters: [JSONValue]) -> [JSONValue] {
    clusters.map { cluster in
      var cluster = cluster
      for name in lively { cluster[name] = nil }
      return cluster
    }
  }
}

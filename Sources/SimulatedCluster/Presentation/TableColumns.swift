import Foundation
import WireFormats

/// The columns of the kinds that people look at; every other kind shows its name and age.
enum TableColumns {
  static func columns(of resource: ServedResource) -> [TableColumn] {
    if let all = all[resource.storageKey] { return all }
    return [name] + (special[resource.storageKey] ?? []) + [age]
      + (wide[resource.storageKey] ?? [])
  }

  private static let name = TableColumn.text("Name", "metadata", "name")
  private static let age = TableColumn("Age") { object, now in
    let created = object.value[path: "metadata", "creationTimestamp"]?.stringValue
    guard let date = SimulatedClock.date(created) else { return "<unknown>" }
    return .string(duration(seconds: Int(now.timeIntervalSince(date))))
  }

  /// The kinds that show no name first, or no age last.
  private static let all: [String: [TableColumn]] = [
    "customresourcedefinitions.apiextensions.k8s.io": [
      name, .text("Created At", "metadata", "creationTimestamp"),
    ],
    "events": EventColumns.all,
  ]

  /// As kubectl writes ages: `11s`, `5m`, `3h`, `2d`.
  static func duration(seconds: Int) -> String {
    switch max(0, seconds) {
    case let seconds where seconds < 120: "\(seconds)s"
    case let seconds where seconds < 600: "\(seconds / 60)m\(seconds % 60)s"
    case let seconds where seconds < 3 * 3600: "\(seconds / 60)m"
    case let seconds where seconds < 48 * 3600: "\(seconds / 3600)h"
    case let seconds: "\(seconds / 86_400)d"
    }
  }

  private static let special: [String: [TableColumn]] = [
    "pods": [
      TableColumn("Ready") { object, _ in
        let statuses = object.value[path: "status", "containerStatuses"]?.arrayValue ?? []
        let all = object.value[path: "spec", "containers"]?.arrayValue ?? []
        return .string("\(statuses.count { $0["ready"] == true })/\(all.count)")
      },
      TableColumn("Status") { object, _ in
        if object.isTerminating { return "Terminating" }
        let statuses = object.value[path: "status", "containerStatuses"]?.arrayValue ?? []
        let reason = statuses.lazy.compactMap { $0[path: "state", "waiting", "reason"] }.last
        return reason ?? .string(PodReading.phase(object))
      },
      TableColumn("Restarts") { object, _ in
        let statuses = object.value[path: "status", "containerStatuses"]?.arrayValue ?? []
        let restarts = statuses.reduce(0) { $0 + ($1["restartCount"]?.integerValue ?? 0) }
        return .string(String(restarts))
      },
    ],
    "nodes": [
      TableColumn("Status") { object, _ in
        let ready = Conditions.status(of: "Ready", in: object.value) == "True"
        let cordoned = object.value[path: "spec", "unschedulable"] == true
        return .string((ready ? "Ready" : "NotReady") + (cordoned ? ",SchedulingDisabled" : ""))
      },
      .text("Version", "status", "nodeInfo", "kubeletVersion"),
    ],
    "namespaces": [.text("Status", "status", "phase")],
    "services": [
      .text("Type", "spec", "type"), .text("Cluster-IP", "spec", "clusterIP"),
    ],
    "deployments.apps": [
      TableColumn("Ready") { object, _ in
        let ready = object.value[path: "status", "readyReplicas"]?.integerValue ?? 0
        let desired = object.value[path: "spec", "replicas"]?.integerValue ?? 0
        return .string("\(ready)/\(desired)")
      },
      .number("Up-to-date", "status", "updatedReplicas"),
      .number("Available", "status", "availableReplicas"),
    ],
    "replicasets.apps": [
      .number("Desired", "spec", "replicas"), .number("Current", "status", "replicas"),
      .number("Ready", "status", "readyReplicas"),
    ],
    "persistentvolumes": [
      .text("Capacity", "spec", "capacity", "storage"),
      .text("Reclaim Policy", "spec", "persistentVolumeReclaimPolicy"),
      .text("Status", "status", "phase"),
      TableColumn("Claim") { object, _ in
        guard let claim = object.value[path: "spec", "claimRef"] else { return "" }
        let namespace = claim["namespace"]?.stringValue ?? ""
        return .string("\(namespace)/\(claim["name"]?.stringValue ?? "")")
      },
      .text("StorageClass", "spec", "storageClassName"),
    ],
    "persistentvolumeclaims": [
      .text("Status", "status", "phase"), .text("Volume", "spec", "volumeName"),
      .text("StorageClass", "spec", "storageClassName"),
    ],
    "leases.coordination.k8s.io": [.text("Holder", "spec", "holderIdentity")],
  ]

  private static let wide: [String: [TableColumn]] = [
    "pods": [
      .text("IP", isWide: true, "status", "podIP"), .text("Node", isWide: true, "spec", "nodeName"),
      .text("Nominated Node", isWide: true, "status", "nominatedNodeName"),
      .text("Readiness Gates", isWide: true, "spec", "readinessGates"),
    ]
  ]
}

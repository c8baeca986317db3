import Foundation
import WireFormats

/// What the server fills in on new objects, as far as clients and controllers look at it.
enum Defaults {
  static func complete(
    _ value: inout JSONValue,
    of resource: ServedResource,
    at date: Date,
    identities: Identities
  ) {
    switch resource {
    case .pods: completePod(&value)
    case .deployments, .replicaSets: completeWorkload(&value, resource)
    case .services: completeService(&value, identities)
    case .namespaces: completeNamespace(&value)
    case .persistentVolumes:
      set(&value, ["spec", "persistentVolumeReclaimPolicy"], "Retain")
      set(&value, ["spec", "volumeMode"], "Filesystem")
      set(&value, ["metadata", "finalizers"], ["kubernetes.io/pv-protection"])
      set(&value, ["status"], ["phase": "Pending"])
    case .persistentVolumeClaims:
      set(&value, ["spec", "volumeMode"], "Filesystem")
      set(&value, ["metadata", "finalizers"], ["kubernetes.io/pvc-protection"])
      value["status"] = ["phase": "Pending"]
    case .events: value = EventConversion.completed(value)
    case .customResourceDefinitions:
      CustomDefinitions.complete(&value, at: SimulatedClock.timestamp(date))
    default:
      // Instances of definitions keep no status from their creation; built-in kinds begin with an empty one.
      if resource.hasStatus { value["status"] = resource.isCustom ? nil : [:] }
    }
  }

  private static func completePod(_ value: inout JSONValue) {
    set(&value, ["spec", "restartPolicy"], "Always")
    set(&value, ["spec", "terminationGracePeriodSeconds"], 30)
    set(&value, ["spec", "dnsPolicy"], "ClusterFirst")
    set(&value, ["spec", "schedulerName"], "default-scheduler")
    set(&value, ["spec", "serviceAccountName"], "default")
    set(&value, ["spec", "securityContext"], [:])
    set(&value, ["spec", "enableServiceLinks"], true)
    set(&value, ["spec", "priority"], 0)
    set(&value, ["spec", "preemptionPolicy"], "PreemptLowerPriority")
    set(
      &value,
      ["spec", "tolerations"],
      [toleration("not-ready"), toleration("unreachable")]
    )
    completeContainers(&value, ["spec", "containers"])
    value["status"] = ["phase": "Pending", "qosClass": "BestEffort"]
  }

  private static func toleration(_ name: String) -> JSONValue {
    [
      "key": .string("node.kubernetes.io/\(name)"), "operator": "Exists", "effect": "NoExecute",
      "tolerationSeconds": 300,
    ]
  }

  private static func completeContainers(_ value: inout JSONValue, _ keys: [String]) {
    guard keys.count == 2, let containers = value[path: keys[0], keys[1]]?.arrayValue else {
      return
    }
    let completed = containers.map { container in
      var container = container
      set(&container, ["resources"], [:])
      set(&container, ["terminationMessagePath"], "/dev/termination-log")
      set(&container, ["terminationMessagePolicy"], "File")
      set(&container, ["imagePullPolicy"], "IfNotPresent")
      return container
    }
    value[path: keys[0], keys[1]] = .array(completed)
  }

  private static func completeWorkload(_ value: inout JSONValue, _ resource: ServedResource) {
    set(&value, ["spec", "replicas"], 1)
    if resource == .deployments {
      set(
        &value,
        ["spec", "strategy"],
        ["type": "RollingUpdate", "rollingUpdate": ["maxSurge": "25%", "maxUnavailable": "25%"]]
      )
      set(&value, ["spec", "revisionHistoryLimit"], 10)
      set(&value, ["spec", "progressDeadlineSeconds"], 600)
    }
    value["status"] = ["replicas": 0]
  }

  private static func completeService(_ value: inout JSONValue, _ identities: Identities) {
    set(&value, ["spec", "type"], "ClusterIP")
    set(&value, ["spec", "sessionAffinity"], "None")
    let number = identities.number()
    set(
      &value,
      ["spec", "clusterIP"],
      .string("10.96.\(number >> 8 & 255).\(1 + (number & 255) % 254)")
    )
    if let address = value[path: "spec", "clusterIP"] {
      set(&value, ["spec", "clusterIPs"], .array([address]))
    }
    value["status"] = ["loadBalancer": [:]]
  }

  private static func completeNamespace(_ value: inout JSONValue) {
    value[path: "metadata", "labels", "kubernetes.io/metadata.name"] =
      value[path: "metadata", "name"]
    value["spec"] = ["finalizers": ["kubernetes"]]
    value["status"] = ["phase": "Active"]
  }

  /// Sets a member that the client left out.
  private static func set(_ value: inout JSONValue, _ keys: [String], _ fallback: JSONValue) {
    switch keys.count {
    case 1: if value[keys[0]] == nil { value[keys[0]] = fallback }
    default:
      if value[path: keys[0], keys[1]] == nil { value[path: keys[0], keys[1]] = fallback }
    }
  }
}

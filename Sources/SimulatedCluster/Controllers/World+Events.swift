import Foundation
import WireFormats

/// What controllers tell people of their doings, as Events; nearly all of it is normal.
extension World {
  /// Which part of the control plane tells something, and on which machine.
  struct Reporter {
    let component: String
    var host: String?

    static let deployments = Reporter(component: "deployment-controller")
    static let nodes = Reporter(component: "node-controller")
    static let replicaSets = Reporter(component: "replicaset-controller")
    static let scheduler = Reporter(component: "default-scheduler")
    static func kubelet(of node: String) -> Reporter { Reporter(component: "kubelet", host: node) }
  }

  /// Tells of an object, if somebody may read it: a world that is being built has no past.
  ///
  /// With an `action` the event has the newer form, in which no time is that of a first or last one.
  func tell(
    _ reason: String,
    _ message: String,
    of object: StoredObject,
    by reporter: Reporter,
    container: String? = nil,
    action: String? = nil,
    isWarning: Bool = false
  ) {
    guard recordsEvents else { return }
    // As real recorders name them; the version tells those of one moment apart.
    let number = UInt64(max(0, now.timeIntervalSince1970) * 1_000_000_000) &+ registry.store.version
    let namespace = object.namespace.isEmpty ? "default" : object.namespace
    var event: JSONValue = [
      "metadata": [
        "name": .string("\(object.name).\(String(number, radix: 16))"),
        "namespace": .string(namespace),
        "uid": .string(Identities.uid(number &* 0x9E37_79B9_7F4A_7C15, registry.store.version)),
      ],
      "involvedObject": reference(to: object, container),
      "reason": .string(reason), "message": .string(message),
      "type": isWarning ? "Warning" : "Normal",
      "reportingComponent": .string(reporter.component),
      "reportingInstance": .string(reporter.host ?? ""),
    ]
    if let action {
      event["action"] = .string(action)
      event["eventTime"] = .string(SimulatedClock.microTimestamp(now))
      event["reportingInstance"] = .string("\(reporter.component)-1")
    } else {
      event["source"] = ["component": .string(reporter.component)]
      event[path: "source", "host"] = reporter.host.map { .string($0) }
      event["firstTimestamp"] = .string(timestamp)
      event["lastTimestamp"] = .string(timestamp)
      event["count"] = 1
    }
    // What cannot be told is no reason to stop.
    _ = try? put(EventConversion.completed(event), in: .events)
  }

  private func reference(to object: StoredObject, _ container: String?) -> JSONValue {
    var reference: JSONValue = [
      "kind": .string(object.resource.kind), "apiVersion": .string(object.resource.apiVersion),
      "name": .string(object.name), "uid": .string(object.uid),
      "resourceVersion": .string(String(object.version)),
    ]
    if !object.namespace.isEmpty { reference["namespace"] = .string(object.namespace) }
    if let container { reference["fieldPath"] = .string("spec.containers{\(container)}") }
    return reference
  }
}

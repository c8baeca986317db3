import Foundation
import WireFormats

/// What a client asks for when it deletes.
struct Deletion: Sendable {
  enum Propagation: String, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
  }

  var uid: String?
  var resourceVersion: String?
  var gracePeriodSeconds: Int?
  var propagation = Propagation.background
  var dryRun = false

  /// Whether nothing keeps a deleted object any more.
  static func isComplete(_ value: JSONValue, of resource: ServedResource) -> Bool {
    guard value[path: "metadata", "deletionTimestamp"] != nil else { return false }
    guard (value[path: "metadata", "finalizers"]?.arrayValue ?? []).isEmpty else { return false }
    if resource == .namespaces {
      return (value[path: "spec", "finalizers"]?.arrayValue ?? []).isEmpty
    }
    return (value[path: "metadata", "deletionGracePeriodSeconds"]?.integerValue ?? 0) == 0
  }
}

extension Registry {
  /// The outcome of a deletion: gone, or still there until its finalizers or its node let it go.
  enum DeletionOutcome {
    case removed(StoredObject)
    case terminating(StoredObject)
  }

  /// Deletes an object, or starts its deletion where something has to happen first.
  @discardableResult
  func delete(
    _ address: ObjectAddress,
    _ deletion: Deletion = Deletion()
  ) throws(APIFailure) -> DeletionOutcome {
    let resource = address.resource
    var outcome: DeletionOutcome?
    try store.change(resource, at: address.path) {
      (current) throws(APIFailure) -> Store.Change in
      guard let current else { throw .notFound(resource, address.name) }
      try check(deletion, against: current)
      let value = terminating(current, deletion)
      let isComplete = Deletion.isComplete(value, of: resource)
      let unchanged = value == current.value
      let after =
        unchanged ? current : StoredObject(value, of: resource, version: current.version)
      outcome = isComplete ? .removed(after) : .terminating(after)
      guard !deletion.dryRun else { return .keep }
      if isComplete { return .remove }
      return unchanged ? .keep : .put(value)
    }
    if case .terminating = outcome, !deletion.dryRun, let stored = object(address) {
      outcome = .terminating(stored)
    }
    guard let outcome else { throw .notFound(resource, address.name) }
    return outcome
  }

  private func check(_ deletion: Deletion, against current: StoredObject) throws(APIFailure) {
    if let uid = deletion.uid, uid != current.uid {
      throw .preconditionFailed(
        current.resource,
        current.name,
        what: "UID",
        expected: uid,
        found: current.uid
      )
    }
    if let version = deletion.resourceVersion, version != String(current.version) {
      throw .preconditionFailed(
        current.resource,
        current.name,
        what: "ResourceVersion",
        expected: version,
        found: String(current.version)
      )
    }
  }

  /// The object with its deletion written on it.
  private func terminating(_ current: StoredObject, _ deletion: Deletion) -> JSONValue {
    var value = current.value
    let grace = gracePeriod(of: current, asked: deletion.gracePeriodSeconds)
    if let earlier = value[path: "metadata", "deletionGracePeriodSeconds"]?.integerValue,
      current.isTerminating
    {
      // A second deletion may only shorten the grace of the first.
      guard grace < Int(earlier) else { return value }
    }
    if current.resource != .namespaces || !current.isTerminating {
      let end = clock.now().addingTimeInterval(Double(grace))
      value[path: "metadata", "deletionTimestamp"] = .string(SimulatedClock.timestamp(end))
    }
    if current.resource != .namespaces && current.resource != .customResourceDefinitions {
      value[path: "metadata", "deletionGracePeriodSeconds"] = .integer(Int64(grace))
    }
    if current.resource.hasGeneration {
      let generation = value[path: "metadata", "generation"]?.integerValue ?? 1
      value[path: "metadata", "generation"] = .integer(generation + 1)
    }
    value[path: "metadata", "finalizers"] = finalizers(of: current, deletion.propagation)
    switch current.resource {
    case .namespaces:
      value[path: "status", "phase"] = "Terminating"
    case .customResourceDefinitions:
      CustomDefinitions.markTerminating(&value, at: clock.timestamp)
    default:
      break
    }
    return value
  }

  private func finalizers(
    of current: StoredObject,
    _ propagation: Deletion.Propagation
  ) -> JSONValue? {
    var finalizers = current.finalizers.filter { $0 != "foregroundDeletion" && $0 != "orphan" }
    switch propagation {
    case .background: break
    case .foreground: finalizers.append("foregroundDeletion")
    case .orphan: finalizers.append("orphan")
    }
    if current.resource == .customResourceDefinitions,
      !finalizers.contains(CustomDefinitions.cleanupFinalizer)
    {
      finalizers.append(CustomDefinitions.cleanupFinalizer)
    }
    return finalizers.isEmpty ? nil : .array(finalizers.map { .string($0) })
  }

  /// Only a Pod that runs somewhere has to be given time.
  private func gracePeriod(of object: StoredObject, asked: Int?) -> Int {
    guard object.resource == .pods, object.value[path: "spec", "nodeName"] != nil else { return 0 }
    let phase = object.value[path: "status", "phase"]?.stringValue
    guard phase != "Succeeded" && phase != "Failed" else { return 0 }
    let usual = object.value[path: "spec", "terminationGracePeriodSeconds"]?.integerValue ?? 30
    return max(0, asked ?? Int(usual))
  }
}

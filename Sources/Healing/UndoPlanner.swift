package import ClusterGraph
import Inspection
import KubernetesClient
package import KubernetesObjects
package import WireFormats

/// Works out how to take a heal back: what was deleted is made anew, what was patched gets its old
/// values, what was made is deleted.
package struct UndoPlanner {
  static let remedy: RemedyID = "undo"

  private let heal: UndoneHeal
  /// What the API server has of the targets now; what is missing is not there.
  private let current: [ObjectKey: JSONValue]
  private let graph: ClusterGraph

  package init(
    _ heal: UndoneHeal,
    current: [ObjectKey: JSONValue],
    in graph: ClusterGraph
  ) {
    self.heal = heal
    self.current = current
    self.graph = graph
  }

  /// The plan; unavailable where nothing can be taken back, with the reasons.
  package func proposal() -> Proposal {
    var steps: [HealStep] = []
    var losses: [BlastRadius.Impact] = []
    var reasons: [String] = []
    // The last thing that was done is the first to be taken back.
    for call in heal.calls.reversed() where call.isAccepted != false {
      do throws(Obstacle) {
        let (step, impact) = try self.step(against: call)
        steps.append(step)
        losses.append(impact)
      } catch {
        if !reasons.contains(error.reason) { reasons.append(error.reason) }
      }
    }
    guard let first = steps.first else {
      let reason = reasons.isEmpty ? "It changed nothing." : reasons.joined(separator: " ")
      return .unavailable(reason)
    }
    return .plan(
      HealPlan(
        cause: .undo(heal.id, cluster: heal.cluster),
        subject: .object(first.target),
        cluster: heal.cluster,
        remedy: Self.remedy,
        title: "Undo: \(heal.title)",
        reason: reasons.isEmpty
          ? "It puts back what heal \(heal.id) changed."
          : "It puts back some of what heal \(heal.id) changed. The rest stays: "
            + reasons.joined(separator: " "),
        steps: steps,
        disruption: disruption(of: steps),
        blastRadius: BlastRadius(losses),
        undo: "The same again, by hand or from the finding.",
        confirmation: steps.allSatisfy(\.isMild) && steps.count == 1
          ? .key("y") : .typing(first.target.name)
      )
    )
  }

  private func disruption(of steps: [HealStep]) -> HealPlan.Disruption {
    if steps.contains(where: \.isDeletion) { return .outage }
    if steps.contains(where: \.endsPods) { return .fewerPods }
    return steps.contains(where: \.changesTemplate) ? .rolling : .none
  }

  private func step(
    against call: UndoneHeal.Call
  ) throws(Obstacle) -> (HealStep, BlastRadius.Impact) {
    guard call.path.hasPrefix("/") else {
      throw Obstacle("\(call.target) is no object of the cluster: put it back where it is kept.")
    }
    let isEviction = call.subresource == "eviction"
    switch call.method {
    case "DELETE": return try creation(after: call)
    case "POST" where isEviction: return try creation(after: call)
    case "POST": return try deletion(after: call)
    case "PATCH": return try patch(after: call)
    default: throw Obstacle("What was sent about \(call.target) is not known to this KPatrol.")
    }
  }
}

// MARK: - What was deleted

extension UndoPlanner {
  private func creation(
    after call: UndoneHeal.Call
  ) throws(Obstacle) -> (HealStep, BlastRadius.Impact) {
    let key = call.target
    guard let backup = call.backup else { throw Obstacle("There is no backup of \(key).") }
    if let now = current[key] {
      guard now.uid == backup.uid else {
        throw Obstacle("Another \(key) is there by now: whoever controls it, or somebody, made it.")
      }
      throw Obstacle(
        now[path: "metadata", "deletionTimestamp"] == nil
          ? "\(key) is still there." : "\(key) is still being deleted. Wait until it is gone."
      )
    }
    if let reason = UndoLimits.obstacle(toCreating: key, from: backup) { throw Obstacle(reason) }
    if !key.namespace.isEmpty {
      let namespace = ObjectKey(Namespace.kind, name: key.namespace)
      if case .absent = graph.presence(of: .object(namespace)) {
        throw Obstacle("Namespace \(key.namespace), in which \(key) was, is gone. Make it first.")
      }
    }
    var manifest = ServerOwnedFields.removed(from: backup)
    let (owners, lost) = owners(of: backup, in: key.namespace)
    manifest[path: "metadata", "ownerReferences"] =
      owners.isEmpty ? Optional.none : JSONValue.array(owners)
    var effect = "comes back with another uid" + UndoLimits.loss(of: key, backup)
    if !lost.isEmpty { effect += "; no longer owned by \(lost.joined(separator: ", "))" }
    return (.create(key, manifest), .init(.object(key), effect))
  }

  /// The owners that are there still, and the names of those that are not: whoever names these is deleted
  /// at once.
  private func owners(
    of backup: JSONValue,
    in namespace: String
  ) -> (kept: [JSONValue], lost: [String]) {
    let owners = backup[path: "metadata", "ownerReferences"]?.arrayValue ?? []
    var (kept, lost): ([JSONValue], [String]) = ([], [])
    for owner in owners {
      if isThere(owner, in: namespace) {
        kept.append(owner)
      } else {
        lost.append("\(owner["kind"]?.stringValue ?? "") \(owner["name"]?.stringValue ?? "")")
      }
    }
    return (kept, lost)
  }

  /// Whether an owner is there, or may be unseen.
  private func isThere(_ owner: JSONValue, in namespace: String) -> Bool {
    guard let name = owner["name"]?.stringValue, let kindName = owner["kind"]?.stringValue else {
      return false
    }
    let kind = ObjectKind(kindName, apiVersion: owner["apiVersion"]?.stringValue ?? "")
    return Set([namespace, ""]).contains { namespace in
      switch graph.presence(of: .object(ObjectKey(kind, namespace: namespace, name: name))) {
      case .present(let record): record.metadata.uid.description == owner["uid"]?.stringValue
      case .unknown: true
      case .absent, .notAnObject: false
      }
    }
  }
}

// MARK: - What was made, and what was patched

extension UndoPlanner {
  private func deletion(
    after call: UndoneHeal.Call
  ) throws(Obstacle) -> (HealStep, BlastRadius.Impact) {
    let key = call.target
    guard let now = current[key] else { throw Obstacle("\(key), which it made, is gone.") }
    guard let uid = call.uid else {
      throw Obstacle("Whether \(key) was made by it is not known: delete it by hand.")
    }
    guard now.uid == uid else {
      throw Obstacle("Another \(key) is there than the one that it made.")
    }
    let impact = BlastRadius.Impact(.object(key), "is deleted; what it has done stays done")
    return (.delete(key, uid: ObjectUID(uid)), impact)
  }

  private func patch(
    after call: UndoneHeal.Call
  ) throws(Obstacle) -> (HealStep, BlastRadius.Impact) {
    let key = call.target
    guard call.subresource.isEmpty || call.subresource == ReplicaChange.subresource else {
      throw Obstacle("What was said in \(call.subresource) of \(key) cannot be taken back.")
    }
    guard let backup = call.backup else { throw Obstacle("There is no backup of \(key).") }
    guard let now = current[key] else { throw Obstacle("\(key) is gone by now.") }
    guard now.uid == backup.uid, let uid = now.uid else {
      throw Obstacle("Another \(key) is there than the one that was patched.")
    }
    guard let patched = call.result(on: backup) else {
      throw Obstacle("What the patch made of \(key) cannot be told.")
    }
    let changes = FieldChange.changes(from: backup, to: patched)
    if changes.allSatisfy({ $0.path == UndoLimits.restart }) {
      throw Obstacle("Of \(key) only the time of its restart was changed; its Pods are new.")
    }
    var operations: [JSONValue] = []
    var needsVersion = false
    let open = changes.filter { !Self.isSame($0.before, $0.path.value(in: now)) }
    if open.isEmpty { throw Obstacle("\(key) is as it was before.") }
    for change in open {
      try look(at: change, of: key, now)
      if call.subresource == ReplicaChange.subresource,
        let before = change.before?.integerValue, let after = change.after?.integerValue
      {
        return (
          .scale(ReplicaChange(key, uid: ObjectUID(uid), from: Int(after), to: Int(before))),
          .init(.object(key), "gets back its \(before) replicas")
        )
      }
      let path = JSONValue.string(change.path.description)
      if let after = change.after, !after.isEmptyContainer {
        operations.append(["op": "test", "path": path, "value": after])
      } else {
        needsVersion = true
      }
      switch (change.before, change.path.value(in: now)) {
      case (nil, nil): break
      case (nil, _?): operations.append(["op": "remove", "path": path])
      case (let before?, nil): operations.append(["op": "add", "path": path, "value": before])
      case (let before?, _?): operations.append(["op": "replace", "path": path, "value": before])
      }
    }
    if needsVersion, let version = now[path: "metadata", "resourceVersion"] {
      // That a field is not there is nothing that a test could say.
      operations.insert(
        ["op": "test", "path": "/metadata/resourceVersion", "value": version],
        at: 0
      )
    }
    let names = open.map(\.path.words).joined(separator: ", ")
    let impact = BlastRadius.Impact(.object(key), "gets back its \(names)")
    // The values of Secrets stand in no command, for that is shown and written down.
    let kubectl = key.kind == Secret.kind ? "edit \(HealStep.argument(for: key))" : nil
    return (.json(operations, on: key, uid: ObjectUID(uid), kubectl: kubectl), impact)
  }

  /// Whether two values of a field are one to an API server, which leaves out what is empty.
  private static func isSame(_ one: JSONValue?, _ other: JSONValue?) -> Bool {
    one == other || one?.isEmptyContainer ?? true && other?.isEmptyContainer ?? true
  }

  /// Sees whether a field is still as the heal left it, and may be as it was before.
  private func look(
    at change: FieldChange,
    of key: ObjectKey,
    _ now: JSONValue
  ) throws(Obstacle) {
    guard Self.isSame(change.path.value(in: now), change.after) else {
      throw Obstacle("\(change.path.words) of \(key) was changed again since.")
    }
    if key.kind == Secret.kind,
      [change.before, change.after].contains(where: SecretOmission.isOmitted)
    {
      throw Obstacle("Of Secrets no values are kept: put those of \(key) back by hand.")
    }
    switch Array(change.path.parts.prefix(2)) {
    case ["metadata", "finalizers"] where now[path: "metadata", "deletionTimestamp"] != nil:
      throw Obstacle("\(key) is being deleted, and takes no finalizer back.")
    case ["metadata", "ownerReferences"]:
      let lost = (change.before?.arrayValue ?? []).filter { !isThere($0, in: key.namespace) }
      guard lost.isEmpty else {
        throw Obstacle("The owner of \(key) is gone: with it, it would be deleted at once.")
      }
    default: break
    }
  }
}

extension JSONValue {
  fileprivate var uid: String? { self[path: "metadata", "uid"]?.stringValue }

  /// Whether API servers leave it out.
  fileprivate var isEmptyContainer: Bool {
    switch self {
    case .array(let elements): elements.isEmpty
    case .object(let members): members.isEmpty
    case .null: true
    default: false
    }
  }
}

extension HealStep {
  fileprivate var isDeletion: Bool {
    if case .delete = self { true } else { false }
  }

  /// Whether a workload has fewer Pods afterwards.
  fileprivate var endsPods: Bool {
    if case .scale(let change) = self { change.new < change.old } else { false }
  }

  /// Whether it is a JSON patch of what Pods are made after.
  fileprivate var changesTemplate: Bool {
    guard case .patch(_, .json(let operations), _, _) = self else { return false }
    return (operations.arrayValue ?? []).contains { operation in
      operation["op"] != "test"
        && operation["path"]?.stringValue?.hasPrefix("/spec/template") == true
    }
  }

  /// Whether it takes nothing away.
  fileprivate var isMild: Bool {
    switch self {
    case .create, .patch: true
    case .scale(let change): change.new >= change.old
    default: false
    }
  }
}

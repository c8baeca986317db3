import WireFormats

/// Gives every Deployment a ReplicaSet for its template, and moves replicas over from older ones as new Pods get ready.
struct DeploymentController: Controller {
  let concerns: [ServedResource] = [.deployments, .replicaSets]

  func reconcile(_ world: World, pace: Double) {
    let owned = Dictionary(grouping: world.objects(.replicaSets)) {
      OwnerReference.controllerUID(of: $0) ?? ""
    }
    for deployment in world.objects(.deployments) where !deployment.isTerminating {
      reconcile(deployment, owned[deployment.uid] ?? [], world)
    }
  }

  private func reconcile(_ deployment: StoredObject, _ sets: [StoredObject], _ world: World) {
    let desired = deployment.value[path: "spec", "replicas"]?.integerValue ?? 1
    let hash = Self.templateHash(deployment.value[path: "spec", "template"] ?? [:])
    guard let current = sets.first(where: { $0.labels["pod-template-hash"] == .string(hash) })
    else {
      create(deployment, hash, sets.isEmpty ? desired : min(1, desired), besides: sets, world)
      return
    }
    let ready = count(current, "readyReplicas")
    let older = sets.filter { $0.uid != current.uid && count($0, "replicas", in: "spec") > 0 }
    // One Pod more than asked may live while an older set is still there.
    let room = older.isEmpty ? desired : min(desired, ready + 1)
    let wanted = max(room, min(desired, count(current, "replicas", in: "spec")))
    scale(current, of: deployment, to: wanted, world)
    var surplus = desired - ready
    for set in older {
      let kept = max(0, min(count(set, "replicas", in: "spec"), surplus))
      scale(set, of: deployment, to: kept, world)
      surplus -= kept
    }
    writeStatus(of: deployment, current, sets, desired, world)
  }

  /// What clients in Go add to a template says nothing: members with nothing in them.
  private static func meaning(of value: JSONValue) -> JSONValue {
    switch value {
    case .object(let members):
      .object(
        members.mapValues(meaning).filter { member in
          member.value != .null && member.value != [:]
        }
      )
    case .array(let elements): .array(elements.map(meaning))
    default: value
    }
  }

  /// The template's hash in the letters that names may have, as a real controller writes it.
  static func templateHash(_ template: JSONValue) -> String {
    let letters = Array("bcdfghjklmnpqrstvwxz2456789")
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in meaning(of: template).encoded() { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return String(
      (0..<9).map { place in
        letters[Int((hash >> UInt64(place * 7)) % UInt64(letters.count))]
      }
    )
  }

  private func create(
    _ deployment: StoredObject,
    _ hash: String,
    _ replicas: Int64,
    besides sets: [StoredObject],
    _ world: World
  ) {
    var template = deployment.value[path: "spec", "template"] ?? [:]
    template[path: "metadata", "labels", "pod-template-hash"] = .string(hash)
    var selector = deployment.value[path: "spec", "selector"] ?? [:]
    selector[path: "matchLabels", "pod-template-hash"] = .string(hash)
    let revision = newestRevision(of: sets) + 1
    let set = world.create(
      [
        "metadata": [
          "name": .string("\(deployment.name)-\(hash)"),
          "labels": template[path: "metadata", "labels"] ?? [:],
          "annotations": [Self.revisionKey: .string(String(revision))],
          "ownerReferences": [OwnerReference.controller(deployment)],
        ],
        "spec": ["replicas": .integer(replicas), "selector": selector, "template": template],
      ],
      in: .replicaSets,
      namespace: deployment.namespace
    )
    if let set { tell(of: deployment, set, from: 0, to: replicas, world) }
  }

  private func scale(
    _ set: StoredObject,
    of deployment: StoredObject,
    to replicas: Int64,
    _ world: World
  ) {
    let before = count(set, "replicas", in: "spec")
    guard before != replicas else { return }
    world.change(set) { $0[path: "spec", "replicas"] = .integer(replicas) }
    tell(of: deployment, set, from: before, to: replicas, world)
  }

  private func tell(
    of deployment: StoredObject,
    _ set: StoredObject,
    from before: Int64,
    to after: Int64,
    _ world: World
  ) {
    let direction = after > before ? "up" : "down"
    world.tell(
      "ScalingReplicaSet",
      "Scaled \(direction) replica set \(set.name) from \(before) to \(after)",
      of: deployment,
      by: .deployments
    )
  }

  // MARK: Revisions

  private static let revisionKey = "deployment.kubernetes.io/revision"

  private func revision(of set: StoredObject) -> Int64 {
    let text = set.value[path: "metadata", "annotations", Self.revisionKey]?.stringValue
    return text.flatMap { Int64($0) } ?? 0
  }

  private func newestRevision(of sets: some Sequence<StoredObject>) -> Int64 {
    sets.map(revision).max() ?? 0
  }

  /// The revision of the present template: a set that is come back to is the newest again.
  private func renewedRevision(
    of current: StoredObject,
    among sets: [StoredObject],
    _ world: World
  ) -> Int64 {
    let newestOther = newestRevision(of: sets.lazy.filter { $0.uid != current.uid })
    let revision = revision(of: current)
    guard revision <= newestOther else { return revision }
    world.change(current) { value in
      value[path: "metadata", "annotations", Self.revisionKey] = .string(String(newestOther + 1))
    }
    return newestOther + 1
  }

  private func count(_ set: StoredObject, _ member: String, in part: String = "status") -> Int64 {
    set.value[path: part, member]?.integerValue ?? 0
  }

  private func writeStatus(
    of deployment: StoredObject,
    _ current: StoredObject,
    _ sets: [StoredObject],
    _ desired: Int64,
    _ world: World
  ) {
    let ready = sets.reduce(0) { $0 + count($1, "readyReplicas") }
    let isAvailable = ready >= desired
    let revision = renewedRevision(of: current, among: sets, world)
    world.change(deployment) { value in
      value[path: "metadata", "annotations", Self.revisionKey] = .string(String(revision))
      var status: JSONValue = [
        "observedGeneration": value[path: "metadata", "generation"] ?? 1,
        "replicas": .integer(sets.reduce(0) { $0 + count($1, "replicas") }),
        "updatedReplicas": .integer(count(current, "replicas")),
        "readyReplicas": .integer(ready), "availableReplicas": .integer(ready),
      ]
      if !isAvailable { status["unavailableReplicas"] = .integer(desired - ready) }
      status["conditions"] = value[path: "status", "conditions"]
      value["status"] = status
      Conditions.set(
        [
          "type": "Available", "status": isAvailable ? "True" : "False",
          "reason": isAvailable ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable",
          "message": .string(
            "Deployment \(isAvailable ? "has" : "does not have") minimum availability."
          ),
        ],
        in: &value,
        at: world.timestamp
      )
      Conditions.set(
        [
          "type": "Progressing", "status": "True", "reason": "NewReplicaSetAvailable",
          "message": .string("ReplicaSet \"\(current.name)\" has successfully progressed."),
        ],
        in: &value,
        at: world.timestamp
      )
    }
  }
}

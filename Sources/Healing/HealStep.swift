package import KubernetesClient
package import KubernetesObjects
package import WireFormats

/// One call of a plan, with the precondition that makes it safe.
package enum HealStep: Sendable, Equatable {
  /// Deletes the object, if it is still the one with this uid.
  case delete(
    ObjectKey,
    uid: ObjectUID,
    gracePeriodSeconds: Int? = nil,
    propagation: DeleteOptions.Propagation = .background
  )
  /// Ends the Pod, if it is still the one with this uid and its disruption budgets let it go.
  case evict(ObjectKey, uid: ObjectUID)
  /// Changes the object, or the part of it that a subresource is; the patch carries its own
  /// precondition.
  case patch(ObjectKey, Patch, subresource: String = "", kubectl: String)
  /// Gives a workload another number of replicas, if it still has the one that was seen.
  case scale(ReplicaChange)
  /// Creates an object, if there is none of its name.
  case create(ObjectKey, JSONValue)
  /// Gives a Deployment the Pod template of one of its ReplicaSets.
  case rollBack(Rollback)
  /// Creates a Job after the template of a CronJob.
  case run(JobRun)
  /// Tells an IPAM that an address is free, if its record still says that the cluster has it.
  case release(AddressRelease)
  /// Lists a kind again, of one namespace or all, and compares KPatrol's own picture with it.
  case relist(ObjectKind, namespace: String?)

  package var target: ObjectKey {
    switch self {
    case .delete(let key, _, _, _), .evict(let key, _), .patch(let key, _, _, _),
      .create(let key, _):
      key
    case .scale(let change): change.workload
    case .rollBack(let rollback): rollback.deployment
    case .run(let run): run.job
    case .release(let release):
      ObjectKey(InventoryAddress.kind, name: release.address.description)
    case .relist: ClusterRecord.key
    }
  }

  /// Whether it is a call of the cluster's API server.
  var isOfCluster: Bool {
    switch self {
    case .delete, .evict, .patch, .scale, .create, .rollBack, .run: true
    case .release, .relist: false
    }
  }

  /// Whether anybody's state is changed by it but KPatrol's own.
  var changesAnything: Bool {
    if case .relist = self { false } else { true }
  }

  /// Whether it is one of many that are alike.
  package var isEviction: Bool {
    if case .evict = self { true } else { false }
  }

  /// What is read before something is sent, because records do not keep it; `nil` where nothing is.
  var source: ObjectKey? {
    switch self {
    case .delete, .evict, .patch, .scale, .create, .release, .relist: nil
    case .rollBack(let rollback): rollback.replicaSet
    case .run(let run): run.cronJob
    }
  }

  /// What the step does, as a sentence without its subject.
  package var summary: String {
    switch self {
    case .delete(let key, _, let grace, let propagation):
      (grace == 0 ? "Delete \(key) at once, without its kubelet" : "Delete \(key)")
        + Self.words(for: propagation)
    case .evict(let key, _): "Evict \(key)"
    case .patch(let key, _, let subresource, _):
      subresource.isEmpty ? "Patch \(key)" : "Patch \(subresource) of \(key)"
    case .scale(let change): "Scale \(change.workload) from \(change.old) to \(change.new) replicas"
    case .create(let key, _): "Create \(key)"
    case .rollBack(let rollback):
      "Give \(rollback.deployment) the Pod template of ReplicaSet \(rollback.replicaSet.name)"
    case .run(let run): "Create \(run.job) after the template of CronJob \(run.cronJob.name)"
    case .release(let release):
      "Tell \(release.inventory) that \(release.address) is free "
        + "(\(release.request.method.rawValue))"
    case .relist(let kind, let namespace):
      "List \(kind)\(namespace.map { " of namespace \($0)" } ?? "") again, and compare"
    }
  }

  /// What must still hold for the server to carry it out.
  package var precondition: String {
    switch self {
    case .delete(_, let uid, _, _): "uid is \(uid)"
    case .evict(_, let uid): "uid is \(uid), and its disruption budgets let it go"
    case .patch(_, .json, _, _): "uid and the tested values are as shown"
    case .patch(_, .merge(let body), _, _) where body[path: "metadata", "resourceVersion"] != nil:
      "uid and resourceVersion are as shown"
    case .patch: "uid is as shown"
    case .scale(let change):
      "uid is \(change.uid), and it is still to have \(change.old) replicas"
    case .create(let key, _): "there is no \(key) yet"
    case .rollBack(let rollback):
      "the Deployment is at generation \(rollback.generation), its uid is \(rollback.uid) and "
        + "the ReplicaSet's \(rollback.replicaSetUID)"
    case .run(let run): "the CronJob's uid is \(run.uid), and there is no such Job"
    case .release(let release):
      "the record, read again, still says that it is in use by \(release.cluster), and still nothing "
        + "uses it"
    case .relist: "the kind is still followed"
    }
  }

  /// The same by hand.
  package func commandByHand(context: String) -> String {
    switch self {
    case .patch(_, _, _, let kubectl): return Self.kubectl(kubectl, context: context)
    case .delete(let key, _, let grace, let propagation):
      let force = grace == 0 ? " --grace-period=0 --force" : ""
      let cascade =
        propagation == .background ? "" : " --cascade=\(propagation.rawValue.lowercased())"
      return Self.kubectl("delete \(Self.argument(for: key))\(force)\(cascade)", context: context)
    case .scale(let change):
      let command =
        "scale \(Self.argument(for: change.workload)) --current-replicas=\(change.old) "
        + "--replicas=\(change.new)"
      return Self.kubectl(command, context: context)
    case .create: return Self.kubectl("create -f FILE", context: context)
    case .evict(let key, let uid):
      let path = "/api/v1/namespaces/\(key.namespace)/pods/\(key.name)/eviction"
      let body = String(
        decoding: Eviction.body(of: key, uid: uid.description).encoded(),
        as: UTF8.self
      )
      let command = Self.kubectl("create --raw \(Self.quoted(path)) -f -", context: context)
      return "echo \(Self.quoted(body)) | \(command)"
    case .rollBack(let rollback):
      let command =
        "rollout undo \(Self.argument(for: rollback.deployment)) --to-revision=\(rollback.revision)"
      return Self.kubectl(command, context: context)
    case .run(let run):
      let command =
        "create job \(run.job.name) --from=cronjob/\(run.cronJob.name) -n \(run.job.namespace)"
      return Self.kubectl(command, context: context)
    case .release(let release):
      return Self.curl(release.request, sending: release.request.body)
    case .relist(let kind, let namespace):
      let place = namespace.map { "-n \($0)" } ?? "-A"
      let command = "get \(kind.description.lowercased()) \(place) -o name"
      return Self.kubectl(command, context: context)
    }
  }

  private static func words(for propagation: DeleteOptions.Propagation) -> String {
    switch propagation {
    case .background: ""
    case .foreground: ", once what it owns is gone"
    case .orphan: ", and leave what it owns"
    }
  }

  /// A command of kubectl for the cluster of this context, whatever the current one is.
  static func kubectl(_ command: String, context: String) -> String {
    "kubectl --context \(quoted(context)) \(command)"
  }

  /// A request to an inventory as curl is told of it; whoever runs it has the token.
  static func curl(_ request: ReleaseRule, sending body: String) -> String {
    var words = ["curl --fail --request \(request.method.rawValue)"]
    if !request.certificateAuthority.isEmpty {
      words.append("--cacert \(quoted(request.certificateAuthority))")
    }
    if !request.tokenScheme.isEmpty {
      words.append("--header \"Authorization: \(request.tokenScheme) $TOKEN\"")
    }
    if !body.isEmpty {
      words.append("--header 'Content-Type: application/json' --data \(quoted(body))")
    }
    return (words + [quoted(request.url)]).joined(separator: " ")
  }

  /// How kubectl is told which object: `pod cart-1 -n shop`.
  static func argument(for key: ObjectKey) -> String {
    let kind = key.kind.description.lowercased()
    let namespace = key.namespace.isEmpty ? "" : " -n \(key.namespace)"
    // Names of roles may hold nearly anything.
    return "\(kind) \(quoted(key.name))\(namespace)"
  }

  /// Quotes a word for a POSIX shell where it needs to be.
  package static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte
        || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-_./:@".utf8.contains(byte)
    }
    guard !isPlain || word.isEmpty else { return word }
    return "'"
      + word.split(separator: "'", omittingEmptySubsequences: false)
      .joined(separator: #"'\''"#) + "'"
  }
}

extension HealStep {
  /// A merge patch of the object with this uid, if it is still at this version.
  static func merge(
    _ change: JSONValue,
    on key: ObjectKey,
    uid: ObjectUID,
    version: String
  ) -> HealStep {
    var patch = change
    patch[path: "metadata", "uid"] = .string(uid.description)
    patch[path: "metadata", "resourceVersion"] = .string(version)
    let text = String(decoding: patch.encoded(), as: UTF8.self)
    return .patch(
      key,
      .merge(patch),
      kubectl: "patch \(argument(for: key)) --type=merge -p \(quoted(text))"
    )
  }

  /// A JSON patch of the object with this uid; what else must hold is tested by `operations`.
  ///
  /// `kubectl` is what does the same by hand, where that is no patch.
  static func json(
    _ operations: [JSONValue],
    on key: ObjectKey,
    uid: ObjectUID,
    kubectl: String? = nil
  ) -> HealStep {
    let test: JSONValue = [
      "op": "test", "path": "/metadata/uid", "value": .string(uid.description),
    ]
    let patch = JSONValue.array([test] + operations)
    let text = String(decoding: patch.encoded(), as: UTF8.self)
    return .patch(
      key,
      .json(patch),
      kubectl: kubectl ?? "patch \(argument(for: key)) --type=json -p \(quoted(text))"
    )
  }
}

package import KubernetesClient
package import KubernetesObjects
import WireFormats

/// One call of a plan, with the precondition that makes it safe.
package enum HealStep: Sendable, Equatable {
  /// Deletes the object, if it is still the one with this uid.
  case delete(ObjectKey, uid: ObjectUID, gracePeriodSeconds: Int? = nil)
  /// Ends the Pod, if it is still the one with this uid and its disruption budgets let it go.
  case evict(ObjectKey, uid: ObjectUID)
  /// Changes the object, or the part of it that a subresource is; the patch carries its own
  /// precondition.
  case patch(ObjectKey, Patch, subresource: String = "", kubectl: String)
  /// Gives a Deployment the Pod template of one of its ReplicaSets.
  case rollBack(Rollback)
  /// Creates a Job after the template of a CronJob.
  case run(JobRun)

  package var target: ObjectKey {
    switch self {
    case .delete(let key, _, _), .evict(let key, _), .patch(let key, _, _, _): key
    case .rollBack(let rollback): rollback.deployment
    case .run(let run): run.job
    }
  }

  /// Whether it is one of many that are alike.
  package var isEviction: Bool {
    if case .evict = self { true } else { false }
  }

  /// What is read before something is sent, because records do not keep it; `nil` where nothing is.
  var source: ObjectKey? {
    switch self {
    case .delete, .evict, .patch: nil
    case .rollBack(let rollback): rollback.replicaSet
    case .run(let run): run.cronJob
    }
  }

  /// What the step does, as a sentence without its subject.
  package var summary: String {
    switch self {
    case .delete(let key, _, let grace):
      grace == 0 ? "Delete \(key) at once, without its kubelet" : "Delete \(key)"
    case .evict(let key, _): "Evict \(key)"
    case .patch(let key, _, let subresource, _):
      subresource.isEmpty ? "Patch \(key)" : "Patch \(subresource) of \(key)"
    case .rollBack(let rollback):
      "Give \(rollback.deployment) the Pod template of ReplicaSet \(rollback.replicaSet.name)"
    case .run(let run): "Create \(run.job) after the template of CronJob \(run.cronJob.name)"
    }
  }

  /// What must still hold for the server to carry it out.
  package var precondition: String {
    switch self {
    case .delete(_, let uid, _): "uid is \(uid)"
    case .evict(_, let uid): "uid is \(uid), and its disruption budgets let it go"
    case .patch(_, .json, _, _): "uid and the tested values are as shown"
    case .patch: "uid is as shown"
    case .rollBack(let rollback):
      "the Deployment is at generation \(rollback.generation), its uid is \(rollback.uid) and "
        + "the ReplicaSet's \(rollback.replicaSetUID)"
    case .run(let run): "the CronJob's uid is \(run.uid), and there is no such Job"
    }
  }

  /// The same by hand.
  package func kubectlCommand(context: String) -> String {
    switch self {
    case .patch(_, _, _, let kubectl): return Self.kubectl(kubectl, context: context)
    case .delete(let key, _, let grace):
      let force = grace == 0 ? " --grace-period=0 --force" : ""
      return Self.kubectl("delete \(Self.argument(for: key))\(force)", context: context)
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
    }
  }

  /// A command of kubectl for the cluster of this context, whatever the current one is.
  static func kubectl(_ command: String, context: String) -> String {
    "kubectl --context \(quoted(context)) \(command)"
  }

  /// How kubectl is told which object: `pod cart-1 -n shop`.
  static func argument(for key: ObjectKey) -> String {
    let kind = key.kind.description.lowercased()
    let namespace = key.namespace.isEmpty ? "" : " -n \(key.namespace)"
    // Names of roles may hold nearly anything.
    return "\(kind) \(quoted(key.name))\(namespace)"
  }

  /// Quotes a word for a POSIX shell where it needs to be.
  static func quoted(_ word: String) -> String {
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
  /// A JSON patch of the object with this uid; what else must hold is tested by `operations`.
  static func json(_ operations: [JSONValue], on key: ObjectKey, uid: ObjectUID) -> HealStep {
    let test: JSONValue = [
      "op": "test", "path": "/metadata/uid", "value": .string(uid.description),
    ]
    let patch = JSONValue.array([test] + operations)
    let text = String(decoding: patch.encoded(), as: UTF8.self)
    return .patch(
      key,
      .json(patch),
      kubectl: "patch \(argument(for: key)) --type=json -p \(quoted(text))"
    )
  }
}

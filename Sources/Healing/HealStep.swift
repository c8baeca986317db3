package import KubernetesClient
package import KubernetesObjects
import WireFormats

/// One call of a plan, with the precondition that makes it safe.
package enum HealStep: Sendable, Equatable {
  /// Deletes the object, if it is still the one with this uid.
  case delete(ObjectKey, uid: ObjectUID, gracePeriodSeconds: Int? = nil)
  /// Changes the object; the patch carries its own precondition.
  case patch(ObjectKey, Patch, kubectl: String)

  package var target: ObjectKey {
    switch self {
    case .delete(let key, _, _), .patch(let key, _, _): key
    }
  }

  /// What the step does, as a sentence without its subject.
  package var summary: String {
    switch self {
    case .delete(let key, _, let grace):
      grace == 0 ? "Delete \(key) at once, without its kubelet" : "Delete \(key)"
    case .patch(let key, _, _): "Patch \(key)"
    }
  }

  /// What must still hold for the server to carry it out.
  package var precondition: String {
    switch self {
    case .delete(_, let uid, _): "uid is \(uid)"
    case .patch(_, .json, _): "uid and the removed value are as shown"
    case .patch: "uid is as shown"
    }
  }

  /// The same by hand.
  package func kubectlCommand(context: String) -> String {
    switch self {
    case .patch(_, _, let kubectl): return Self.kubectl(kubectl, context: context)
    case .delete(let key, _, let grace):
      let force = grace == 0 ? " --grace-period=0 --force" : ""
      return Self.kubectl("delete \(Self.argument(for: key))\(force)", context: context)
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
    return "\(kind) \(key.name)\(namespace)"
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

import Healing
import KubernetesClient
import KubernetesObjects
package import WireFormats

/// An object as its API server has it.
package enum WholeObject: Sendable, Equatable {
  case object(JSONValue)
  case failed(String)
}

extension Fleet {
  /// Asks for a whole object; a Secret's values leave here only where they are to be revealed.
  package nonisolated func object(
    _ object: ClusterObject,
    revealing: Bool
  ) async -> WholeObject {
    let answer = await manifest(of: object)
    guard case .object(let whole) = answer, object.key.kind == ObjectKind("Secret") else {
      return answer
    }
    return .object(revealing ? SecretMask.revealed(whole) : SecretMask.masked(whole))
  }

  /// Asks for a whole object as its server has it, for a user who edits it: of a Secret with its
  /// values, which the user has seen then.
  package nonisolated func manifest(of object: ClusterObject) async -> WholeObject {
    guard let monitor = await readableMonitor(of: object.cluster),
      let resource = await monitor.resource(of: object.key.kind)
    else { return .failed("\(object.cluster) serves no \(object.key.kind).") }
    do {
      return .object(try await monitor.source.object(object.key, of: resource))
    } catch .cancelled {
      return .failed("Nobody has it whole: of snapshots only what checks read is kept.")
    } catch {
      return .failed(error.description)
    }
  }
}

/// What is shown of a Secret.
enum SecretMask {
  /// Its other copy: who applies Secrets with kubectl leaves them in an annotation, too.
  private static let copy = "kubectl.kubernetes.io/last-applied-configuration"

  /// A Secret that tells how long its values are, and nothing else of them.
  static func masked(_ secret: JSONValue) -> JSONValue {
    changed(secret) { value in
      let count = Base64.decode(value.utf8)?.count ?? value.utf8.count
      return "•••••• (\(count) bytes; x shows them)"
    }
  }

  /// A Secret with its values as texts, where they are such.
  static func revealed(_ secret: JSONValue) -> JSONValue {
    changed(secret) { value in
      guard let bytes = Base64.decode(value.utf8) else { return value }
      return String(validating: bytes, as: UTF8.self) ?? "(\(bytes.count) bytes that are no text)"
    }
  }

  private static func changed(
    _ secret: JSONValue,
    _ change: (String) -> String
  ) -> JSONValue {
    var secret = secret
    for (key, value) in secret["data"]?.objectValue ?? [:] {
      secret[path: "data", key] = .string(change(value.stringValue ?? ""))
    }
    if secret[path: "metadata", "annotations", copy] != nil {
      secret[path: "metadata", "annotations", copy] = "•••••• (holds the values once more)"
    }
    return secret
  }
}

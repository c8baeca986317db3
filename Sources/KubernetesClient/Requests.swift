package import KubernetesObjects
package import WireFormats

/// What a deletion asks for (`meta.v1.DeleteOptions`).
package struct DeleteOptions: Sendable, Equatable {
  package enum Propagation: String, Sendable {
    case background = "Background"
    case foreground = "Foreground"
    case orphan = "Orphan"
  }

  /// Delete only the object with this uid.
  package var uid: String?
  /// Delete only the object at this version.
  package var resourceVersion: String?
  /// Seconds until the object is gone; 0 means at once.
  package var gracePeriodSeconds: Int?
  package var propagationPolicy: Propagation?

  package init(
    uid: String? = nil,
    resourceVersion: String? = nil,
    gracePeriodSeconds: Int? = nil,
    propagationPolicy: Propagation? = nil
  ) {
    self.uid = uid
    self.resourceVersion = resourceVersion
    self.gracePeriodSeconds = gracePeriodSeconds
    self.propagationPolicy = propagationPolicy
  }

  var body: JSONValue {
    var body: JSONValue = ["kind": "DeleteOptions", "apiVersion": "v1"]
    if let uid { body[path: "preconditions", "uid"] = .string(uid) }
    if let resourceVersion {
      body[path: "preconditions", "resourceVersion"] = .string(resourceVersion)
    }
    body["gracePeriodSeconds"] = gracePeriodSeconds.map { .integer(Int64($0)) }
    body["propagationPolicy"] = propagationPolicy.map { .string($0.rawValue) }
    return body
  }
}

/// A deletion of a Pod that asks its disruption budgets first (`policy/v1`).
package enum Eviction {
  /// The part of a Pod that it is posted to.
  package static let subresource = "eviction"

  /// What is posted to the Pod's `eviction`: it ends the Pod only if it has this uid.
  package static func body(of pod: ObjectKey, uid: String) -> JSONValue {
    [
      "apiVersion": "policy/v1", "kind": "Eviction",
      "metadata": ["name": .string(pod.name), "namespace": .string(pod.namespace)],
      "deleteOptions": ["preconditions": ["uid": .string(uid)]],
    ]
  }
}

/// A change to an object, in one of the forms that the API server takes.
package enum Patch: Sendable, Equatable {
  /// RFC 7386.
  case merge(JSONValue)
  /// RFC 6902.
  case json(JSONValue)
  /// Kubernetes' own, which knows how lists of a kind are merged.
  case strategicMerge(JSONValue)

  var contentType: String {
    switch self {
    case .merge: "application/merge-patch+json"
    case .json: "application/json-patch+json"
    case .strategicMerge: "application/strategic-merge-patch+json"
    }
  }

  var body: JSONValue {
    switch self {
    case .merge(let body), .json(let body), .strategicMerge(let body): body
    }
  }
}

/// With what a watch begins.
package enum WatchStart: Sendable, Equatable {
  /// With the first change after this version.
  case version(String)
  /// With every object that there is, and a bookmark that ends them (KEP-3157).
  case initialEvents
}

/// The query of a URL.
struct Query {
  private(set) var text = ""

  mutating func add(_ name: String, _ value: String) {
    text += (text.isEmpty ? "?" : "&") + name + "=" + Self.encoded(value)
  }

  /// Encodes all but RFC 3986's unreserved characters.
  private static func encoded(_ value: String) -> String {
    value.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      guard
        character.isASCII
          && (character.isLetter || character.isNumber || "-._~".contains(character))
      else {
        let digits = String(byte, radix: 16, uppercase: true)
        return digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
      return String(character)
    }.joined()
  }
}

package import KubernetesObjects
package import WireFormats

/// What a user may do in one namespace, as a `SelfSubjectRulesReview` tells it.
///
/// Authorizers that cannot list their rules leave them out, and say so.
package struct NamespaceRules: Sendable, Equatable {
  /// What the rules say of something.
  package enum Verdict: Sendable {
    case allowed
    case forbidden
    /// No rule allows it, but not all of them were told.
    case unknown
  }

  private struct Rule: Equatable {
    let verbs: Set<String>
    let groups: Set<String>
    let resources: Set<String>

    func allows(_ verb: String, _ resource: APIResource) -> Bool {
      Self.has(verbs, verb) && Self.has(groups, resource.kind.group)
        && Self.has(resources, resource.plural)
    }

    private static func has(_ allowed: Set<String>, _ asked: String) -> Bool {
      allowed.contains(asked) || allowed.contains("*")
    }
  }

  private let rules: [Rule]
  private let isIncomplete: Bool

  /// Of which nothing is told.
  package static let untold = NamespaceRules(reading: ["incomplete": true])

  /// Reads the `status` of a review; rules for objects of certain names allow no list.
  package init(reading status: JSONValue) {
    func texts(_ value: JSONValue?) -> Set<String> {
      Set((value?.arrayValue ?? []).compactMap(\.stringValue))
    }
    rules = (status["resourceRules"]?.arrayValue ?? []).compactMap { rule in
      guard texts(rule["resourceNames"]).isEmpty else { return nil }
      return Rule(
        verbs: texts(rule["verbs"]),
        groups: texts(rule["apiGroups"]),
        resources: texts(rule["resources"])
      )
    }
    isIncomplete = status["incomplete"]?.booleanValue ?? true
  }

  /// Whether all of the verbs may be used on the objects of a resource.
  package func verdict(on verbs: [String], of resource: APIResource) -> Verdict {
    if verbs.allSatisfy({ verb in rules.contains { $0.allows(verb, resource) } }) {
      return .allowed
    }
    return isIncomplete ? .unknown : .forbidden
  }
}

extension KubernetesClient {
  /// Asks the server what the user may do in a namespace (`SelfSubjectRulesReview`).
  package func rules(in namespace: String) async throws(KubernetesError) -> NamespaceRules {
    let review: JSONValue = [
      "apiVersion": "authorization.k8s.io/v1",
      "kind": "SelfSubjectRulesReview",
      "spec": ["namespace": .string(namespace)],
    ]
    let path = "/apis/authorization.k8s.io/v1/selfsubjectrulesreviews"
    return NamespaceRules(reading: try await post(review, to: path)["status"] ?? [:])
  }
}

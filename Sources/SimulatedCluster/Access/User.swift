import WireFormats

/// Somebody whom the server knows by a token, and what that one may do.
package struct User: Sendable, Equatable {
  package var name: String
  package var uid: String
  package var groups: [String]
  package var rules: [AccessRule]
  /// Whether a review of rules tells them: an authorizer behind a webhook cannot.
  package var hasTellableRules = true

  package init(
    _ name: String,
    uid: String = "1",
    groups: [String] = [],
    rules: [AccessRule] = []
  ) {
    self.name = name
    self.uid = uid
    self.groups = groups
    self.rules = rules
  }

  /// May do everything.
  package static let administrator = User(
    "patrol",
    groups: ["system:masters"],
    rules: [
      AccessRule(verbs: ["*"], apiGroups: ["*"], resources: ["*"]),
      AccessRule(verbs: ["*"], nonResourceURLs: ["*"]),
    ]
  )

  func may(_ request: RequestAttributes) -> Bool {
    (rules + Self.everybodysRules).contains { $0.allows(request) }
  }

  /// The rules that hold in a namespace, and those that everybody has, as far as a review tells them.
  func toldRules(in namespace: String) -> [AccessRule] {
    rules.filter { hasTellableRules && $0.namespaces?.contains(namespace) ?? true }
      + Self.everybodysRules
  }

  var userInfo: JSONValue {
    [
      "username": .string(name), "uid": .string(uid),
      "groups": .array((groups + ["system:authenticated"]).map { .string($0) }),
    ]
  }

  /// What every authenticated user may: ask about oneself, and look at what the API consists of.
  private static let everybodysRules = [
    AccessRule(
      verbs: ["create"],
      apiGroups: ["authorization.k8s.io"],
      resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]
    ),
    AccessRule(
      verbs: ["create"],
      apiGroups: ["authentication.k8s.io"],
      resources: ["selfsubjectreviews"]
    ),
    AccessRule(
      verbs: ["get"],
      nonResourceURLs: ["/healthz", "/livez", "/readyz", "/version", "/version/"]
    ),
    AccessRule(verbs: ["get"], nonResourceURLs: ["/.well-known", "/.well-known/*"]),
    AccessRule(
      verbs: ["get"],
      nonResourceURLs: [
        "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*",
        "/readyz", "/version", "/version/",
      ]
    ),
  ]
}

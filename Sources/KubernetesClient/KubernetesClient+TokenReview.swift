import WireFormats

/// Whom the server takes the bearer of a token for (`authentication.k8s.io/v1` `UserInfo`).
package struct ReviewedUser: Sendable, Equatable {
  package let name: String
  package let uid: String
  package let groups: [String]
  /// What else authenticators told, as it is handed on.
  let extra: [String: [String]]

  package init(name: String, uid: String, groups: [String], extra: [String: [String]]) {
    self.name = name
    self.uid = uid
    self.groups = groups
    self.extra = extra
  }
}

extension KubernetesClient {
  /// Asks the server whose token this is (`TokenReview`); `nil` where it is nobody's, or is meant for others
  /// than this audience; without one it must be meant for the API server.
  package func user(
    ofToken token: String,
    for audience: String?
  ) async throws(KubernetesError) -> ReviewedUser? {
    var spec: JSONValue = ["token": .string(token)]
    if let audience { spec["audiences"] = [.string(audience)] }
    let review: JSONValue = [
      "apiVersion": "authentication.k8s.io/v1", "kind": "TokenReview", "spec": spec,
    ]
    let status = try await post(review, to: "/apis/authentication.k8s.io/v1/tokenreviews")["status"]
    guard status?["authenticated"]?.booleanValue == true, let user = status?["user"],
      let name = user["username"]?.stringValue, !name.isEmpty
    else { return nil }
    return ReviewedUser(
      name: name,
      uid: user["uid"]?.stringValue ?? "",
      groups: user["groups"]?.strings ?? [],
      extra: (user["extra"]?.objectValue ?? [:]).mapValues(\.strings)
    )
  }

  /// Asks the server whether a user may use a verb, as `get`, on a path that is no resource's
  /// (`SubjectAccessReview`).
  package func may(
    _ user: ReviewedUser,
    _ verb: String,
    path: String
  ) async throws(KubernetesError) -> AccessAnswer {
    let review: JSONValue = [
      "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
      "spec": [
        "user": .string(user.name), "uid": .string(user.uid),
        "groups": .array(user.groups.map { .string($0) }),
        "extra": .object(user.extra.mapValues { .array($0.map { .string($0) }) }),
        "nonResourceAttributes": ["path": .string(path), "verb": .string(verb)],
      ],
    ]
    let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews"
    return AccessAnswer(status: try await post(review, to: path)["status"])
  }
}

extension AccessAnswer {
  /// Reads the status of a review.
  init(status: JSONValue?) {
    self.init(
      isAllowed: status?["allowed"]?.booleanValue ?? false,
      reason: status?["reason"]?.stringValue ?? ""
    )
  }
}

extension JSONValue {
  fileprivate var strings: [String] { (arrayValue ?? []).compactMap(\.stringValue) }
}

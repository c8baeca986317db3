import WireFormats

/// Answers the reviews that ask who one is and what one may do.
struct Reviewing: Sendable {
  let clock: SimulatedClock
  let access: Access

  /// `nil`: the resource is no review.
  func answer(
    _ request: APIRequest,
    _ resource: ServedResource,
    by user: User
  ) throws(APIFailure) -> APIResponse? {
    guard resource.verbs == ["create"] else { return nil }
    guard request.method == "POST" else { throw .methodNotAllowed }
    let isBinary = request.headers["content-type"]?.contains("protobuf") ?? false
    let sent = isBinary ? [:] : try RequestBody.object(request, of: resource)
    let spec =
      isBinary
      ? ReviewSpec(ProtobufMessage(enveloped: request.body), kind: resource.kind)
      : ReviewSpec(json: sent["spec"] ?? [:])
    var review: JSONValue = [
      "kind": .string(resource.kind), "apiVersion": .string(resource.apiVersion),
      "metadata": sent["metadata"] ?? [:], "spec": spec.json,
    ]
    switch resource.kind {
    case "SelfSubjectReview":
      review["spec"] = nil
      review[path: "metadata", "creationTimestamp"] = .string(clock.timestamp)
      review["status"] = ["userInfo": user.userInfo]
    case "TokenReview":
      review["status"] = status(ofToken: spec.json["token"]?.stringValue ?? "")
    case "SelfSubjectRulesReview":
      let namespace = spec.json["namespace"]?.stringValue ?? ""
      // The real answer does not repeat what was asked.
      review["spec"] = [:]
      review["status"] = rules(of: user, in: namespace)
    case "SelfSubjectAccessReview":
      review["status"] = status(of: user, spec.attributes)
    default:
      let subject = access.user(named: spec.json["user"]?.stringValue ?? "")
      review["status"] = status(of: subject, spec.attributes)
    }
    return .json(review, status: 201)
  }

  private func status(of user: User, _ request: RequestAttributes) -> JSONValue {
    ["allowed": .boolean(user.may(request))]
  }

  private func status(ofToken token: String) -> JSONValue {
    guard let user = access.user(withToken: token) else {
      return ["user": [:], "error": "invalid bearer token"]
    }
    return ["authenticated": true, "user": user.userInfo]
  }

  private func rules(of user: User, in namespace: String) -> JSONValue {
    let rules = user.toldRules(in: namespace)
    let resourceRules = rules.filter { !$0.resources.isEmpty }.map { rule -> JSONValue in
      var json: JSONValue = [
        "verbs": texts(rule.verbs), "apiGroups": texts(rule.apiGroups),
        "resources": texts(rule.resources),
      ]
      if !rule.resourceNames.isEmpty { json["resourceNames"] = texts(rule.resourceNames) }
      return json
    }
    let nonResourceRules = rules.filter { !$0.nonResourceURLs.isEmpty }.map { rule -> JSONValue in
      ["verbs": texts(rule.verbs), "nonResourceURLs": texts(rule.nonResourceURLs)]
    }
    var told: JSONValue = [
      "resourceRules": .array(resourceRules), "nonResourceRules": .array(nonResourceRules),
      "incomplete": .boolean(!user.hasTellableRules),
    ]
    if !user.hasTellableRules {
      told["evaluationError"] = "webhook authorizer does not support user rule resolution"
    }
    return told
  }

  private func texts(_ strings: [String]) -> JSONValue {
    .array(strings.map { .string($0) })
  }
}

import WireFormats

/// Answers the reviews that ask who one is and what one may do: everything is allowed here.
struct Reviewing: Sendable {
  let clock: SimulatedClock

  /// `nil`: the resource is no review.
  func answer(
    _ request: APIRequest,
    _ resource: ServedResource
  ) throws(APIFailure) -> APIResponse? {
    guard resource.verbs == ["create"] else { return nil }
    guard request.method == "POST" else { throw .methodNotAllowed }
    // kubectl sends reviews as protobuf; the answer is the same whatever they ask.
    let isBinary = request.headers["content-type"]?.contains("protobuf") ?? false
    let sent = isBinary ? [:] : try RequestBody.object(request, of: resource)
    var review: JSONValue = [
      "kind": .string(resource.kind), "apiVersion": .string(resource.apiVersion),
      "metadata": sent["metadata"] ?? [:], "spec": sent["spec"] ?? [:],
    ]
    switch resource.kind {
    case "SelfSubjectReview":
      review["spec"] = nil
      review[path: "metadata", "creationTimestamp"] = .string(clock.timestamp)
      review["status"] = ["userInfo": user]
    case "TokenReview":
      review["status"] = ["authenticated": true, "user": user]
    case "SelfSubjectRulesReview":
      review["status"] = [
        "resourceRules": [["verbs": ["*"], "apiGroups": ["*"], "resources": ["*"]]],
        "nonResourceRules": [["verbs": ["*"], "nonResourceURLs": ["*"]]],
        "incomplete": false,
      ]
    default:
      review["status"] = ["allowed": true]
    }
    return .json(review, status: 201)
  }

  private var user: JSONValue {
    ["username": "patrol", "uid": "1", "groups": ["system:masters", "system:authenticated"]]
  }
}

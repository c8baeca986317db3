import WireFormats

/// What a user hears who may not do something.
extension APIResponse {
  static func denied(_ user: User, _ request: RequestAttributes) -> APIResponse {
    var response = failure(.denied(user, request))
    response.headers.append(("X-Content-Type-Options", "nosniff"))
    return response
  }
}

extension APIFailure {
  fileprivate static func denied(_ user: User, _ request: RequestAttributes) -> APIFailure {
    guard let resource = request.resource, let qualified = request.qualifiedResource else {
      return APIFailure(
        403,
        "Forbidden",
        "forbidden: User \"\(user.name)\" cannot \(request.verb) path \"\(request.path)\"",
        details: [:]
      )
    }
    let whole = request.subresource.map { "\(resource)/\($0)" } ?? resource
    let scope = request.namespace.map { "in the namespace \"\($0)\"" } ?? "at the cluster scope"
    let subject = request.name.map { "\(qualified) \"\($0)\"" } ?? qualified
    return APIFailure(
      403,
      "Forbidden",
      "\(subject) is forbidden: User \"\(user.name)\" cannot \(request.verb) resource \"\(whole)\" "
        + "in API group \"\(request.group)\" \(scope)",
      details: .object(details(of: request, resource))
    )
  }

  private static func details(
    of request: RequestAttributes,
    _ resource: String
  ) -> [String: JSONValue] {
    var details: [String: JSONValue] = ["kind": .string(resource)]
    if let name = request.name { details["name"] = .string(name) }
    if !request.group.isEmpty { details["group"] = .string(request.group) }
    return details
  }
}

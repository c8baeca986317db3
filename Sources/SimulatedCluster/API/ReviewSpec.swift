import WireFormats

/// What a review asks, whether it came as JSON or as protobuf.
struct ReviewSpec {
  /// The `spec` as it goes back to the client.
  let json: JSONValue

  init(json: JSONValue) {
    self.json = json
  }

  init(_ message: ProtobufMessage?, kind: String) {
    guard let spec = message?.message(2) else {
      json = [:]
      return
    }
    var json: JSONValue = [:]
    switch kind {
    case "SelfSubjectRulesReview": json["namespace"] = Self.string(spec.text(1))
    case "TokenReview": json["token"] = Self.string(spec.text(1))
    default:
      if let resource = spec.message(1) {
        json["resourceAttributes"] = Self.members(resource, Self.resourceFields)
      }
      if let other = spec.message(2) {
        json["nonResourceAttributes"] = Self.members(other, [1: "path", 2: "verb"])
      }
      if kind != "SelfSubjectAccessReview" { json["user"] = Self.string(spec.text(3)) }
    }
    self.json = json
  }

  /// The request that the review is about.
  var attributes: RequestAttributes {
    let resource = json["resourceAttributes"]
    let other = json["nonResourceAttributes"]
    func text(_ member: String) -> String? {
      let text = resource?[member]?.stringValue ?? ""
      return text.isEmpty ? nil : text
    }
    return RequestAttributes(
      verb: (resource ?? other)?["verb"]?.stringValue ?? "",
      path: other?["path"]?.stringValue ?? "",
      group: text("group") ?? "",
      resource: resource == nil ? nil : text("resource") ?? "",
      subresource: text("subresource"),
      namespace: text("namespace"),
      name: text("name")
    )
  }

  private static let resourceFields = [
    1: "namespace", 2: "verb", 3: "group", 4: "version", 5: "resource", 6: "subresource",
    7: "name",
  ]

  private static func members(_ message: ProtobufMessage, _ names: [Int: String]) -> JSONValue {
    var members: JSONValue = [:]
    for (number, name) in names {
      guard let text = message.text(number), !text.isEmpty else { continue }
      members[name] = .string(text)
    }
    return members
  }

  private static func string(_ text: String?) -> JSONValue? {
    text.map { .string($0) }
  }
}

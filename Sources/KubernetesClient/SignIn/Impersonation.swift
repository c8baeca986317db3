import HTTP

/// As whom we act, where not as ourselves.
package struct Impersonation: Sendable, Equatable {
  package var user: String
  package var uid: String?
  package var groups: [String]
  package var extra: [String: [String]]

  package init(
    user: String,
    uid: String? = nil,
    groups: [String] = [],
    extra: [String: [String]] = [:]
  ) {
    self.user = user
    self.uid = uid
    self.groups = groups
    self.extra = extra
  }

  /// The header fields that tell the API server.
  var fields: [(name: String, value: String)] {
    var fields = [(name: "Impersonate-User", value: user)]
    if let uid { fields.append(("Impersonate-Uid", uid)) }
    fields += groups.map { ("Impersonate-Group", $0) }
    for (key, values) in extra.sorted(by: { $0.key < $1.key }) {
      fields += values.map { ("Impersonate-Extra-" + Self.escaped(key), $0) }
    }
    return fields
  }

  /// Encodes what the name of a header field may not have, and `%` (RFC 9110 §5.6.2).
  private static func escaped(_ key: String) -> String {
    key.utf8.map { byte in
      let character = Character(Unicode.Scalar(byte))
      let isPlain =
        byte < 0x80
        && (character.isLetter || character.isNumber || "!#$&'*+-.^_`|~".contains(character))
      guard !isPlain else { return String(character) }
      let digits = String(byte, radix: 16, uppercase: true)
      return "%" + (digits.count < 2 ? "0" : "") + digits
    }.joined()
  }
}

extension Impersonation {
  /// Reads a user's entry; `nil` where it acts as itself.
  init?(_ fields: YAMLFields) throws(KubeconfigError) {
    user = try fields.string("as") ?? ""
    uid = try fields.text("as-uid")
    groups = try fields.strings("as-groups")
    extra = [:]
    if let extraFields = try fields.map("as-user-extra") {
      for name in extraFields.names { extra[name] = try extraFields.strings(name) }
    }
    guard !user.isEmpty || uid != nil || !groups.isEmpty || !extra.isEmpty else { return nil }
  }
}

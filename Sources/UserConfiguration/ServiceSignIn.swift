import YAMLReading

/// How services are signed in to, which is said alike of all.
extension SettingsReader {
  /// Where a token is: `tokenFile` or `tokenCommand`.
  mutating func token(_ field: String, _ value: YAMLValue) -> InventorySource.Token? {
    field == "tokenFile"
      ? filePath(value).map { .file($0) } : command(value).map { .command($0) }
  }

  /// Tells of two fields that exclude each other.
  mutating func noteTwo(_ left: String, _ right: String, in value: YAMLValue) {
    guard value.value(left) != nil, value.value(right) != nil else { return }
    note(value.place, "\(left) and \(right) exclude each other")
  }
}

extension SettingsText {
  /// A field and its value, as YAML.
  typealias Field = (key: String, value: String)

  /// Where a token is, never the token, how it is sent, and by which authority the service is known.
  static func signIn(
    _ token: InventorySource.Token?,
    scheme: String? = nil,
    authority: String? = nil
  ) -> [Field] {
    var fields: [Field] = []
    switch token {
    case .file(let path): fields.append(("tokenFile", QuotedText.quoted(path)))
    case .command(let words): fields.append(("tokenCommand", list(words)))
    case .text, nil: break
    }
    if token != nil, let scheme { fields.append(("tokenScheme", QuotedText.quoted(scheme))) }
    if let authority { fields.append(("certificateAuthority", QuotedText.quoted(authority))) }
    return fields
  }

  /// The lines of a list's element.
  static func element(_ fields: [(String, String)]) -> [String] {
    fields.enumerated().map { index, field in
      "\(index == 0 ? "  - " : "    ")\(field.0): \(field.1)"
    }
  }
}

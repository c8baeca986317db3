import WireFormats

/// RFC 7386: members replace members, `null` removes.
enum MergePatch {
  static func apply(_ patch: JSONValue, to value: JSONValue) -> JSONValue {
    guard case .object(let members) = patch else { return patch }
    var result: JSONValue = value.objectValue == nil ? [:] : value
    for (key, member) in members {
      if member == .null {
        result[key] = nil
      } else {
        result[key] = apply(member, to: result[key] ?? .null)
      }
    }
    return result
  }
}

import WireFormats

/// A path in a JSON document (RFC 6901).
struct JSONPointer: Hashable, Comparable, CustomStringConvertible {
  let parts: [String]

  init(_ parts: [String]) { self.parts = parts }

  init?(_ text: String) {
    guard text.isEmpty || text.hasPrefix("/") else { return nil }
    parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst().map { part in
      part.split(separator: "~1", omittingEmptySubsequences: false).joined(separator: "/")
        .split(separator: "~0", omittingEmptySubsequences: false).joined(separator: "~")
    }
  }

  var description: String {
    parts.map { part in
      "/"
        + part.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
        .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
    }.joined()
  }

  /// The path as people write it: `spec.unschedulable`.
  var words: String { parts.joined(separator: ".") }

  func appending(_ part: String) -> JSONPointer { JSONPointer(parts + [part]) }

  func value(in document: JSONValue) -> JSONValue? {
    parts.reduce(Optional(document)) { value, part in
      value.flatMap { value in value[part] ?? Int(part).flatMap { value[$0] } }
    }
  }

  static func < (left: Self, right: Self) -> Bool {
    left.parts.lexicographicallyPrecedes(right.parts)
  }
}

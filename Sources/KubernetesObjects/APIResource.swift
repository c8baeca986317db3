/// A resource that an API server serves, as discovery tells it.
package struct APIResource: Hashable, Sendable {
  package let kind: ObjectKind
  package let version: String
  /// The name in paths: `pods`.
  package let plural: String
  package let singular: String
  package let isNamespaced: Bool
  package let verbs: [String]
  package let shortNames: [String]

  package init(
    kind: ObjectKind,
    version: String,
    plural: String,
    singular: String = "",
    isNamespaced: Bool,
    verbs: [String] = [],
    shortNames: [String] = []
  ) {
    self.kind = kind
    self.version = version
    self.plural = plural
    self.singular = singular
    self.isNamespaced = isNamespaced
    self.verbs = verbs
    self.shortNames = shortNames
  }

  /// `v1`, `apps/v1`.
  package var apiVersion: String { kind.group.isEmpty ? version : "\(kind.group)/\(version)" }

  /// What kubectl calls it: `pods`, `deployments.apps`.
  package var qualifiedPlural: String {
    kind.group.isEmpty ? plural : "\(plural).\(kind.group)"
  }

  /// Whether the server lets the resource be listed and then watched.
  package var isWatchable: Bool { verbs.contains("list") && verbs.contains("watch") }

  /// The path of all objects, of a namespace's, of one, or of one's subresource.
  package func path(
    namespace: String? = nil,
    name: String? = nil,
    subresource: String? = nil
  ) -> String {
    var parts = kind.group.isEmpty ? ["api", version] : ["apis", kind.group, version]
    if isNamespaced, let namespace, !namespace.isEmpty { parts += ["namespaces", namespace] }
    parts.append(plural)
    parts += [name, subresource].compactMap(\.self)
    return parts.map { "/" + Self.percentEncoded($0) }.joined()
  }

  /// Encodes all but RFC 3986's unreserved characters and the colon that RBAC names hold.
  private static func percentEncoded(_ segment: String) -> String {
    var encoded = ""
    for byte in segment.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"), UInt8(ascii: ":"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let digits = String(byte, radix: 16, uppercase: true)
        encoded += digits.count == 1 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return encoded
  }
}

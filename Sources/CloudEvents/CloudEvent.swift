package import WireFormats

/// An event as CloudEvents 1.0 defines it.
package struct CloudEvent: Sendable, Hashable {
  /// What an event carries.
  package enum Payload: Sendable, Hashable {
    case json(JSONValue)
    case bytes([UInt8])
  }

  /// The one version of the specification that is written and read.
  package static let version = "1.0"

  /// With the source the same for an event that is sent again, and for no other.
  package var id: String
  /// Where it happened, a reference to a URI.
  package var source: String
  package var type: String
  package var subject: String?
  /// When it happened (RFC 3339).
  package var time: String?
  package var dataContentType: String?
  package var dataSchema: String?
  /// Attributes of nobody's but ours; names are small letters and digits.
  package var extensions: [String: String] = [:]
  package var data: Payload?

  package init(id: String, source: String, type: String, data: Payload? = nil) {
    self.id = id
    self.source = source
    self.type = type
    self.data = data
    if case .json = data { dataContentType = "application/json" }
  }

  /// The attributes that the specification itself names; all others are extensions.
  package static let ownAttributes: Set<String> = [
    "datacontenttype", "dataschema", "id", "source", "specversion", "subject", "time", "type",
  ]

  /// All attributes but the type of the content, as they are written.
  var attributes: [(name: String, value: String)] {
    let optional = [("subject", subject), ("time", time), ("dataschema", dataSchema)]
    return [("specversion", Self.version), ("id", id), ("source", source), ("type", type)]
      + optional.compactMap { name, value in value.map { (name, $0) } }
      + extensions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether a text may be the name of an attribute.
  package static func isName(_ text: String) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    let digits = UInt8(ascii: "0")...UInt8(ascii: "9")
    return !text.isEmpty && text.utf8.allSatisfy { letters ~= $0 || digits ~= $0 }
  }
}

/// What was wrong with something that should be an event.
package struct EventProblem: Error, Equatable, Sendable, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

import WireFormats

/// How an IPAM is told that nobody has an address any more: by a request to the URL of its record.
///
/// In the texts `{address}`, `{id}` and `{state}` stand for what the record says.
package struct ReleaseRule: Hashable, Sendable {
  package enum Method: String, Sendable, CaseIterable {
    case delete = "DELETE"
    case patch = "PATCH"
    case post = "POST"
    case put = "PUT"
  }

  package var method: Method
  /// Where the record is read and changed.
  package var url: String
  /// The JSON that is sent; empty where nothing is.
  package var body = ""
  /// What is sent in the same way to take it back; empty where that cannot be done so.
  package var undo = ""
  /// The word before the token in the header `Authorization`; empty where no token is sent.
  package var tokenScheme = ""
  /// A file of certificates that are trusted instead of the system's; empty for the system's.
  package var certificateAuthority = ""

  package init(_ method: Method, _ url: String) {
    self.method = method
    self.url = url
  }

  /// What may stand for a record's own values.
  package static let placeholders = ["address", "id", "state"]
}

/// One address of an IPAM that is to be released.
package struct AddressRelease: Hashable, Sendable {
  package let inventory: String
  package let address: IPAddress
  /// The cluster that it must still be allocated to.
  package let cluster: String
  /// The request, with the record's own values in it.
  package let request: ReleaseRule

  /// Fails where the record does not have what the rule needs.
  package init?(_ rule: ReleaseRule, of address: IPAddress, _ allocation: AddressAllocation) {
    let values = [
      "address": address.description, "id": allocation.id, "state": allocation.state,
    ]
    let texts = [rule.url, rule.body]
    let lacking = values.filter { $0.value.isEmpty }.keys
    guard !lacking.contains(where: { name in texts.contains { $0.contains("{\(name)}") } }) else {
      return nil
    }
    func fill(_ text: String, _ written: (String) -> String) -> String {
      var filled = ""
      var rest = Substring(text)
      while let start = rest.firstIndex(of: "{") {
        filled += rest[..<start]
        rest = rest[start...]
        if let value = values.first(where: { rest.hasPrefix("{\($0.key)}") }) {
          filled += written(value.value)
          rest = rest.dropFirst(value.key.count + 2)
        } else {
          filled.append(rest.removeFirst())
        }
      }
      return filled + rest
    }
    inventory = allocation.inventory
    self.address = address
    cluster = allocation.cluster
    var request = rule
    request.url = fill(rule.url, Self.percentEncoded)
    request.body = fill(rule.body, Self.escaped)
    request.undo = fill(rule.undo, Self.escaped)
    self.request = request
  }

  /// The text as a part of a URL's path or query.
  private static func percentEncoded(_ text: String) -> String {
    let digits = Array("0123456789ABCDEF")
    return text.utf8.reduce(into: "") { encoded, byte in
      let isPlain =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-._~".utf8.contains(byte)
      if isPlain {
        encoded.append(Character(Unicode.Scalar(byte)))
      } else {
        encoded += "%\(digits[Int(byte >> 4)])\(digits[Int(byte & 15)])"
      }
    }
  }

  /// The text as a part of a string of JSON.
  private static func escaped(_ text: String) -> String {
    let encoded = JSONValue.string(text).encoded().dropFirst().dropLast()
    return String(decoding: encoded, as: UTF8.self)
  }
}

/// Where events of KPatrol come from.
package enum EventSource {
  /// All that happens in a cluster, whoever of several agents tells it: `/kpatrol/clusters/prod`.
  package static func cluster(_ name: String) -> String {
    "/kpatrol/clusters/\(pathPart(name))"
  }

  /// A name as a part of a URI's path.
  private static func pathPart(_ text: String) -> String {
    text.utf8.map { byte in
      let isPlain =
        UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20
        || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte || "-._~".utf8.contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain
        ? String(Unicode.Scalar(byte)) : "%" + (digits.utf8.count == 1 ? "0" : "") + digits
    }.joined()
  }
}

import CEL

/// An absolute URL or path, read as Kubernetes' API server reads it.
final class URLValue: CELOpaqueValue, CELConvertible {
  static let name = "kubernetes.URL"

  let text: String
  let scheme: String
  /// The host with its port, as it is written.
  let host: String
  let path: String
  let query: String

  static var celType: CELType { .opaque(name) }

  convenience init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let url = opaque as? URLValue else { return nil }
    self.init(copying: url)
  }

  private init(copying other: URLValue) {
    text = other.text
    scheme = other.scheme
    host = other.host
    path = other.path
    query = other.query
  }

  var celValue: CELValue { .opaque(self) }
  var typeName: String { Self.name }

  func isEqual(to other: any CELOpaqueValue) -> Bool {
    (other as? URLValue).map { $0.text.isSameText(as: text) } ?? false
  }

  init(parsing text: String) throws(CELError) {
    guard text.utf8.count <= 8192, !text.isEmpty,
      !text.utf8.contains(where: { $0 < 32 || $0 == 127 }),
      let (scheme, afterScheme) = Self.scheme(of: text)
    else { throw Self.invalid }
    self.text = text
    self.scheme = scheme
    let withoutFragment = afterScheme.prefix { $0 != "#" }
    let mark = withoutFragment.firstIndex(of: "?") ?? withoutFragment.endIndex
    query = String(withoutFragment[mark...].dropFirst())
    var rest = withoutFragment[..<mark]
    guard rest.hasPrefix("/") || !scheme.isEmpty else { throw Self.invalid }
    guard rest.hasPrefix("/") else {
      // An opaque URL, such as `mailto:` has, has no path.
      (host, path) = ("", "")
      return
    }
    var authority = ""[...]
    if !scheme.isEmpty, rest.hasPrefix("//") {
      let start = rest.index(rest.startIndex, offsetBy: 2)
      let slash = rest[start...].firstIndex(of: "/") ?? rest.endIndex
      authority = rest[start..<slash]
      rest = rest[slash...]
    }
    guard let host = Self.host(in: authority), let path = PercentEncoding.path(rest) else {
      throw Self.invalid
    }
    self.host = host
    self.path = path
  }

  private static let invalid = CELError(
    .invalidArgument(
      "this is no absolute URL such as https://example.com/path, and no absolute path"
    )
  )

  /// The scheme, which may be missing, and what is behind it; nil for a text with a colon but no scheme.
  private static func scheme(of text: String) -> (String, Substring)? {
    for (index, character) in zip(text.indices, text) {
      switch character {
      case "a"..."z", "A"..."Z": continue
      case "0"..."9", "+", "-", ".":
        if index == text.startIndex { return ("", text[...]) }
      case ":":
        guard index > text.startIndex else { return nil }
        return (text[..<index].lowercased(), text[text.index(after: index)...])
      default: return ("", text[...])
      }
    }
    return ("", text[...])
  }

  /// The host of an authority; nil for one that is not valid.
  private static func host(in authority: Substring) -> String? {
    var host = authority
    if let at = authority.lastIndex(of: "@") {
      guard authority[..<at].utf8.allSatisfy(PercentEncoding.isUserInformation),
        PercentEncoding.decoded(authority[..<at]) != nil
      else { return nil }
      host = authority[authority.index(after: at)...]
    }
    var port = ""[...]
    if host.hasPrefix("[") {
      guard let end = host.lastIndex(of: "]") else { return nil }
      port = host[host.index(after: end)...]
    } else if let colon = host.lastIndex(of: ":") {
      port = host[colon...]
    }
    guard
      port.isEmpty
        || port.hasPrefix(":") && port.dropFirst().utf8.allSatisfy({ (48...57).contains($0) }),
      host.utf8.allSatisfy(PercentEncoding.isHost)
    else { return nil }
    return PercentEncoding.decoded(host)
  }

  /// The host without its port, and without brackets.
  var hostname: String {
    if host.hasPrefix("["), let end = host.firstIndex(of: "]") {
      return String(host[host.index(after: host.startIndex)..<end])
    }
    return String(host.prefix { $0 != ":" })
  }

  var port: String {
    let rest = host.hasPrefix("[") ? host.drop { $0 != "]" }.dropFirst() : host.drop { $0 != ":" }
    return rest.hasPrefix(":") ? String(rest.dropFirst()) : ""
  }

  /// The query's values by their names; what cannot be read is left out.
  var parameters: [(name: String, values: [String])] {
    var order: [String] = []
    var values: [String: [String]] = [:]
    for part in query.split(separator: "&") where !part.contains(";") {
      let halves = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let value = halves.count > 1 ? halves[1] : ""
      guard let name = PercentEncoding.decoded(halves[0], plusIsSpace: true),
        let text = PercentEncoding.decoded(value, plusIsSpace: true)
      else { continue }
      if values[name] == nil { order.append(name) }
      values[name, default: []].append(text)
    }
    return order.map { ($0, values[$0] ?? []) }
  }
}

/// Characters of URLs that are written as their numbers.
private enum PercentEncoding {
  private static let unreserved = Set(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~".utf8
  )
  private static let inPath = unreserved.union("!$&'()*+,;=:@[]/".utf8)
  private static let inEscapedPath = unreserved.union("$&+,/:;=@".utf8)
  private static let inUserInformation = unreserved.union("!$&'()*+,;=:%@".utf8)
  private static let inHost = unreserved.union("!$&'()*+,;=:[]<>\"%".utf8)

  static func isUserInformation(_ byte: UInt8) -> Bool { inUserInformation.contains(byte) }

  static func isHost(_ byte: UInt8) -> Bool { byte >= 0x80 || inHost.contains(byte) }

  /// The text with its numbers read; nil where they are none.
  static func decoded(_ text: Substring, plusIsSpace: Bool = false) -> String? {
    var bytes: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? UInt8(ascii: " ") : byte)
        continue
      }
      guard let digits = String(rest.prefix(2)), digits.utf8.count == 2,
        digits.allSatisfy(\.isHexDigit), let value = UInt8(digits, radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// A path as it is sent: as it is written where that is valid, encoded anew where not; nil for numbers that are none.
  static func path(_ path: Substring) -> String? {
    guard let plain = decoded(path) else { return nil }
    if path.utf8.allSatisfy({ inPath.contains($0) || $0 == UInt8(ascii: "%") }) {
      return String(path)
    }
    var result = ""
    for byte in plain.utf8 {
      if inEscapedPath.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += digits.count < 2 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}

import CEL

/// A format of texts that has a name, such as `dns1123Label`.
final class NamedFormat: CELOpaqueValue, CELConvertible {
  static let typeName = "kubernetes.NamedFormat"

  let name: String
  /// What is wrong with a text; nothing if it has the format.
  let faults: @Sendable (String) -> [String]

  init(_ name: String, _ faults: @escaping @Sendable (String) -> [String]) {
    self.name = name
    self.faults = faults
  }

  static var celType: CELType { .opaque(typeName) }

  convenience init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let format = opaque as? NamedFormat else { return nil }
    self.init(format.name, format.faults)
  }

  var celValue: CELValue { .opaque(self) }
  var typeName: String { Self.typeName }
  var text: String { name }

  func isEqual(to other: any CELOpaqueValue) -> Bool {
    (other as? NamedFormat)?.name == name
  }
}

extension NamedFormat {
  /// All formats, in the order of their names.
  static let all: [NamedFormat] = [
    NamedFormat("byte") { text in
      isBase64(text) ? [] : ["it must be base64"]
    },
    NamedFormat("date") { text in
      CELTimestamp(text + "T00:00:00Z") == nil ? ["it must be a date such as 2006-01-02"] : []
    },
    NamedFormat("datetime") { text in
      CELTimestamp(text) == nil ? ["it must be a time such as 2006-01-02T15:04:05Z"] : []
    },
    NamedFormat("dns1035Label") { label($0, startsWithLetter: true) },
    NamedFormat("dns1035LabelPrefix") { label(withoutDash($0), startsWithLetter: true) },
    NamedFormat("dns1123Label") { label($0, startsWithLetter: false) },
    NamedFormat("dns1123LabelPrefix") { label(withoutDash($0), startsWithLetter: false) },
    NamedFormat("dns1123Subdomain") { subdomain($0) },
    NamedFormat("dns1123SubdomainPrefix") { subdomain(withoutDash($0)) },
    NamedFormat("labelValue") { labelValue($0) },
    NamedFormat("qualifiedName") { qualifiedName($0) },
    NamedFormat("uri") { text in
      (try? URLValue(parsing: text)) == nil ? ["it must be an absolute URL or path"] : []
    },
    NamedFormat("uuid") { text in
      isUUID(text) ? [] : ["it must be a UUID"]
    },
  ]

  /// What a generated suffix will follow may end with a dash.
  private static func withoutDash(_ text: String) -> String {
    text.utf8.count > 1 && text.hasSuffix("-") ? text.dropLast() + "a" : text
  }

  private static func isSmallOrDigit(_ byte: UInt8) -> Bool {
    (97...122).contains(byte) || (48...57).contains(byte)
  }

  private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (97...122).contains(byte | 32) || (48...57).contains(byte)
  }

  private static func isTooLong(_ text: String, _ limit: Int) -> [String] {
    text.utf8.count > limit ? ["it must be no more than \(limit) bytes"] : []
  }

  private static func isLabel(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isSmallOrDigit(first) && isSmallOrDigit(last)
      && text.utf8.allSatisfy { isSmallOrDigit($0) || $0 == 45 }
  }

  private static func label(_ text: String, startsWithLetter: Bool) -> [String] {
    let startsWell = !startsWithLetter || text.utf8.first.map { $0 > 57 } == true
    guard isLabel(text[...]), startsWell else {
      let start = startsWithLetter ? "a letter" : "a letter or digit"
      return isTooLong(text, 63) + [
        "it must be small letters, digits and “-”, from \(start) to a letter or digit"
      ]
    }
    return isTooLong(text, 63)
  }

  private static func subdomain(_ text: String) -> [String] {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.allSatisfy(isLabel) else {
      return isTooLong(text, 253) + [
        "it must be small letters, digits, “-” and “.”, and each part from a letter or digit to one"
      ]
    }
    return isTooLong(text, 253)
  }

  /// Whether letters and digits are at both ends, and they, “-”, “_” and “.” between.
  private static func isName(_ text: Substring) -> Bool {
    guard let first = text.utf8.first, let last = text.utf8.last else { return false }
    return isLetterOrDigit(first) && isLetterOrDigit(last)
      && text.utf8.allSatisfy { isLetterOrDigit($0) || [45, 46, 95].contains($0) }
  }

  private static let nameFault =
    "it must be letters, digits, “-”, “_” and “.”, from a letter or digit to one"

  private static func labelValue(_ text: String) -> [String] {
    isTooLong(text, 63) + (text.isEmpty || isName(text[...]) ? [] : [nameFault])
  }

  private static func qualifiedName(_ text: String) -> [String] {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let name = parts.last else {
      return ["it must be a name, with a DNS name and a “/” before it if wanted"]
    }
    let prefixFaults = parts.count == 2 ? subdomain(String(parts[0])) : []
    return prefixFaults + isTooLong(String(name), 63) + (isName(name) ? [] : [nameFault])
  }

  private static func isUUID(_ text: String) -> Bool {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let bytes = Array(text.utf8)
    let isPlain = parts.count == 1 && bytes.count == 32
    let isDashed = parts.map(\.utf8.count) == [8, 4, 4, 4, 12]
    return (isPlain || isDashed)
      && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isHexDigit } }
  }

  private static func isBase64(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    let content = bytes.prefix { $0 != 61 }
    let padding = bytes.dropFirst(content.count)
    return !bytes.isEmpty && bytes.count.isMultiple(of: 4) && padding.count <= 2
      && padding.allSatisfy { $0 == 61 }
      && content.allSatisfy { isLetterOrDigit($0) || $0 == 43 || $0 == 47 }
  }
}

import WireFormats

/// From when until when certificates are valid (RFC 5280 §4.1.2.5).
///
/// Nothing else of a certificate is read, and none is verified.
package struct CertificateValidity: Hashable, Sendable {
  package let start: Timestamp
  package let end: Timestamp

  package init(start: Timestamp, end: Timestamp) {
    self.start = start
    self.end = end
  }

  /// The time of a chain in PEM, which is over when the first of its certificates ends; `nil` where
  /// there is none.
  package init?(ofChain text: [UInt8]) {
    guard let first = Self.validities(in: text).min(by: { $0.end < $1.end }) else { return nil }
    self = first
  }

  /// The time of certificates in PEM any of which will do; `nil` where there is none.
  package init?(ofAuthorities text: [UInt8]) {
    guard let last = Self.validities(in: text).max(by: { $0.end < $1.end }) else { return nil }
    self = last
  }

  private static let mark = Array("-----".utf8)
  private static let begin = Array("BEGIN CERTIFICATE".utf8)

  /// The validities of all certificates of a text in PEM (RFC 7468), those that cannot be read left
  /// out.
  private static func validities(in text: [UInt8]) -> [CertificateValidity] {
    var validities: [CertificateValidity] = []
    var rest = text[...]
    while let begin = rest.firstRange(of: mark + Self.begin + mark) {
      rest = rest[begin.upperBound...]
      guard let end = rest.firstRange(of: mark) else { break }
      let bytes = Base64.decode(rest[..<end.lowerBound])
      if let validity = bytes.flatMap({ CertificateValidity(der: $0) }) {
        validities.append(validity)
      }
      rest = rest[end.upperBound...]
    }
    return validities
  }
}

extension CertificateValidity {
  /// Reads a certificate in DER: `SEQUENCE { SEQUENCE { [0] version, serialNumber, signature, issuer,
  /// validity SEQUENCE { notBefore, notAfter }, … } … }`.
  private init?(der: [UInt8]) {
    var bytes = der[...]
    guard var certificate = DERElement(&bytes)?.content,
      var body = DERElement(&certificate)?.content, var element = DERElement(&body)
    else { return nil }
    if element.tag == DERElement.version, let serial = DERElement(&body) { element = serial }
    guard element.tag == DERElement.integer, DERElement(&body) != nil, DERElement(&body) != nil,
      var validity = DERElement(&body)?.content, let start = DERElement(&validity)?.time,
      let end = DERElement(&validity)?.time
    else { return nil }
    self.init(start: start, end: end)
  }
}

/// A value of ASN.1 in its distinguished encoding (X.690 §8).
private struct DERElement {
  static let integer: UInt8 = 0x02
  static let version: UInt8 = 0xa0
  private static let shortTime: UInt8 = 0x17
  private static let longTime: UInt8 = 0x18

  let tag: UInt8
  let content: ArraySlice<UInt8>

  /// Takes the next value from the front of `bytes`.
  init?(_ bytes: inout ArraySlice<UInt8>) {
    guard let tag = bytes.popFirst(), let first = bytes.popFirst() else { return nil }
    var length = Int(first)
    if first >= 0x80 {
      let digits = Int(first & 0x7f)
      guard (1...4).contains(digits), bytes.count >= digits else { return nil }
      length = bytes.prefix(digits).reduce(0) { $0 << 8 | Int($1) }
      bytes = bytes.dropFirst(digits)
    }
    guard length <= bytes.count else { return nil }
    self.tag = tag
    content = bytes.prefix(length)
    bytes = bytes.dropFirst(length)
  }

  /// `YYMMDDhhmmssZ`, where years up to 49 are of this century, or `YYYYMMDDhhmmssZ`.
  var time: Timestamp? {
    guard tag == Self.shortTime || tag == Self.longTime else { return nil }
    var text = String(decoding: content, as: UTF8.self)
    if tag == Self.shortTime { text = (text < "5" ? "20" : "19") + text }
    let digits = Array(text)
    guard digits.count == 15 else { return nil }
    let part = { (range: Range<Int>) in String(digits[range]) }
    return Timestamp(
      rfc3339: "\(part(0..<4))-\(part(4..<6))-\(part(6..<8))T"
        + "\(part(8..<10)):\(part(10..<12)):\(part(12..<15))"
    )
  }
}

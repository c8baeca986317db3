/// An IP address as a value of an expression.
final class NetworkAddress: CELOpaqueValue, CELConvertible {
  static let name = "net.IP"

  /// Four or sixteen bytes.
  let bytes: [UInt8]

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  convenience init(parsing text: String) throws(CELError) {
    guard !text.utf8.contains(UInt8(ascii: "%")) else {
      throw CELError(.invalidArgument("an IP address with a zone is not allowed"))
    }
    guard let bytes = AddressText.bytes(of: text) else {
      let shown = CELValue.string(text).shortDescription
      throw CELError(.invalidArgument("\(shown) is no IP address"))
    }
    self.init(bytes: bytes)
    guard !isMapped else {
      throw CELError(.invalidArgument("an IPv4-mapped IPv6 address is not allowed"))
    }
  }

  static var celType: CELType { .opaque(name) }

  convenience init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let address = opaque as? NetworkAddress else {
      return nil
    }
    self.init(bytes: address.bytes)
  }

  var celValue: CELValue { .opaque(self) }
  var typeName: String { Self.name }
  var text: String { AddressText.text(of: bytes) }

  func isEqual(to other: any CELOpaqueValue) -> Bool {
    (other as? NetworkAddress)?.bytes == bytes
  }

  var family: Int64 { bytes.count == 4 ? 4 : 6 }

  private var isMapped: Bool {
    bytes.count == 16 && bytes[..<10].allSatisfy { $0 == 0 } && bytes[10] == 255 && bytes[11] == 255
  }

  var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }

  var isLoopback: Bool {
    bytes.count == 4 ? bytes[0] == 127 : bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
  }

  private var isMulticast: Bool { bytes.count == 4 ? bytes[0] & 0xF0 == 0xE0 : bytes[0] == 0xFF }

  var isLinkLocalMulticast: Bool {
    bytes.count == 4
      ? bytes.starts(with: [224, 0, 0]) : bytes[0] == 0xFF && bytes[1] & 0x0F == 0x02
  }

  var isLinkLocalUnicast: Bool {
    bytes.count == 4 ? bytes.starts(with: [169, 254]) : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
  }

  /// Whether it is meant for one machine, and further than its own network; private ones are, too.
  var isGlobalUnicast: Bool {
    !isUnspecified && !isLoopback && !isMulticast && !isLinkLocalUnicast
      && !bytes.elementsEqual([255, 255, 255, 255])
  }
}

/// A range of IP addresses as a value of an expression.
final class NetworkRange: CELOpaqueValue, CELConvertible {
  static let name = "net.CIDR"

  let address: NetworkAddress
  /// How many bits all its addresses have in common.
  let length: Int

  init(_ address: NetworkAddress, length: Int) {
    self.address = address
    self.length = length
  }

  convenience init(parsing text: String) throws(CELError) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let length = AddressText.number(parts[1].utf8, upTo: 128) else {
      let shown = CELValue.string(text).shortDescription
      throw CELError(.invalidArgument("\(shown) is no range of IP addresses"))
    }
    let address = try NetworkAddress(parsing: String(parts[0]))
    guard length <= address.bytes.count * 8 else {
      throw CELError(.invalidArgument("the range of IP addresses is longer than they are"))
    }
    self.init(address, length: length)
  }

  static var celType: CELType { .opaque(name) }

  convenience init?(_ value: CELValue) {
    guard case .opaque(let opaque) = value, let range = opaque as? NetworkRange else { return nil }
    self.init(range.address, length: range.length)
  }

  var celValue: CELValue { .opaque(self) }
  var typeName: String { Self.name }
  var text: String { "\(address.text)/\(length)" }

  func isEqual(to other: any CELOpaqueValue) -> Bool {
    guard let other = other as? NetworkRange else { return false }
    return other.length == length && other.address.isEqual(to: address)
  }

  /// The range by its first address.
  var masked: NetworkRange {
    let bytes = address.bytes.enumerated().map { index, byte in
      let bits = length - index * 8
      return bits >= 8 ? byte : bits <= 0 ? 0 : byte & ~(0xFF >> UInt8(bits))
    }
    return NetworkRange(NetworkAddress(bytes: bytes), length: length)
  }

  func contains(_ other: NetworkAddress) -> Bool {
    guard other.bytes.count == address.bytes.count else { return false }
    return NetworkRange(other, length: length).masked.address.bytes == masked.address.bytes
  }

  func contains(_ other: NetworkRange) -> Bool {
    length <= other.length && contains(other.address)
  }
}

import Glibc

/// An IPv4 or IPv6 address, in its one canonical form.
package struct IPAddress: Hashable, Sendable {
  // Two halves, for a UInt128 would take its alignment to whatever holds an address.
  private let high: UInt64
  private let low: UInt64

  /// The address as IPv6; an IPv4 address is mapped (`::ffff:a.b.c.d`, RFC 4291 §2.5.5.2).
  var bits: UInt128 { UInt128(high) << 64 | UInt128(low) }

  private static let mappedPrefix = UInt128(0xffff) << 32

  init(bits: UInt128) {
    high = UInt64(truncatingIfNeeded: bits >> 64)
    low = UInt64(truncatingIfNeeded: bits)
  }

  /// Reads what `inet_pton(3)` reads; `nil` for anything else.
  package init?(_ text: String) {
    var version4 = in_addr()
    var version6 = in6_addr()
    let bits: UInt128
    if inet_pton(AF_INET, text, &version4) == 1 {
      bits = Self.mappedPrefix | UInt128(UInt32(bigEndian: version4.s_addr))
    } else if inet_pton(AF_INET6, text, &version6) == 1 {
      bits = withUnsafeBytes(of: &version6) { bytes in
        bytes.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
      }
    } else {
      return nil
    }
    self.init(bits: bits)
  }

  /// Reads a text as it stands on the wire, as from a string.
  init?(_ text: RawSpan) {
    guard let version4 = Self.version4(text) else {
      self.init(String(decoding: text.copy, as: UTF8.self))
      return
    }
    self.init(bits: Self.mappedPrefix | UInt128(version4))
  }

  /// The bytes of `a.b.c.d`, the first one highest; `nil` for anything else.
  private static func version4(_ text: RawSpan) -> UInt32? {
    var address: UInt32 = 0
    var number: UInt32?
    var dots = 0
    for position in 0..<min(text.byteCount, 16) {
      let byte = text.unsafeLoad(fromUncheckedByteOffset: position, as: UInt8.self)
      if byte == UInt8(ascii: ".") {
        guard let part = number else { return nil }
        address = address << 8 | part
        number = nil
        dots += 1
      } else {
        let digit = UInt32(byte &- UInt8(ascii: "0"))
        // A leading zero would make some read the number as octal.
        guard digit < 10, number != 0 else { return nil }
        number = (number ?? 0) * 10 + digit
        guard number ?? 0 < 256 else { return nil }
      }
    }
    guard dots == 3, text.byteCount < 16, let last = number else { return nil }
    return address << 8 | last
  }

  package var isVersion4: Bool { bits >> 32 == 0xffff }
}

extension IPAddress: Comparable, CustomStringConvertible {
  package static func < (left: Self, right: Self) -> Bool { left.bits < right.bits }

  package var description: String {
    if isVersion4 {
      return [24, 16, 8, 0].map { String(bits >> $0 & 0xff) }.joined(separator: ".")
    }
    var address = in6_addr()
    withUnsafeMutableBytes(of: &address) { bytes in
      for index in bytes.indices {
        bytes[index] = UInt8(truncatingIfNeeded: bits >> (8 * (15 - index)))
      }
    }
    var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
    guard inet_ntop(AF_INET6, &address, &text, socklen_t(text.count)) != nil else { return "" }
    return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init), as: UTF8.self)
  }
}

/// A range of addresses in CIDR notation, such as a Node's `podCIDR` (RFC 4632).
package struct IPPrefix: Hashable, Sendable, CustomStringConvertible {
  package let address: IPAddress
  /// The number of leading bits that all addresses of the range share.
  package let length: Int

  /// Reads `10.244.1.0/24`; `nil` for anything else.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let address = IPAddress(String(parts[0])),
      let length = Int(parts[1]), (0...(address.isVersion4 ? 32 : 128)).contains(length)
    else { return nil }
    self.address = address
    self.length = length
  }

  /// The range of `length` that holds `address`.
  init(_ address: IPAddress, length: Int) {
    let hostBits = (address.isVersion4 ? 32 : 128) - length
    self.address = IPAddress(bits: hostBits == 128 ? 0 : (address.bits >> hostBits) << hostBits)
    self.length = length
  }

  package func contains(_ other: IPAddress) -> Bool {
    guard address.isVersion4 == other.isVersion4 else { return false }
    let hostBits = (address.isVersion4 ? 32 : 128) - length
    return hostBits == 128 || address.bits >> hostBits == other.bits >> hostBits
  }

  package var description: String { "\(address)/\(length)" }
}

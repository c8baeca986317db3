import Glibc

/// The clipboard of whoever sits at the terminal, wherever that is (xterm's OSC 52).
enum Clipboard {
  /// Terminals take no more at once than some 75,000 bytes in base64.
  static let limit = 48 << 10

  /// What a terminal has to be sent so that a text is in its clipboard.
  static func sequence(for text: String) -> [UInt8] {
    Array("\u{1b}]52;c;".utf8) + base64(Array(text.utf8.prefix(limit))) + [7]
  }

  private static let digits = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8
  )

  private static func base64(_ bytes: [UInt8]) -> [UInt8] {
    var encoded: [UInt8] = []
    encoded.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let number = group.reduce(0) { $0 << 8 | UInt32($1) } << (8 * UInt32(3 - group.count))
      for place in 0..<4 {
        let digit = Int(number >> (18 - 6 * UInt32(place)) & 63)
        encoded.append(place <= group.count ? digits[digit] : UInt8(ascii: "="))
      }
    }
    return encoded
  }

  static func write(_ bytes: [UInt8]) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes {
        Glibc.write(STDOUT_FILENO, $0.baseAddress, $0.count)
      }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { return }
      start += count
    }
  }
}

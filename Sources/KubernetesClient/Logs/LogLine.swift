package import KubernetesObjects

/// A point in time as a container runtime stamps the lines of a log, to the nanosecond.
package struct LogTime: Hashable, Comparable, Sendable {
  package let nanosecondsSince1970: Int64

  package init(nanosecondsSince1970: Int64) {
    self.nanosecondsSince1970 = nanosecondsSince1970
  }

  /// Reads `2026-11-23T09:59:59.123456789Z`; `nil` for anything else.
  package init?(_ text: Substring) {
    guard let time = Timestamp(rfc3339: String(text)) else { return nil }
    var fraction: Int64 = 0
    if let point = text.utf8.firstIndex(of: UInt8(ascii: ".")) {
      var scale: Int64 = 100_000_000
      for byte in text.utf8[point...].dropFirst() {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { break }
        fraction += Int64(byte - UInt8(ascii: "0")) * scale
        scale /= 10
      }
    }
    let seconds = time.millisecondsSince1970 / 1000
    nanosecondsSince1970 = seconds * 1_000_000_000 + fraction
  }

  package static func < (left: Self, right: Self) -> Bool {
    left.nanosecondsSince1970 < right.nanosecondsSince1970
  }

  package var timestamp: Timestamp {
    Timestamp(millisecondsSince1970: nanosecondsSince1970 / 1_000_000)
  }
}

/// One line of a container's log.
package struct LogLine: Sendable, Hashable {
  /// When it was written; `nil` where the kubelet speaks itself.
  package let time: LogTime?
  package let text: String
  /// How many bytes of it were too many, and are left out at its end.
  package let omittedBytes: Int

  package init(time: LogTime?, text: String, omittedBytes: Int = 0) {
    self.time = time
    self.text = text
    self.omittedBytes = omittedBytes
  }

  /// Reads a line as a server sends it where it is asked for times.
  init(_ line: LogLineFramer.Line) {
    let text = String(decoding: line.bytes, as: UTF8.self)
    let stamp = text.prefix { $0 != " " }
    if let time = LogTime(stamp) {
      self.init(
        time: time,
        text: String(text[stamp.endIndex...].dropFirst()),
        omittedBytes: line.omittedBytes
      )
    } else {
      self.init(time: nil, text: text, omittedBytes: line.omittedBytes)
    }
  }
}

import Synchronization
import WireFormats

/// A watch that after so many events says that its version is forgotten.
final class ExpiringBody: PieceSource {
  private let base: BodyReader
  private let isFramed: Bool
  private let flag: ExpiryFlag?
  private let events: Mutex<Int>

  /// Framed events come as protobuf behind their lengths, others as lines.
  init(_ response: APIResponse, afterEvents events: Int, isFramed: Bool) {
    base = BodyReader(response.body)
    flag = response.expiry
    self.isFramed = isFramed
    self.events = Mutex(max(0, events))
  }

  func next() async throws -> [UInt8]? {
    let left = events.withLock { $0 }
    guard left >= 0 else { return nil }
    guard left > 0 else { return expiry() }
    guard let piece = try await base.next() else { return nil }
    return events.withLock { events in
      var rest = piece[...]
      while events > 0, !rest.isEmpty {
        rest = rest.dropFirst(lengthOfFirst(rest))
        events -= 1
      }
      return Array(piece[..<rest.startIndex])
    }
  }

  /// A piece has whole events.
  private func lengthOfFirst(_ events: ArraySlice<UInt8>) -> Int {
    if isFramed {
      return 4 + events.prefix(4).reduce(0) { $0 << 8 | Int($1) }
    }
    let end = events.firstIndex(of: UInt8(ascii: "\n")) ?? events.endIndex - 1
    return end + 1 - events.startIndex
  }

  private func expiry() -> [UInt8] {
    flag?.raise()
    events.withLock { $0 = -1 }
    guard !isFramed else {
      return ProtobufEnvelope.frame(type: "ERROR", APIFailure.expiredWatch.protobuf)
    }
    return Array("{\"type\":\"ERROR\",\"object\":".utf8)
      + APIFailure.expiredWatch.status.encoded() + Array("}\n".utf8)
  }
}

import CZlib
import Synchronization

/// A body that is compressed while it is sent.
final class GzipBody: PieceSource {
  /// Real servers leave smaller bodies alone.
  static let smallestSize = 128 * 1024
  /// The fastest, as real servers take it.
  private static let level: CInt = 1

  private let base: BodyReader
  private let first: Mutex<[UInt8]?>
  private let deflater = Mutex<Deflater?>(Deflater(level: level))

  /// `first` was read from the body already, to see whether it is big.
  private init(first: [UInt8], then base: BodyReader) {
    self.first = Mutex(first)
    self.base = base
  }

  func next() async throws -> [UInt8]? {
    guard deflater.withLock({ $0 != nil }) else { return nil }
    var piece = first.withLock { $0.take() }
    if piece == nil { piece = try await base.next() }
    return deflater.withLock { deflater in
      guard let piece else {
        let end = deflater?.finish()
        deflater = nil
        return end
      }
      return deflater?.compress(piece)
    }
  }

  /// Compresses an answer if the client takes gzip and the body is big enough.
  static func compressing(
    _ response: APIResponse,
    to request: APIRequest
  ) async throws -> APIResponse {
    let accepted = (request.headers["accept-encoding"] ?? "").split(separator: ",")
    guard accepted.contains(where: { $0.split(separator: ";").first?.trimmedSpaces == "gzip" })
    else { return response }
    let reader = BodyReader(response.body)
    if case .endless = response.body { return response }
    guard let first = try await reader.next() else { return response }
    var compressed = response
    guard first.count >= smallestSize else {
      if case .pieces = response.body {
        compressed.body = .pieces(StartedBody(first: first, then: reader))
      }
      return compressed
    }
    compressed.headers += [("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding")]
    compressed.body = .pieces(GzipBody(first: first, then: reader))
    return compressed
  }
}

/// A body whose first piece was read already.
final class StartedBody: PieceSource {
  private let first: Mutex<[UInt8]?>
  private let rest: BodyReader

  init(first: [UInt8], then rest: BodyReader) {
    self.first = Mutex(first)
    self.rest = rest
  }

  func next() async throws -> [UInt8]? {
    if let piece = first.withLock({ $0.take() }) { return piece }
    return try await rest.next()
  }
}

/// One compression under way.
private final class Deflater {
  private static let roomStep = 64 * 1024

  /// At one address for its whole life: zlib keeps a pointer to it.
  private let stream: UnsafeMutablePointer<z_stream>

  init(level: CInt) {
    stream = .allocate(capacity: 1)
    stream.initialize(to: z_stream())
    let status = zlib_begin_gzip(stream, level)
    precondition(status == Z_OK, "zlib cannot begin: \(status).")
  }

  deinit {
    deflateEnd(stream)
    stream.deallocate()
  }

  func compress(_ bytes: [UInt8]) -> [UInt8] { run(bytes, Z_NO_FLUSH) }

  func finish() -> [UInt8] { run([], Z_FINISH) }

  private func run(_ input: [UInt8], _ flush: CInt) -> [UInt8] {
    var input = input
    var output: [UInt8] = []
    let count = UInt32(input.count)
    input.withUnsafeMutableBufferPointer { source in
      stream.pointee.next_in = source.baseAddress
      stream.pointee.avail_in = count
      repeat {
        output += [UInt8](unsafeUninitializedCapacity: Self.roomStep) { room, filled in
          stream.pointee.next_out = room.baseAddress
          stream.pointee.avail_out = UInt32(room.count)
          deflate(stream, flush)
          filled = room.count - Int(stream.pointee.avail_out)
        }
      } while stream.pointee.avail_out == 0
    }
    return output
  }
}

extension Substring {
  fileprivate var trimmedSpaces: Substring {
    var text = self
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}

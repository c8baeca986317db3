/// Splits a stream of bytes into frames that each begin with their length in four bytes, the
/// highest first, whatever chunks it comes in.
package struct LengthFramer: Sendable {
  private static let headerBytes = 4

  private let maximumFrameBytes: Int
  private var buffer: [UInt8] = []
  /// Where the first frame not yet returned starts.
  private var start = 0
  /// True once a frame was longer than allowed; from then on nothing is kept or returned.
  package private(set) var isOverLimit = false

  package init(maximumFrameBytes: Int) { self.maximumFrameBytes = maximumFrameBytes }

  /// The number of bytes that are kept and not yet returned.
  package var pendingBytes: Int { buffer.count - start }

  /// Takes the next bytes of the stream.
  package mutating func append(_ chunk: [UInt8]) {
    guard !isOverLimit else { return }
    // Moving the rest only when it is the smaller part keeps the cost of a byte constant.
    if start > 0, start >= pendingBytes {
      buffer.removeFirst(start)
      start = 0
    }
    buffer += chunk
  }

  /// Returns the next whole frame without its length, nil if there is none.
  package mutating func nextFrame() -> [UInt8]? {
    guard pendingBytes >= Self.headerBytes else { return nil }
    let header = buffer[start..<start + Self.headerBytes]
    let length = header.reduce(0) { $0 << 8 | Int($1) }
    guard length <= maximumFrameBytes else {
      isOverLimit = true
      buffer = []
      start = 0
      return nil
    }
    guard pendingBytes >= Self.headerBytes + length else { return nil }
    let frame = start + Self.headerBytes
    start = frame + length
    return Array(buffer[frame..<start])
  }
}

/// Splits a stream of bytes into lines, whatever chunks it comes in.
package struct LineFramer: Sendable {
  private let maximumLineBytes: Int
  private var buffer: [UInt8] = []
  /// Where the first line not yet returned starts.
  private var start = 0
  /// Everything from `start` up to here is known to hold no newline.
  private var searched = 0
  /// True once a line was longer than allowed; from then on nothing is kept or returned.
  package private(set) var isOverLimit = false

  /// Lines longer than `maximumLineBytes` are refused, see ``isOverLimit``.
  package init(maximumLineBytes: Int = 64 << 20) {
    self.maximumLineBytes = maximumLineBytes
  }

  /// The number of bytes that are kept and not yet returned: once ``nextLine()`` is nil, those of
  /// an unfinished line.
  package var pendingBytes: Int { buffer.count - start }

  /// Takes the next bytes of the stream.
  package mutating func append(_ chunk: [UInt8]) {
    guard !isOverLimit else { return }
    // Moving the rest only when it is the smaller part keeps the cost of a byte constant.
    if start > 0, start >= buffer.count - start {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    buffer += chunk
  }

  /// Returns the next whole line without its newline, nil if there is none; skips empty lines.
  package mutating func nextLine() -> [UInt8]? {
    while let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = start..<newline
      guard line.count <= maximumLineBytes else {
        refuseTheRest()
        return nil
      }
      start = newline + 1
      searched = start
      if !line.isEmpty { return Array(buffer[line]) }
    }
    searched = buffer.count
    if pendingBytes > maximumLineBytes { refuseTheRest() }
    return nil
  }

  private mutating func refuseTheRest() {
    isOverLimit = true
    buffer = []
    start = 0
    searched = 0
  }
}

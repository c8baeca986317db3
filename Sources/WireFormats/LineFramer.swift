/// Cuts a stream of bytes into lines, as a watch sends its events.
package struct LineFramer: Sendable {
  /// A line that grew past the limit.
  package struct LineTooLong: Error, Equatable {
    package let limit: Int
  }

  private let maximumLineBytes: Int
  private var buffer: [UInt8] = []
  /// Where the unread bytes begin.
  private var start = 0
  /// Up to where no newline was found.
  private var searched = 0

  package init(maximumLineBytes: Int) { self.maximumLineBytes = maximumLineBytes }

  /// Bytes of a line whose end has not come.
  package var pendingBytes: Int { buffer.count - start }

  package mutating func append(_ chunk: [UInt8]) {
    // What was read goes all at once, so that each byte is moved no more than twice.
    if start > 0, start >= buffer.count / 2 {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    buffer += chunk
  }

  /// The next line without its newline; empty lines are left out.
  package mutating func nextLine() throws(LineTooLong) -> [UInt8]? {
    while let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
      let line = buffer[start..<end]
      start = end + 1
      searched = start
      if !line.isEmpty { return Array(line) }
    }
    searched = buffer.count
    guard pendingBytes <= maximumLineBytes else { throw LineTooLong(limit: maximumLineBytes) }
    return nil
  }
}

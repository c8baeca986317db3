import Synchronization

/// What the event loop and the receiver of one transfer share.
///
/// The loop delivers, and hands over once in a round what came in it; the receiver takes all that is
/// there at once. So either is woken less often than there are pieces. At most the request's ``HTTPRequest/maximumBufferedBytes`` and what libcurl
/// hands over at once (256 KiB) wait here: beyond that the transfer is paused until the receiver
/// has taken them. Over HTTP/2 libcurl itself may hold what the server had already sent into the
/// stream's window of 32 MiB.
final class Exchange: Sendable {
  /// How much room is made for the first bytes.
  private static let firstRoom = 64 << 10

  typealias ChunkWaiter = CheckedContinuation<Result<[UInt8]?, HTTPError>, Never>

  private let bufferLimit: Int

  private struct State {
    var head: HTTPResponseHead?
    var buffer: [UInt8] = []
    /// As much as came the last time: a buffer that grows is copied again and again.
    var room = firstRoom
    var isPaused = false
    /// How it ended: `nil` while it goes on.
    var end: Result<Void, HTTPError>?
    var headWaiter: CheckedContinuation<Result<HTTPResponseHead, HTTPError>, Never>?
    var chunkWaiter: ChunkWaiter?

    mutating func takeBuffer() -> [UInt8] {
      defer { buffer = [] }
      room = max(firstRoom, buffer.count)
      return buffer
    }
  }

  private let state = Mutex(State())

  init(bufferLimit: Int) { self.bufferLimit = bufferLimit }

  // MARK: For the loop

  func deliver(_ head: HTTPResponseHead) {
    let waiter = state.withLock { state in
      state.head = head
      return state.headWaiter.take()
    }
    waiter?.resume(returning: .success(head))
  }

  /// Takes bytes; `false` where the transfer must pause and offer them again.
  func deliver(_ bytes: UnsafeRawBufferPointer) -> Bool {
    state.withLock { state in
      guard state.buffer.count < bufferLimit else {
        state.isPaused = true
        return false
      }
      if state.buffer.isEmpty { state.buffer.reserveCapacity(state.room) }
      state.buffer += bytes
      return true
    }
  }

  /// Gives what was delivered to a receiver that waits; tells whether the transfer may go on now.
  func handOver() -> Bool {
    let handed = state.withLock { state -> (ChunkWaiter, [UInt8], Bool)? in
      guard !state.buffer.isEmpty, let waiter = state.chunkWaiter.take() else { return nil }
      defer { state.isPaused = false }
      return (waiter, state.takeBuffer(), state.isPaused)
    }
    guard let (waiter, bytes, mayResume) = handed else { return false }
    waiter.resume(returning: .success(bytes))
    return mayResume
  }

  func finish(_ end: Result<Void, HTTPError>) {
    _ = handOver()
    let (headWaiter, chunkWaiter) = state.withLock { state in
      if state.end == nil { state.end = end }
      return (state.headWaiter.take(), state.chunkWaiter.take())
    }
    switch end {
    case .success:
      headWaiter?.resume(returning: .failure(.cancelled))
      chunkWaiter?.resume(returning: .success(nil))
    case .failure(let error):
      headWaiter?.resume(returning: .failure(error))
      chunkWaiter?.resume(returning: .failure(error))
    }
  }

  // MARK: For the receiver

  func waitForHead(_ waiter: CheckedContinuation<Result<HTTPResponseHead, HTTPError>, Never>) {
    let answer: Result<HTTPResponseHead, HTTPError>? = state.withLock { state in
      if let head = state.head { return .success(head) }
      if case .failure(let error) = state.end { return .failure(error) }
      state.headWaiter = waiter
      return nil
    }
    if let answer { waiter.resume(returning: answer) }
  }

  /// Takes what came, or waits for it; tells whether the transfer may go on now.
  func waitForChunk(_ waiter: ChunkWaiter) -> Bool {
    let (answer, mayResume): (Result<[UInt8]?, HTTPError>?, Bool) = state.withLock { state in
      var answer: Result<[UInt8]?, HTTPError>?
      if !state.buffer.isEmpty {
        answer = .success(state.takeBuffer())
      } else if let end = state.end {
        answer = end.map { nil }
      } else {
        state.chunkWaiter = waiter
      }
      let mayResume = state.isPaused
      state.isPaused = false
      return (answer, mayResume)
    }
    if let answer { waiter.resume(returning: answer) }
    return mayResume
  }

  /// Whether the receiver holds the transfer up.
  var isPaused: Bool { state.withLock(\.isPaused) }
}

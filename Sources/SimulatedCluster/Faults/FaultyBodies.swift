import Synchronization
import WireFormats

/// Reads a body in whatever form it is.
final class BodyReader: PieceSource {
  private let body: APIResponse.Body
  private let isRead = Mutex(false)

  init(_ body: APIResponse.Body) {
    self.body = body
  }

  func next() async throws -> [UInt8]? {
    switch body {
    case .whole(let bytes):
      return isRead.withLock { isRead in
        guard !isRead else { return nil }
        isRead = true
        return bytes
      }
    case .pieces(let source), .endless(let source):
      return try await source.next()
    }
  }
}

/// A body that stops after so many bytes, in one of several ways.
final class LimitedBody: PieceSource {
  enum Ending {
    case end
    case dropConnection
    case stayOpen
  }

  private let base: BodyReader
  private let ending: Ending
  private let remaining: Mutex<Int>

  init(_ body: APIResponse.Body, _ bytes: Int, then ending: Ending) {
    base = BodyReader(body)
    self.ending = ending
    remaining = Mutex(max(0, bytes))
  }

  func next() async throws -> [UInt8]? {
    guard remaining.withLock({ $0 > 0 }) else { return try await end() }
    guard let piece = try await base.next() else {
      // A body shorter than the limit is struck at its end.
      remaining.withLock { $0 = 0 }
      return try await end()
    }
    return remaining.withLock { remaining in
      let passed = piece.prefix(remaining)
      remaining -= passed.count
      return Array(passed)
    }
  }

  private func end() async throws -> [UInt8]? {
    switch ending {
    case .end: return nil
    case .dropConnection: throw ConnectionDrop()
    case .stayOpen:
      while !Task.isCancelled { try await Task.sleep(for: .seconds(60)) }
      return nil
    }
  }
}

/// A body that comes a few bytes at a time.
final class DribblingBody: PieceSource {
  private let base: BodyReader
  private let size: Int
  private let interval: Duration
  private let rest = Mutex<ArraySlice<UInt8>>([])

  init(_ body: APIResponse.Body, _ bytes: Int, every interval: Duration) {
    base = BodyReader(body)
    size = max(1, bytes)
    self.interval = interval
  }

  func next() async throws -> [UInt8]? {
    if rest.withLock({ $0.isEmpty }) {
      guard let piece = try await base.next() else { return nil }
      rest.withLock { $0 = piece[...] }
    }
    try await Task.sleep(for: interval)
    return rest.withLock { rest in
      let drop = Array(rest.prefix(size))
      rest = rest.dropFirst(size)
      return drop
    }
  }
}

/// A body that comes no faster than so many bytes a second, counted from its first.
final class ThrottledBody: PieceSource {
  private let base: BodyReader
  private let bytesPerSecond: Int
  private let sent = Mutex(0)
  private let start = ContinuousClock.now

  init(_ body: APIResponse.Body, to bytesPerSecond: Int) {
    base = BodyReader(body)
    self.bytesPerSecond = bytesPerSecond
  }

  func next() async throws -> [UInt8]? {
    guard let piece = try await base.next() else { return nil }
    let count = sent.withLock { sent in
      sent += piece.count
      return sent
    }
    let due = start + .seconds(Double(count) / Double(bytesPerSecond))
    if due > .now { try await Task.sleep(until: due, clock: .continuous) }
    return piece
  }
}

/// The whole connection is to be closed under its streams.
struct ConnectionDrop: Error {}

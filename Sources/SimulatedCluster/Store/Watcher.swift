import Synchronization

/// The bell of one open watch: it says that there is news, never what, so that a slow reader costs nothing.
final class Watcher: Sendable {
  let id: UInt64
  let plural: String
  let news: AsyncStream<Void>
  private let bell: AsyncStream<Void>.Continuation
  private let broken = Mutex(false)

  init(id: UInt64, plural: String) {
    self.id = id
    self.plural = plural
    (news, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func wake() { bell.yield() }

  /// Makes the watch break in the middle of an object.
  func breakOff() {
    broken.withLock { $0 = true }
    wake()
  }

  var isBroken: Bool { broken.withLock { $0 } }
}

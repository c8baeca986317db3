import Synchronization

/// The bell of one open watch: it says that there is news, never what, so that a slow reader costs nothing.
final class Watcher: Sendable {
  let id: UInt64
  let plural: String
  let news: AsyncStream<Void>
  private let bell: AsyncStream<Void>.Continuation
  private let wantedEnding = Mutex<Ending?>(nil)

  init(id: UInt64, plural: String) {
    self.id = id
    self.plural = plural
    (news, bell) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
  }

  func wake() { bell.yield() }

  /// Makes the watch end before its time.
  func end(_ ending: Ending) {
    wantedEnding.withLock { $0 = ending }
    wake()
  }

  var ending: Ending? { wantedEnding.withLock { $0 } }

  enum Ending: Sendable {
    /// In the middle of an object, and the connection breaks.
    case inTheMiddle
    /// With the news that its version is forgotten.
    case expired
    /// As if its time were over.
    case cleanly
  }
}

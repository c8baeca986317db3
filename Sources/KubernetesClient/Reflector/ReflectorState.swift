/// Decides what a reflector does next; it does nothing itself.
///
/// The rules are those of client-go's reflector: list, then watch from the list's version; after a
/// break resume from the last version seen; list again only when that version has expired.
package struct ReflectorState: Sendable, Equatable {
  package enum Step: Sendable, Equatable {
    /// Ask for a page; without a token, what was listed so far is to be forgotten.
    case list(continueToken: String?, limit: Int)
    case watch(from: WatchStart)
    /// Wait, showing this state, then ask for ``next``.
    case wait(Duration, StreamState)
  }

  /// What came of a step.
  package enum Outcome: Sendable, Equatable {
    case page(resourceVersion: String, continueToken: String?)
    /// Events came, up to this version.
    case progressed(resourceVersion: String)
    /// The watch ended by itself; `atOnce` where it brought nothing and did not last.
    case watchEnded(atOnce: Bool)
    /// An event could not be read.
    case unreadableEvent(String)
    case failed(KubernetesError)
    /// A watch brought nothing for so long that its connection may have been dead.
    case wentSilent
    /// A watch broke that had stood for long, as at a proxy's limit.
    case watchBroke(KubernetesError)
    /// A list broke off in the middle.
    case listBroke(KubernetesError)
  }

  private static let firstWait = 1.0
  private static let longestWait = 30.0
  /// How long until a refused permission is asked for again.
  package static let forbiddenWait = Duration.seconds(300)
  private static let signedOutWait = Duration.seconds(30)

  /// How the objects are listed; changes where the server cannot do what was wished.
  private var mode: ListMode
  private var continueToken: String?
  /// From where to watch; `nil` while there is nothing to resume from.
  private var resourceVersion: String?
  /// Failures since the last success.
  private var failures = 0
  /// How often a list was too slow for its continue token.
  private var expiredPages = 0
  /// How often a whole list broke off or failed since one succeeded.
  private var brokenLists = 0
  /// Unreadable events since the version last advanced.
  private var unreadableEvents = 0
  /// How often the version had expired since a watch last brought something.
  private var expirations = 0

  package init(mode: ListMode) { self.mode = mode }

  /// What to do when nothing stands in the way.
  package var next: Step {
    if let resourceVersion { return .watch(from: .version(resourceVersion)) }
    switch mode {
    case .whole: return .list(continueToken: nil, limit: 0)
    case .pages(let size): return .list(continueToken: continueToken, limit: size)
    case .initialEvents: return .watch(from: .initialEvents)
    }
  }

  /// Takes in what came of a step and says what to do next.
  ///
  /// `jitter` is a random number from 0 to 1, which spreads clients that failed together.
  package mutating func step(after outcome: Outcome, jitter: Double) -> Step {
    switch outcome {
    case .page(let version, let token):
      failures = 0
      continueToken = token
      if token == nil {
        resourceVersion = version
        expiredPages = 0
        brokenLists = 0
      }
      return next
    case .progressed(let version):
      failures = 0
      unreadableEvents = 0
      expirations = 0
      resourceVersion = version
      return next
    case .watchEnded(let atOnce):
      return atOnce ? backOff("the server ends watches at once", jitter) : next
    case .unreadableEvent(let reason):
      unreadableEvents += 1
      if unreadableEvents > 1 { relist() }
      return backOff(reason, jitter)
    case .failed(let error):
      if isListing, error.mayBeDueToSize { noteBrokenList() }
      return step(afterFailure: error, jitter: jitter)
    case .wentSilent:
      // Resuming costs one request, and tells whether the server is there. Of a kind that seldom changes
      // a server may have nothing to say for ten minutes.
      return next
    case .watchBroke(let error):
      // A kind that seldom changes brings nothing that would tell of success. And what broke a
      // connection that stood for long is over, or shows at the next try.
      failures = 0
      if case .unreachable = error { return next }
      return step(afterFailure: error, jitter: jitter)
    case .listBroke(let error):
      noteBrokenList()
      return step(afterFailure: error, jitter: jitter)
    }
  }

  private mutating func step(afterFailure error: KubernetesError, jitter: Double) -> Step {
    switch error {
    case .expired:
      if continueToken != nil { expiredPages += 1 }
      // A list that is too slow for its pages is asked for whole.
      if expiredPages > 1 { mode = .whole }
      relist()
      expirations += 1
      guard expirations > 1 || failures > 0 else { return next }
      // A list that succeeds does not excuse watches that never do.
      failures = max(failures, expirations - 2)
      return backOff(error.description, jitter)
    case .throttled(let retryAfter?, _):
      // Longer than was asked, not shorter: who was told to wait shall not come back with all others.
      let wait = max(retryAfter, .seconds(1)) * (1 + jitter / 2)
      return .wait(wait, .waiting(for: wait, because: "\(error)"))
    case .unauthorized, .signIn: return .wait(Self.signedOutWait, .signedOut(error.description))
    case .forbidden(let message): return .wait(Self.forbiddenWait, .forbidden(message))
    case .notFound(let message):
      guard case .wait(let time, _) = backOff(message, jitter) else { return next }
      return .wait(time, .unsupported(message))
    case .invalid where continueToken != nil:
      relist()
      return backOff(error.description, jitter)
    case .invalid where next == .watch(from: .initialEvents):
      mode = .whole  // The server knows no streaming lists.
      return next
    default: return backOff(error.description, jitter)
    }
  }

  private var isListing: Bool {
    if case .list = next { true } else { false }
  }

  /// A list that breaks off or fails again and again, at a proxy's limit perhaps, is asked for in
  /// pages.
  private mutating func noteBrokenList() {
    guard mode == .whole, expiredPages < 2 else { return }
    brokenLists += 1
    if brokenLists > 1 { mode = .pages(of: ListMode.pageSize) }
  }

  private mutating func relist() {
    resourceVersion = nil
    continueToken = nil
    unreadableEvents = 0
  }

  /// Waits twice as long as the last time, up to half a minute, less up to half of it by chance.
  private mutating func backOff(_ reason: String, _ jitter: Double) -> Step {
    var seconds = Self.firstWait
    for _ in 0..<min(failures, 10) { seconds *= 2 }
    failures += 1
    let wait = Duration.seconds(min(seconds, Self.longestWait) * (1 - jitter / 2))
    return .wait(wait, .waiting(for: wait, because: reason))
  }
}

extension KubernetesError {
  /// Whether the server may have failed because so much was asked for.
  fileprivate var mayBeDueToSize: Bool {
    guard case .server(let status, _) = self else { return false }
    return [413, 500, 504].contains(status)
  }
}

package import HTTP
import ServiceAccess
package import UserConfiguration

/// Follows what one agent tells of its findings, for as long as it is run.
package struct AgentFollower: Sendable {
  /// An agent tells how its clusters stand every five seconds: who has been silent for so long is not there.
  static let longestSilence = Duration.seconds(20)
  private static let shortestWait = Duration.milliseconds(500)
  /// An agent that begins anew is there within seconds, and one question costs it little.
  private static let longestWait = Duration.seconds(8)

  package let settings: AgentSettings
  private let token: ServiceToken
  private let eventLoop: EventLoop
  private let userAgent: String
  private let silenceLimit: Duration

  package init(
    _ settings: AgentSettings,
    eventLoop: EventLoop,
    userAgent: String,
    environment: [String: String],
    silenceLimit: Duration = longestSilence
  ) {
    self.settings = settings
    self.eventLoop = eventLoop
    self.userAgent = userAgent
    self.silenceLimit = silenceLimit
    token = ServiceToken(settings.token, scheme: "Bearer", environment: environment)
  }

  /// Follows until the task is cancelled; `sleep` throws when it is.
  ///
  /// `deliver` is awaited, so that a slow receiver slows the agent.
  package func run(
    sleep: @Sendable (Duration) async throws -> Void,
    deliver: @Sendable (AgentNews) async -> Void
  ) async {
    var feed = AgentFeed()
    var wait = Self.shortestWait
    var wasExpired = false
    while !Task.isCancelled {
      let before = feed.version
      let end = await follow(&feed, deliver)
      guard !Task.isCancelled else { return }
      // Who told something is there, and is asked again soon.
      if feed.version != nil, feed.version != before { wait = Self.shortestWait }
      // An agent that has begun anew is told so at once what is wanted of it; who says so again is waited for.
      let isExpired = end == .expired
      defer { wasExpired = isExpired }
      if isExpired, !wasExpired {
        feed.forgetVersion()
        wait = Self.shortestWait
        continue
      }
      var news = AgentNews()
      news.connection = .lost(end.reason)
      await deliver(news)
      guard (try? await sleep(wait * Double.random(in: 1...1.5))) != nil else { return }
      wait = min(wait * 2, Self.longestWait)
    }
  }

  /// How following over one connection ended.
  private enum End: Equatable {
    /// What is known is too old.
    case expired
    case failed(String)

    var reason: String {
      switch self {
      case .expired: "what is known of it is too old"
      case .failed(let reason): reason
      }
    }
  }

  /// Follows over one connection; answers why it ended.
  private func follow(
    _ feed: inout AgentFeed,
    _ deliver: @Sendable (AgentNews) async -> Void
  ) async -> End {
    do {
      let stream = try await ask(since: feed.version)
      if let end = refusal(of: stream.head) { return end }
      stream.limitSilence(to: silenceLimit)
      feed.beginAnswer()
      var isFollowing = false
      while let chunk = try await stream.nextChunk() {
        var news = try feed.take(chunk)
        if !isFollowing {
          isFollowing = true
          news.connection = .following
        }
        await deliver(news)
      }
      return .failed("It ended its answer.")
    } catch AgentFeed.Problem.expired {
      return .expired
    } catch AgentFeed.Problem.refused(let reason) {
      feed.forgetVersion()
      return .failed(reason)
    } catch let error as HTTPError {
      return .failed(error.description)
    } catch {
      return .failed("\(error)")
    }
  }

  private func ask(since version: String?) async throws -> HTTPStream {
    var url =
      settings.url.text
      + "/api/v1/findings?watch=true&allowWatchBookmarks=true&clusters=true"
    if let version { url += "&resourceVersion=\(version)" }
    var headers: HTTPHeaders = ["User-Agent": userAgent, "Accept": "application/json"]
    if let authorization = try await token.authorization() {
      headers.add("Authorization", authorization)
    }
    let client = HTTPClient(
      ConnectionSettings(
        tls: try TLSSettings(trusting: settings.certificateAuthority),
        // To this machine no proxy leads.
        proxy: settings.url.isEncrypted ? .environment : .none
      ),
      eventLoop: eventLoop
    )
    return try await client.stream(
      HTTPRequest(
        .get,
        url,
        headers: headers,
        timeouts: HTTPTimeouts(total: nil, idle: silenceLimit)
      )
    )
  }

  /// Why an answer is none; `nil` where it is one.
  private func refusal(of head: HTTPResponseHead) -> End? {
    switch head.status {
    case 200: nil
    case 401, 403: .failed("It does not accept the token (status \(head.status)).")
    case 410: .expired
    case 400, 404: .failed("It is no agent of this version (status \(head.status)).")
    default: .failed("It answered with status \(head.status).")
    }
  }
}

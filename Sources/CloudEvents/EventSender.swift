package import HTTP

/// Sends events to one recipient, once; when to try again is its caller's to say.
package struct EventSender: Sendable {
  /// What became of events that were sent.
  package enum Outcome: Sendable, Equatable {
    /// They arrived; here is what the recipient answered with.
    case delivered(ReadEvents)
    /// They are to be sent again.
    case failed(reason: String, retryAfter: Duration?)
    /// These will never be taken.
    case refused(reason: String)
    /// None are taken from us, or at this URL.
    case turnedAway(reason: String)
  }

  /// How a recipient is asked.
  package struct Options: Sendable, Equatable {
    package var mode = ContentMode.batch
    package var timeout = Duration.seconds(10)
    /// Whether events in the answer are wanted.
    package var wantsReply = false
    /// How long an answer may be, in bytes.
    package var largestReply = 4 << 20
    /// How many events one may hold.
    package var mostReplies = 10_000

    package init() {}
  }

  private let client: HTTPClient
  private let url: String
  private let options: Options
  private let userAgent: String

  package init(_ client: HTTPClient, url: String, options: Options, userAgent: String) {
    self.client = client
    self.url = url
    self.options = options
    self.userAgent = userAgent
  }

  package func send(_ events: [CloudEvent], authorization: String? = nil) async -> Outcome {
    let message = EventMessage(events, as: options.mode)
    var headers = message.headers
    headers.add("User-Agent", userAgent)
    if options.wantsReply { headers.add("Prefer", "reply") }
    if let authorization { headers.add("Authorization", authorization) }
    let request = HTTPRequest(
      .post,
      url,
      headers: headers,
      body: message.body,
      timeouts: HTTPTimeouts(connect: min(options.timeout, .seconds(10)), total: options.timeout),
      maximumBodyBytes: options.largestReply
    )
    let answer: HTTPResponse
    do throws(HTTPError) {
      answer = try await client.response(to: request)
    } catch .bodyTooLarge(let limit) {
      return .refused(reason: "its answer is longer than \(limit) bytes")
    } catch .malformedURL(let url) {
      return .turnedAway(reason: "\(url) is no URL that can be reached")
    } catch {
      return .failed(reason: error.description, retryAfter: nil)
    }
    let reason = "it answered with status \(answer.status)"
    switch DeliveryVerdict(
      status: answer.status,
      retryAfter: answer.head.headers["Retry-After"]
    ) {
    case .retry(let wait): return .failed(reason: reason, retryAfter: wait)
    case .refused: return .refused(reason: reason)
    case .turnedAway: return .turnedAway(reason: reason)
    case .delivered(mayReply: false): return .delivered(ReadEvents())
    case .delivered(mayReply: true):
      guard options.wantsReply else { return .delivered(ReadEvents()) }
      return .delivered(
        ReadEvents(
          headers: answer.head.headers,
          body: answer.body,
          limit: options.mostReplies
        )
      )
    }
  }
}

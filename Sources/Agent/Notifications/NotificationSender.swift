import CloudEvents
package import HTTP
import ServiceAccess
package import UserConfiguration
import WireFormats

/// Posts JSON to whoever is notified.
package struct NotificationSender: Sendable {
  private let settings: NotificationSettings
  private let eventLoop: EventLoop
  private let userAgent: String
  private let token: ServiceToken

  package init(
    _ settings: NotificationSettings,
    on eventLoop: EventLoop,
    userAgent: String,
    environment: [String: String]
  ) {
    self.settings = settings
    self.eventLoop = eventLoop
    self.userAgent = userAgent
    token = ServiceToken(
      settings.token,
      scheme: settings.tokenScheme,
      environment: environment
    )
  }

  /// Why something was not taken, and for how long to wait at least.
  struct Failure: Error, Equatable {
    let reason: String
    var retryAfter: Duration?
    /// Whether it will never be taken as it is.
    var isFinal = false
  }

  private var url: String {
    switch settings.receiver {
    case .webhook(let url): url
    case .alertmanager(let url): url + (url.hasSuffix("/") ? "" : "/") + "api/v2/alerts"
    }
  }

  func post(_ body: JSONValue) async throws(Failure) {
    var headers: HTTPHeaders = ["Content-Type": "application/json", "User-Agent": userAgent]
    let client: HTTPClient
    do throws(ServiceAccessError) {
      let tls = try TLSSettings(trusting: settings.certificateAuthority)
      client = HTTPClient(
        ConnectionSettings(tls: tls, proxy: .environment, acceptsGzip: true),
        eventLoop: eventLoop
      )
      if let authorization = try await token.authorization() {
        headers["Authorization"] = authorization
      }
    } catch {
      throw Failure(reason: error.description)
    }
    let request = HTTPRequest(
      .post,
      url,
      headers: headers,
      body: body.encoded(),
      timeouts: HTTPTimeouts(
        connect: min(settings.timeout, .seconds(10)),
        total: settings.timeout
      ),
      maximumBodyBytes: 64 << 10
    )
    let answer: HTTPResponse
    do throws(HTTPError) {
      answer = try await client.response(to: request)
    } catch .bodyTooLarge {
      // It was taken, or it would not have so much to say.
      return
    } catch {
      throw Failure(reason: error.description)
    }
    let reason = "it answered with status \(answer.status)"
    switch DeliveryVerdict(
      status: answer.status,
      retryAfter: answer.head.headers["Retry-After"]
    ) {
    case .delivered: return
    case .retry(let wait): throw Failure(reason: reason, retryAfter: wait)
    case .turnedAway: throw Failure(reason: reason, retryAfter: .seconds(30))
    case .refused: throw Failure(reason: reason, isFinal: true)
    }
  }
}

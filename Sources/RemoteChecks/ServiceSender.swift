package import CloudEvents
package import HTTP
import ServiceAccess
package import UserConfiguration

/// Sends events to a service as a configuration says; its token and its authorities are read anew each time.
package struct ServiceSender: Sendable {
  private let url: String
  private let options: EventSender.Options
  private let certificateAuthority: String?
  private let extensions: [String: String]
  private let token: ServiceToken
  private let eventLoop: EventLoop
  private let userAgent: String

  /// What a remote check's service is told by.
  package init(
    _ settings: RemoteCheckSettings,
    eventLoop: EventLoop,
    userAgent: String,
    environment: [String: String]
  ) {
    url = settings.url
    var options = EventSender.Options()
    options.mode = ContentMode(settings.mode)
    options.timeout = settings.timeout
    options.wantsReply = true
    self.options = options
    certificateAuthority = settings.certificateAuthority
    extensions = settings.extensions
    token = ServiceToken(settings.token, scheme: settings.tokenScheme, environment: environment)
    self.eventLoop = eventLoop
    self.userAgent = userAgent
  }

  package func send(_ events: [CloudEvent]) async -> EventSender.Outcome {
    do throws(ServiceAccessError) {
      let tls = try TLSSettings(trusting: certificateAuthority)
      let client = HTTPClient(
        ConnectionSettings(tls: tls, proxy: .environment, acceptsGzip: true),
        eventLoop: eventLoop
      )
      let authorization = try await token.authorization()
      return await EventSender(client, url: url, options: options, userAgent: userAgent)
        .send(events.map(extended), authorization: authorization)
    } catch {
      return .failed(reason: error.description, retryAfter: nil)
    }
  }

  private func extended(_ event: CloudEvent) -> CloudEvent {
    var event = event
    event.extensions.merge(extensions) { $1 }
    return event
  }
}

extension ContentMode {
  package init(_ mode: RemoteCheckSettings.Mode) {
    switch mode {
    case .batch: self = .batch
    case .binary: self = .binary
    case .structured: self = .structured
    }
  }
}

package import CloudEvents
package import HTTP
import ServiceAccess
import UserConfiguration

/// What a remote check is asked for: one cluster.
package protocol RemoteCheckHost: Sendable {
  /// Given whenever there may be something to send.
  var remoteSignal: RemoteSignal { get }

  func nextRemoteWork(of check: String) async -> RemoteWork

  func take(
    _ outcome: EventSender.Outcome,
    of batch: Int,
    from check: String,
    after latency: Duration
  ) async
}

/// Sends the events of one remote check, and hands over what is answered.
package struct RemoteCheckRunner: Sendable {
  package let check: RemoteCheck
  private let eventLoop: EventLoop
  private let userAgent: String
  private let token: ServiceToken

  package init(
    _ check: RemoteCheck,
    eventLoop: EventLoop,
    userAgent: String,
    environment: [String: String]
  ) {
    self.check = check
    self.eventLoop = eventLoop
    self.userAgent = userAgent
    token = ServiceToken(
      check.settings.token,
      scheme: check.settings.tokenScheme,
      environment: environment
    )
  }

  /// Serves a cluster until the task is cancelled.
  package func run(
    for host: some RemoteCheckHost,
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) async {
    await withDiscardingTaskGroup { group in
      for _ in 0..<check.settings.concurrency {
        group.addTask { await work(for: host, sleep) }
      }
    }
  }

  private func work(
    for host: some RemoteCheckHost,
    _ sleep: @escaping @Sendable (Duration) async throws -> Void
  ) async {
    while !Task.isCancelled {
      let count = host.remoteSignal.count
      switch await host.nextRemoteWork(of: check.name) {
      case .wait(let limit):
        let isWoken: Void? = try? await host.remoteSignal.wait(
          beyond: count,
          atMost: limit,
          sleep: sleep
        )
        guard isWoken != nil else { return }
      case .send(let batch):
        let start = ContinuousClock.now
        let outcome = await send(batch.events)
        // What was cut off because the program ends says nothing of the service.
        guard !Task.isCancelled else { return }
        await host.take(
          outcome,
          of: batch.id,
          from: check.name,
          after: start.duration(to: .now)
        )
      }
    }
  }

  private func send(_ events: [CloudEvent]) async -> EventSender.Outcome {
    let settings = check.settings
    var options = EventSender.Options()
    options.mode = ContentMode(settings.mode)
    options.timeout = settings.timeout
    options.wantsReply = true
    do throws(ServiceAccessError) {
      let tls = try TLSSettings(trusting: settings.certificateAuthority)
      let client = HTTPClient(
        ConnectionSettings(tls: tls, proxy: .environment, acceptsGzip: true),
        eventLoop: eventLoop
      )
      let authorization = try await token.authorization()
      return await EventSender(client, url: settings.url, options: options, userAgent: userAgent)
        .send(events, authorization: authorization)
    } catch {
      return .failed(reason: error.description, retryAfter: nil)
    }
  }
}

extension ContentMode {
  fileprivate init(_ mode: RemoteCheckSettings.Mode) {
    switch mode {
    case .batch: self = .batch
    case .binary: self = .binary
    case .structured: self = .structured
    }
  }
}

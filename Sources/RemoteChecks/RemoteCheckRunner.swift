package import CloudEvents
package import HTTP
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
  private let sender: ServiceSender

  package init(
    _ check: RemoteCheck,
    eventLoop: EventLoop,
    userAgent: String,
    environment: [String: String]
  ) {
    self.check = check
    sender = ServiceSender(
      check.settings,
      eventLoop: eventLoop,
      userAgent: userAgent,
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
        let outcome = await sender.send(batch.events)
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
}

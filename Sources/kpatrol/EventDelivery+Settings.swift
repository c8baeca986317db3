import Agent
import CloudEvents
import EventDelivery
import HTTP
import Synchronization
import UserConfiguration

extension EventDelivery {
  /// What tells the sink that a configuration or Knative names; `nil` where none does.
  static func delivery(
    _ settings: EventSettings,
    folder: String?,
    on eventLoop: EventLoop,
    environment: [String: String],
    say: @escaping @Sendable (String) -> Void,
    takeReply: @escaping ReplyTaker = { _ in }
  ) throws -> EventDelivery? {
    do {
      return try EventSink(settings, environment: environment).map { sink in
        EventDelivery(
          sink,
          folder: folder,
          eventLoop: eventLoop,
          userAgent: Version.userAgent,
          environment: environment,
          say: say,
          takeReply: takeReply
        )
      }
    } catch {
      throw UsageFailure(error)
    }
  }
}

/// Takes what a sink answers with, once there is a fleet whose objects it may be about.
final class ReplyIntake: Sendable {
  private let intake = Mutex<EventIntake?>(nil)

  func begin(_ intake: EventIntake) { self.intake.withLock { $0 = intake } }

  @Sendable func take(_ events: ReadEvents) async {
    _ = await intake.withLock { $0 }?.take(events)
  }
}

import Foundation
import WireFormats

/// Forgets Events after an hour, as the leases do under which real servers store them.
struct EventExpiry: Controller {
  let concerns: [ServedResource] = []
  let interval: Duration? = .seconds(60)

  private static let lifetime: TimeInterval = 3600

  func reconcile(_ world: World, pace: Double) {
    let now = world.now
    for event in world.objects(.events) {
      let created = event.member("metadata", "creationTimestamp")?.stringValue
      guard let date = SimulatedClock.date(created),
        now.timeIntervalSince(date) > Self.lifetime / pace
      else { continue }
      world.remove(ObjectAddress(event))
    }
  }
}

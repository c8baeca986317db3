import HTTP
import Inventories
import UserConfiguration

extension InventoryFeed {
  /// What reads each of these inventories.
  static func feeds(
    _ inventories: [InventorySettings],
    on eventLoop: EventLoop,
    environment: [String: String]
  ) -> [InventoryFeed] {
    inventories.map {
      InventoryFeed(
        $0,
        eventLoop: eventLoop,
        userAgent: Version.userAgent,
        environment: environment
      )
    }
  }
}

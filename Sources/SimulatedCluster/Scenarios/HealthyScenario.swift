import Foundation
import WireFormats

/// A shop of some three hundred objects, or several, in which everything is as it should be, and life
/// goes on.
enum HealthyScenario {
  static let scenario = Scenario(
    id: .healthy,
    build: { world, shops throws(APIFailure) in try ShopWorld.build(world, shops: shops) },
    life: life + [restarts]
  )

  /// Of how many shops one changes at a time.
  private static let quietShops = 10

  /// A rollout and a change of scale now and then, of nothing that night-shift breaks.
  static let life: [Scenario.Habit] = [
    Scenario.Habit(every: .seconds(17)) { world, count, _ in
      let deployments = [
        ("shop", "web"), ("inventory", "stock"), ("payments", "invoices"), ("shop", "search"),
      ]
      let (namespace, name) = deployments[count % deployments.count]
      for shop in changingShops(count, world) {
        let namespace = ShopWorld.name(namespace, ofShop: shop)
        guard let deployment = world.object(.deployments, namespace, name) else { continue }
        let path = ["spec", "template", "metadata", "annotations"]
        world.change(deployment) { value in
          value[
            path: path[0],
            path[1],
            path[2],
            path[3],
            "kubectl.kubernetes.io/restartedAt"
          ] = .string(world.timestamp)
        }
      }
    },
    Scenario.Habit(every: .seconds(23)) { world, count, _ in
      for shop in changingShops(count / 2, world) {
        let namespace = ShopWorld.name("shop", ofShop: shop)
        guard let deployment = world.object(.deployments, namespace, "images") else { continue }
        world.change(deployment) { $0[path: "spec", "replicas"] = count.isMultiple(of: 2) ? 4 : 6 }
      }
    },
  ]

  /// A twelfth of the Nodes restarts each minute, and is back before anybody has to worry.
  private static let restarts = Scenario.Habit(every: .seconds(60)) { world, count, pace in
    let end = world.now.addingTimeInterval(restartSeconds / pace)
    for (index, node) in world.objects(.nodes).enumerated() where index % 12 == count % 12 {
      world.outages.begin(on: node.name, until: end)
    }
  }

  private static let restartSeconds = 25.0

  /// The shops whose turn it is.
  private static func changingShops(_ count: Int, _ world: World) -> [Int] {
    let shops = ShopWorld.shopCount(world)
    guard shops > quietShops else { return [count % shops + 1] }
    return (1...shops).filter { $0 % quietShops == count % quietShops }
  }
}

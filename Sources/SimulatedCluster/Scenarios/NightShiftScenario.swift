import Foundation
import WireFormats

/// The healthy shop in which faults of all six shapes appear one by one within two minutes.
///
/// Each fault heals by the remedy that a real cluster would need, and no controller brings it back;
/// what the inventory says wrongly is for people to correct there, but for an address that leaked.
enum NightShiftScenario {
  static let scenario = Scenario(
    id: .nightShift,
    build: { world, shops throws(APIFailure) in try ShopWorld.build(world, shops: shops) },
    steps: steps,
    life: HealthyScenario.life
  )

  /// The finalizer that nobody handles.
  static let hold = "example.com/hold"
  /// How long the silent node stays silent.
  private static let outageSeconds = 8.0 * 60

  private static let steps: [Scenario.Step] = [
    Scenario.Step(after: .seconds(8), title: "conflict/pod-address") { world, _ in
      duplicateAddress(world)
    },
    Scenario.Step(after: .seconds(20), title: "dangling/pod-node") { world, _ in
      world.remove(ObjectAddress(.nodes, name: ShopWorld.edgeNode))
    },
    Scenario.Step(after: .seconds(27), title: "drift/cmdb-attribute") { world, _ in
      // Its Node goes on saying zone-1.
      world.netBox?.change("node-3", in: .devices) { device in
        device["site"] = ["name": "zone-3", "slug": "zone-3"]
      }
    },
    Scenario.Step(after: .seconds(35), title: "stuck/terminating: a Pod") { world, _ in
      guard let pod = pods("payments", "refunds", world).first else { return }
      holdAndDelete(pod, world)
    },
    Scenario.Step(after: .seconds(42), title: "drift/ipam-unallocated") { world, _ in
      world.netBox?.remove("192.0.2.12/24", from: .addresses)
    },
    Scenario.Step(after: .seconds(50), title: "unhealthy/node-not-ready") { world, pace in
      world.outages.begin(on: "node-4", until: world.now.addingTimeInterval(outageSeconds / pace))
    },
    Scenario.Step(after: .seconds(60), title: "stuck/terminating: a custom resource") { world, _ in
      let catalogue = Catalogue(registry: world.registry)
      guard let backups = catalogue.resource(qualifiedPlural: "backups.example.com"),
        let backup = world.object(backups, "shop", "before-release")
      else { return }
      holdAndDelete(backup, world)
    },
    Scenario.Step(after: .seconds(65), title: "dangling/volume-released") { world, _ in
      guard let claim = world.object(.persistentVolumeClaims, "inventory", "archive") else {
        return
      }
      world.delete(claim)
    },
    Scenario.Step(after: .seconds(75), title: "stuck/namespace-terminating") { world, _ in
      guard let namespace = world.object(.namespaces, "", "sandbox") else { return }
      world.delete(namespace)
    },
    Scenario.Step(after: .seconds(80), title: "dangling/definition-unused") { world, _ in
      world.create(ShopExtras.definition("coupons", "Coupon"), in: .customResourceDefinitions)
    },
    Scenario.Step(after: .seconds(88), title: "stuck/crash-loop") { world, _ in
      // A release that does not start; the one before goes on serving.
      guard let forecast = world.object(.deployments, "inventory", "forecast") else { return }
      world.change(forecast) { release("1.5-broken", of: &$0) }
    },
    Scenario.Step(after: .seconds(95), title: "drift/pod-outside-cidr") { world, _ in
      guard let pod = pods("inventory", "pricing", world).first else { return }
      setAddress("10.250.7.9", of: pod, world)
    },
    Scenario.Step(after: .seconds(100), title: "drift/ipam-leaked") { world, _ in
      world.netBox?.put(NetBoxRecords.address("192.0.2.77/24"), in: .addresses)
    },
    Scenario.Step(after: .seconds(110), title: "risk/quota") { world, _ in
      // Payments may have 20 Pods; seven more of the gateway leave room for one.
      guard let gateway = world.object(.deployments, "payments", "gateway") else { return }
      world.change(gateway) { $0[path: "spec", "replicas"] = 10 }
    },
  ]

  private static func release(_ tag: String, of deployment: inout JSONValue) {
    let containers = deployment[path: "spec", "template", "spec", "containers"]?.arrayValue ?? []
    deployment[path: "spec", "template", "spec", "containers"] = .array(
      containers.map { container in
        var container = container
        let image = container["image"]?.stringValue ?? ""
        let name = image.split(separator: ":").first.map(String.init) ?? image
        container["image"] = .string("\(name):\(tag)")
        return container
      }
    )
  }

  /// The live Pods of an application, oldest first.
  private static func pods(
    _ namespace: String,
    _ application: String,
    _ world: World
  ) -> [StoredObject] {
    world.objects(.pods, in: namespace)
      .filter { $0.labels["app"]?.stringValue == application && PodReading.isActive($0) }
      .sorted { created($0) < created($1) }
  }

  private static func created(_ object: StoredObject) -> String {
    object.value[path: "metadata", "creationTimestamp"]?.stringValue ?? ""
  }

  private static func duplicateAddress(_ world: World) {
    let pods = pods("shop", "cart", world)
    guard let oldest = pods.first, let youngest = pods.last, oldest.uid != youngest.uid,
      let address = PodReading.address(of: oldest)
    else { return }
    setAddress(address, of: youngest, world)
  }

  private static func setAddress(_ address: String, of pod: StoredObject, _ world: World) {
    world.change(pod) { value in
      value[path: "status", "podIP"] = .string(address)
      value[path: "status", "podIPs"] = [["ip": .string(address)]]
    }
  }

  private static func holdAndDelete(_ object: StoredObject, _ world: World) {
    world.change(object) { value in
      let finalizers = value[path: "metadata", "finalizers"]?.arrayValue ?? []
      value[path: "metadata", "finalizers"] = .array(finalizers + [.string(hold)])
      value[path: "metadata", "managedFields"] = [
        [
          "manager": "shop-operator", "operation": "Update",
          "apiVersion": value["apiVersion"] ?? "v1",
          "time": value[path: "metadata", "creationTimestamp"] ?? .null, "fieldsType": "FieldsV1",
          "fieldsV1": ["f:metadata": ["f:finalizers": ["v:\"\(hold)\"": [:]]]],
        ]
      ]
    }
    world.delete(object)
  }
}

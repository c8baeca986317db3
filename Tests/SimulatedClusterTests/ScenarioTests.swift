import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct ScenarioTests {
  @Test func everyScenarioIsListedOnce() {
    #expect(Scenarios.all.map(\.id) == ScenarioID.allCases)
    #expect(ScenarioID(rawValue: "night-shift") == .nightShift)
  }

  @Test func theShopBeginsHealthy() async throws {
    let world = try await LivingWorld(.healthy)
    let all = Catalogue(registry: world.test.registry).stored.flatMap {
      world.test.world.objects($0)
    }
    #expect((220...360).contains(all.count))
    let pods = world.test.world.objects(.pods)
    #expect(pods.count == ShopWorld.applications.reduce(0) { $0 + Int($1.replicas) })
    #expect(pods.allSatisfy(PodReading.isReady))
    #expect(Set(pods.compactMap(PodReading.address)).count == pods.count)
    let onEdge = pods.filter { PodReading.node(of: $0) == ShopWorld.edgeNode }
    #expect(onEdge.map { $0.labels["app"] } == ["scanner"])
    let volumes = world.test.world.objects(.persistentVolumes)
    #expect(volumes.allSatisfy { $0.value[path: "status", "phase"] == "Bound" })
  }

  @Test func theHealthyShopStaysHealthyWhileLifeGoesOn() async throws {
    let world = try await LivingWorld(.healthy)
    let before = world.test.registry.store.version
    await world.pass(150)
    #expect(world.test.registry.store.version > before + 300)
    let pods = world.test.world.objects(.pods).filter(PodReading.isActive)
    #expect(
      Set(pods.compactMap(PodReading.address)).count == pods.compactMap(PodReading.address).count
    )
    for deployment in world.test.world.objects(.deployments) {
      let ready = deployment.value[path: "status", "readyReplicas"]?.integerValue ?? 0
      let desired = deployment.value[path: "spec", "replicas"]?.integerValue ?? 0
      #expect(ready >= desired - 1, "\(deployment.name)")
    }
    #expect(problems(of: world).isEmpty)
  }

  /// The faults of night-shift that are there now, by the ids of the checks that find them.
  private func problems(of living: LivingWorld) -> Set<String> {
    let world = living.test.world
    var found: Set<String> = []
    let pods = world.objects(.pods).filter(PodReading.isActive)
    let addresses = pods.compactMap(PodReading.address)
    if Set(addresses).count < addresses.count { found.insert("conflict/pod-address") }
    let nodes = Dictionary(grouping: world.objects(.nodes), by: \.name)
    for pod in world.objects(.pods) {
      guard let name = PodReading.node(of: pod) else { continue }
      guard let node = nodes[name]?.first else {
        found.insert("dangling/pod-node")
        continue
      }
      let cidr = node.value[path: "spec", "podCIDR"]?.stringValue ?? ""
      if let address = PodReading.address(of: pod), address.hasPrefix("10.250."),
        !cidr.hasPrefix("10.250.")
      {
        found.insert("drift/pod-outside-cidr")
      }
      if pod.isTerminating, pod.finalizers.contains("example.com/hold") {
        found.insert("stuck/terminating")
      }
    }
    if nodes.values.joined().contains(where: {
      Conditions.status(of: "Ready", in: $0.value) != "True"
    }) {
      found.insert("unhealthy/node-not-ready")
    }
    if world.objects(.persistentVolumes).contains(where: {
      $0.value[path: "status", "phase"] == "Released"
    }) {
      found.insert("dangling/volume-released")
    }
    if world.objects(.namespaces).contains(where: \.isTerminating) {
      found.insert("stuck/namespace-terminating")
    }
    let catalogue = Catalogue(registry: living.test.registry)
    if catalogue.custom.contains(where: { world.objects($0).isEmpty }) {
      found.insert("dangling/definition-unused")
    }
    if world.objects(.pods).contains(where: {
      $0.value[path: "status", "containerStatuses"]?[0]?[path: "state", "waiting", "reason"]
        == "CrashLoopBackOff"
    }) {
      found.insert("stuck/crash-loop")
    }
    for quota in world.objects(.resourceQuotas) {
      let used = quota.value[path: "status", "used", "pods"]?.stringValue.flatMap(Int.init) ?? 0
      let hard = quota.value[path: "status", "hard", "pods"]?.stringValue.flatMap(Int.init) ?? 1
      if used * 10 > hard * 9 { found.insert("risk/quota") }
    }
    return found
  }

  @Test func theFaultsOfTheNightAppearOneByOne() async throws {
    let world = try await LivingWorld(.nightShift)
    var seen: Set<String> = []
    let timeline: [(Int, String)] = [
      (10, "conflict/pod-address"), (22, "dangling/pod-node"), (37, "stuck/terminating"),
      (53, "unhealthy/node-not-ready"), (67, "dangling/volume-released"),
      (77, "stuck/namespace-terminating"), (82, "dangling/definition-unused"),
      (93, "stuck/crash-loop"), (97, "drift/pod-outside-cidr"), (117, "risk/quota"),
    ]
    var time = 0
    for (second, id) in timeline {
      #expect(!problems(of: world).contains(id), "\(id) came too early")
      await world.pass(second - time)
      time = second
      #expect(problems(of: world).contains(id), "\(id) is missing at \(second) s")
      seen.insert(id)
    }
    // None goes away by itself, and the first is there within ten seconds.
    #expect(problems(of: world) == seen)
    await world.pass(300 - time)
    #expect(problems(of: world).isSuperset(of: seen))
  }

  @Test func everyFaultStaysHealed() async throws {
    let world = try await LivingWorld(.nightShift)
    await world.pass(120)
    let truth = world.test.world
    // The younger of the two Pods with one address goes; its ReplicaSet makes another.
    let pods = truth.objects(.pods).filter(PodReading.isActive)
    for (_, twins) in Dictionary(grouping: pods, by: { PodReading.address(of: $0) ?? $0.uid })
    where twins.count > 1 {
      truth.delete(try #require(twins.last))
    }
    for pod in truth.objects(.pods) where PodReading.node(of: pod) == ShopWorld.edgeNode {
      truth.delete(pod, gracePeriodSeconds: 0)
    }
    for pod in truth.objects(.pods) where PodReading.address(of: pod)?.hasPrefix("10.250.") == true
    {
      truth.delete(pod)
    }
    for resource in Catalogue(registry: world.test.registry).stored {
      for object in truth.objects(resource) where object.isTerminating {
        truth.change(object) { Finalizers.remove("example.com/hold", from: &$0) }
      }
    }
    for volume in truth.objects(.persistentVolumes)
    where volume.value[path: "status", "phase"] == "Released" {
      truth.delete(volume)
    }
    truth.delete(try #require(truth.object(.customResourceDefinitions, "", "coupons.example.com")))
    let gateway = try #require(truth.object(.deployments, "payments", "gateway"))
    truth.change(gateway) { $0[path: "spec", "replicas"] = 3 }
    let forecast = try #require(truth.object(.deployments, "inventory", "forecast"))
    truth.change(forecast) { value in
      var container = value[path: "spec", "template", "spec", "containers"]?[0] ?? [:]
      container["image"] = "registry.example.com/inventory/forecast:1.4"
      value[path: "spec", "template", "spec", "containers"] = [container]
    }
    await world.pass(60)
    #expect(problems(of: world) == ["unhealthy/node-not-ready"])
    // The silent machine comes back by itself, though not before six minutes are over.
    await world.pass(300)
    #expect(problems(of: world).contains("unhealthy/node-not-ready"))
    await world.pass(80)
    #expect(problems(of: world).isEmpty)
  }

  @Test func theSameSeedMakesTheSameWorld() throws {
    func names(seed: UInt64) throws -> [String] {
      let registry = Registry(clock: ManualClock().clock, identities: Identities(seed: seed))
      try ShopWorld.build(World(registry))
      return registry.objects(.pods).map { "\($0.name) \($0.uid)" }
    }
    #expect(try names(seed: 3) == names(seed: 3))
    #expect(try names(seed: 3) != names(seed: 4))
  }
}

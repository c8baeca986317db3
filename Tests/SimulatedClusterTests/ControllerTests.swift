import Testing
import WireFormats

@testable import SimulatedCluster

/// A world with two nodes whose time a test lets pass.
struct LivingWorld {
  let test: TestServer
  let director: Director

  init(_ scenario: ScenarioID = .empty, nodes: Int = 2) async throws {
    test = try TestServer(namespaces: [])
    let scenario = Scenarios.scenario(scenario)
    try scenario.build(test.world, 1)
    if scenario.id == .empty {
      try EmptyScenario.buildNamespaces(["shop"], test.world)
      for number in 0..<nodes {
        try test.world.put(Sample.node("node-\(number + 1)", number: number + 1), in: .nodes)
      }
    }
    director = Director(test.registry, scenario: scenario, pace: 1)
  }

  func pass(_ seconds: Int) async {
    for _ in 0..<(seconds * 2) {
      test.time.advance(by: 0.5)
      await director.advance(by: .milliseconds(500))
    }
  }

  func pods(_ namespace: String = "shop", app: String? = nil) -> [StoredObject] {
    test.world.objects(.pods, in: namespace)
      .filter { app == nil || $0.labels["app"]?.stringValue == app }
  }

  func live(_ namespace: String = "shop", app: String? = nil) -> [StoredObject] {
    pods(namespace, app: app).filter { PodReading.isActive($0) && PodReading.isReady($0) }
  }

  func object(
    _ resource: ServedResource,
    _ name: String,
    namespace: String = ""
  ) -> StoredObject? {
    test.world.object(resource, namespace, name)
  }
}

@Suite struct ControllerTests {
  private func worldWithDeployment(replicas: Int64) async throws -> LivingWorld {
    let world = try await LivingWorld()
    try world.test.registry.create(
      Sample.deployment("web", replicas: replicas),
      in: .deployments,
      namespace: "shop"
    )
    await world.pass(6)
    return world
  }

  @Test func aDeploymentBecomesRunningPods() async throws {
    let world = try await worldWithDeployment(replicas: 4)
    let pods = world.live()
    #expect(pods.count == 4)
    #expect(Set(pods.compactMap(PodReading.address)).count == 4)
    #expect(Set(pods.compactMap(PodReading.node)) == ["node-1", "node-2"])
    #expect(pods.allSatisfy { $0.name.hasPrefix("web-") })
    for pod in pods {
      let node = PodReading.node(of: pod) == "node-1" ? "10.244.1." : "10.244.2."
      #expect(PodReading.address(of: pod)?.hasPrefix(node) == true)
    }
    let deployment = try #require(world.object(.deployments, "web", namespace: "shop"))
    #expect(deployment.value[path: "status", "readyReplicas"] == 4)
    #expect(Conditions.status(of: "Available", in: deployment.value) == "True")
  }

  @Test func aDeletedPodIsReplaced() async throws {
    let world = try await worldWithDeployment(replicas: 2)
    let victim = try #require(world.live().first)
    world.test.world.delete(victim)
    await world.pass(6)
    #expect(world.live().count == 2)
    #expect(!world.pods().contains { $0.uid == victim.uid })
  }

  @Test func aNewTemplateRollsOut() async throws {
    let world = try await worldWithDeployment(replicas: 3)
    let before = Set(world.live().map(\.uid))
    let deployment = try #require(world.object(.deployments, "web", namespace: "shop"))
    world.test.world.change(deployment) {
      $0[path: "spec", "template"] =
        Sample.deployment("web", replicas: 3, image: "two")[path: "spec", "template"]
    }
    var fewest = 3
    for _ in 0..<30 {
      await world.pass(1)
      fewest = min(fewest, world.live().count)
    }
    #expect(world.live().count == 3)
    #expect(before.isDisjoint(with: world.live().map(\.uid)))
    #expect(fewest >= 2)
    #expect(world.test.world.objects(.replicaSets).count == 2)
  }

  @Test func scalingDownKeepsTheOldest() async throws {
    let world = try await worldWithDeployment(replicas: 3)
    let deployment = try #require(world.object(.deployments, "web", namespace: "shop"))
    world.test.world.change(deployment) { $0[path: "spec", "replicas"] = 1 }
    await world.pass(6)
    #expect(world.live().count == 1)
  }

  @Test func deletingADeploymentTakesItsPodsAlong() async throws {
    let world = try await worldWithDeployment(replicas: 2)
    world.test.world.delete(try #require(world.object(.deployments, "web", namespace: "shop")))
    await world.pass(8)
    #expect(world.pods().isEmpty)
    #expect(world.test.world.objects(.replicaSets).isEmpty)
  }

  @Test func foregroundDeletionWaitsForDependents() async throws {
    let world = try await worldWithDeployment(replicas: 1)
    world.test.world.delete(
      try #require(world.object(.deployments, "web", namespace: "shop")),
      propagation: .foreground
    )
    await world.pass(1)
    #expect(world.object(.deployments, "web", namespace: "shop") != nil)
    await world.pass(10)
    #expect(world.object(.deployments, "web", namespace: "shop") == nil)
    #expect(world.pods().isEmpty)
  }

  @Test func orphansStay() async throws {
    let world = try await worldWithDeployment(replicas: 1)
    world.test.world.delete(
      try #require(world.object(.deployments, "web", namespace: "shop")),
      propagation: .orphan
    )
    await world.pass(4)
    #expect(world.object(.deployments, "web", namespace: "shop") == nil)
    let set = try #require(world.test.world.objects(.replicaSets).first)
    #expect(OwnerReference.all(of: set).isEmpty)
    #expect(world.live().count == 1)
  }

  @Test func podsWaitWhileNoNodeTakesThem() async throws {
    let world = try await LivingWorld(nodes: 1)
    let node = try #require(world.object(.nodes, "node-1"))
    world.test.world.change(node) { $0[path: "spec", "unschedulable"] = true }
    try await world.test.createPod("one")
    await world.pass(4)
    let waiting = try #require(world.pods().first)
    #expect(Conditions.status(of: "PodScheduled", in: waiting.value) == "False")
    world.test.world.change(try #require(world.object(.nodes, "node-1"))) {
      $0[path: "spec", "unschedulable"] = nil
    }
    await world.pass(4)
    #expect(world.live().count == 1)
  }

  @Test func nodeSelectorsAndTaintsDecide() async throws {
    let world = try await LivingWorld()
    world.test.world.change(try #require(world.object(.nodes, "node-1"))) {
      $0[path: "spec", "taints"] = [["key": "edge", "effect": "NoSchedule"]]
    }
    world.test.world.change(try #require(world.object(.nodes, "node-2"))) {
      $0[path: "metadata", "labels"] = ["disk": "fast"]
    }
    var tolerant = Sample.pod("tolerant")
    tolerant[path: "spec", "tolerations"] = [["key": "edge"]]
    var picky = Sample.pod("picky")
    picky[path: "spec", "nodeSelector"] = ["disk": "fast"]
    for pod in [picky, tolerant] {
      try world.test.registry.create(pod, in: .pods, namespace: "shop")
    }
    await world.pass(4)
    #expect(world.pods().map { PodReading.node(of: $0) ?? "" } == ["node-2", "node-1"])
  }

  @Test func podsOfALostMachineStayUntilForced() async throws {
    let world = try await LivingWorld()
    try await world.test.createPod("one")
    await world.pass(4)
    let pod = try #require(world.pods().first)
    world.test.world.remove(ObjectAddress(.nodes, name: PodReading.node(of: pod) ?? ""))
    world.test.world.delete(pod)
    await world.pass(60)
    #expect(world.pods().count == 1)
    world.test.world.delete(try #require(world.pods().first), gracePeriodSeconds: 0)
    #expect(world.pods().isEmpty)
  }

  @Test func aSilentNodeIsUnknownAndComesBack() async throws {
    let world = try await LivingWorld()
    try await world.test.createPod("one")
    await world.pass(4)
    let name = try #require(world.pods().first.flatMap(PodReading.node))
    await world.director.beginOutage(on: name, seconds: 100)
    await world.pass(4)
    var node = try #require(world.object(.nodes, name))
    #expect(Conditions.status(of: "Ready", in: node.value) == "Unknown")
    #expect(node.value[path: "spec", "taints"]?.arrayValue?.count == 2)
    #expect(world.live().isEmpty)
    await world.pass(110)
    node = try #require(world.object(.nodes, name))
    #expect(Conditions.status(of: "Ready", in: node.value) == "True")
    #expect(node.value[path: "spec", "taints"] == nil)
    #expect(world.live().count == 1)
  }

  @Test func aNodeThatStaysSilentLosesItsPods() async throws {
    let world = try await worldWithDeployment(replicas: 2)
    await world.director.beginOutage(on: "node-1", seconds: 1_000)
    await world.pass(290)
    #expect(!world.pods().contains { $0.isTerminating })
    await world.pass(30)
    #expect(world.pods().contains { $0.isTerminating })
    #expect(world.live().count == 2)
  }

  @Test func heartbeatsChangeNothingButTimes() async throws {
    let world = try await LivingWorld()
    await world.pass(6)
    let before = try #require(world.object(.nodes, "node-1"))
    await world.pass(6)
    let after = try #require(world.object(.nodes, "node-1"))
    #expect(after.version > before.version)
    var first = before.value
    var second = after.value
    for path in ["metadata", "status"] {
      first[path] = nil
      second[path] = nil
    }
    #expect(first == second)
    #expect(before.value[path: "status", "addresses"] == after.value[path: "status", "addresses"])
  }

  @Test func claimsAndVolumesFindEachOther() async throws {
    let world = try await LivingWorld()
    let registry = world.test.registry
    try registry.create(
      [
        "metadata": ["name": "old"],
        "spec": ["storageClassName": "slow", "capacity": ["storage": "1Gi"]],
      ],
      in: .persistentVolumes
    )
    try registry.create(
      ["metadata": ["name": "fast"], "provisioner": "csi.example.com", "reclaimPolicy": "Delete"],
      in: .storageClasses
    )
    for (name, storageClass) in [("a", "slow"), ("b", "fast"), ("c", "none")] {
      try registry.create(
        [
          "metadata": ["name": .string(name)],
          "spec": [
            "storageClassName": .string(storageClass),
            "resources": ["requests": ["storage": "1Gi"]],
          ],
        ],
        in: .persistentVolumeClaims,
        namespace: "shop"
      )
    }
    await world.pass(3)
    func claim(_ name: String) -> StoredObject? {
      world.object(.persistentVolumeClaims, name, namespace: "shop")
    }
    #expect(claim("a")?.value[path: "spec", "volumeName"] == "old")
    let made = try #require(claim("b")?.value[path: "spec", "volumeName"]?.stringValue)
    #expect(claim("c")?.value[path: "status", "phase"] == "Pending")
    for name in ["a", "b"] { world.test.world.delete(try #require(claim(name))) }
    await world.pass(3)
    #expect(claim("a") == nil)
    let released = try #require(world.object(.persistentVolumes, "old"))
    #expect(released.value[path: "status", "phase"] == "Released")
    // Its class says that volumes go with their claims.
    #expect(world.object(.persistentVolumes, made) == nil)
    world.test.world.change(released) { $0[path: "spec", "claimRef"] = nil }
    await world.pass(1)
    let available = try #require(world.object(.persistentVolumes, "old"))
    #expect(available.value[path: "status", "phase"] == "Available")
    world.test.world.delete(available)
    await world.pass(1)
    #expect(world.object(.persistentVolumes, "old") == nil)
  }

  @Test func aNamespaceEndsWhenItIsEmpty() async throws {
    let world = try await LivingWorld()
    try world.test.registry.create(Sample.configMap("a"), in: .configMaps, namespace: "shop")
    world.test.world.delete(try #require(world.object(.namespaces, "shop")))
    #expect(world.object(.namespaces, "shop")?.value[path: "status", "phase"] == "Terminating")
    await world.pass(4)
    #expect(world.object(.namespaces, "shop") == nil)
    #expect(world.test.world.objects(.configMaps, in: "shop").isEmpty)
  }

  @Test func servicesListTheirReadyPods() async throws {
    let world = try await worldWithDeployment(replicas: 2)
    try world.test.registry.create(
      [
        "metadata": ["name": "web"], "spec": ["selector": ["app": "web"], "ports": [["port": 80]]],
      ],
      in: .services,
      namespace: "shop"
    )
    await world.pass(2)
    func addresses() -> Set<String> {
      let slice = world.test.world.objects(.endpointSlices).first
      let endpoints = slice?.value["endpoints"]?.arrayValue ?? []
      return Set(endpoints.compactMap { $0["addresses"]?[0]?.stringValue })
    }
    #expect(addresses() == Set(world.live().compactMap(PodReading.address)))
    world.test.world.delete(try #require(world.live().first))
    await world.pass(6)
    #expect(addresses() == Set(world.live().compactMap(PodReading.address)))
  }

  @Test func quotasAndBudgetsCount() async throws {
    let world = try await worldWithDeployment(replicas: 3)
    try world.test.registry.create(
      ["metadata": ["name": "limits"], "spec": ["hard": ["pods": "4", "limits.cpu": "9"]]],
      in: .resourceQuotas,
      namespace: "shop"
    )
    try world.test.registry.create(
      [
        "metadata": ["name": "web"],
        "spec": ["minAvailable": 2, "selector": ["matchLabels": ["app": "web"]]],
      ],
      in: .podDisruptionBudgets,
      namespace: "shop"
    )
    await world.pass(1)
    let quota = try #require(world.object(.resourceQuotas, "limits", namespace: "shop"))
    #expect(
      quota.value["status"] == ["hard": ["pods": "4", "limits.cpu": "9"], "used": ["pods": "3"]]
    )
    let budget = try #require(world.object(.podDisruptionBudgets, "web", namespace: "shop"))
    #expect(budget.value[path: "status", "disruptionsAllowed"] == 1)
    #expect(budget.value[path: "status", "currentHealthy"] == 3)
  }

  @Test(
    "A node gives the lowest free address",
    arguments: [
      ("10.0.0.0/24", ["10.0.0.2", "10.0.0.3"], "10.0.0.4"), ("10.0.0.0/30", [], "10.0.0.2"),
      ("10.0.0.0/30", ["10.0.0.2"], nil), ("nonsense", [], nil), ("10.0.0.0/32", [], nil),
    ] as [(String, Set<String>, String?)]
  )
  func addresses(cidr: String, taken: Set<String>, expected: String?) {
    let node = StoredObject(
      ["metadata": ["name": "a"], "spec": ["podCIDR": .string(cidr)]],
      of: .nodes,
      version: 1
    )
    #expect(PodAddresses.free(on: node, besides: taken) == expected)
  }
}

import Testing
import WireFormats

@testable import SimulatedCluster

/// What controllers tell of their doings, and how revisions of Deployments come and go.
@Suite struct EventRecordingTests {
  private func world() async throws -> LivingWorld {
    let world = try await LivingWorld()
    try world.test.registry.create(
      Sample.deployment("web", replicas: 1),
      in: .deployments,
      namespace: "shop"
    )
    await world.pass(6)
    return world
  }

  private func events(_ world: LivingWorld) -> [StoredObject] {
    world.test.registry.objects(.events)
  }

  private func reasons(_ world: LivingWorld) -> Set<String> {
    Set(events(world).compactMap { $0.member("reason")?.stringValue })
  }

  @Test func aRolloutIsToldFromTheDeploymentToTheContainer() async throws {
    let world = try await world()
    #expect(
      reasons(world) == ["ScalingReplicaSet", "Scheduled", "Started", "SuccessfulCreate"]
    )
    let pod = try #require(world.pods().first)
    let scheduled = try #require(events(world).first { $0.member("reason") == "Scheduled" })
    #expect(scheduled.member("involvedObject", "uid")?.stringValue == pod.uid)
    #expect(scheduled.member("firstTimestamp") == .null)
    #expect(scheduled.member("eventTime")?.stringValue != nil)
    let started = try #require(events(world).first { $0.member("reason") == "Started" })
    #expect(started.member("involvedObject", "fieldPath") == "spec.containers{main}")
    #expect(started.member("source", "host") == pod.member("spec", "nodeName"))
    // What they tell is as valid as what clients would have to send.
    for event in events(world) {
      try EventValidation(.events).checkCreation(event.value, in: event.namespace)
    }
    world.test.world.delete(pod)
    await world.pass(6)
    #expect(reasons(world).contains("Killing"))
  }

  @Test func aSilentNodeIsTold() async throws {
    let world = try await world()
    await world.director.beginOutage(on: "node-1", seconds: 10)
    await world.pass(20)
    let told = events(world).filter { $0.member("involvedObject", "kind") == "Node" }
    #expect(told.compactMap { $0.member("reason")?.stringValue } == ["NodeNotReady", "NodeReady"])
    #expect(told.allSatisfy { $0.namespace == "default" })
  }

  @Test func eventsAreForgottenAfterAnHour() async throws {
    let world = try await world()
    #expect(!events(world).isEmpty)
    world.test.time.advance(by: 3500)
    await world.pass(60)
    #expect(!events(world).isEmpty)
    world.test.time.advance(by: 100)
    await world.pass(61)
    #expect(events(world).isEmpty)
  }

  @Test func aWorldThatIsBuiltHasNoPast() async throws {
    let world = try await LivingWorld(.healthy)
    #expect(!world.pods().isEmpty)
    #expect(events(world).isEmpty)
  }

  @Test func aTemplateThatComesBackIsTheNewestRevision() async throws {
    let world = try await world()
    func revision(of image: String) -> String? {
      world.test.registry.objects(.replicaSets).first { set in
        let containers = set.value[path: "spec", "template", "spec"]?["containers"]
        return containers?[0]?["image"] == .string(image)
      }?.value[path: "metadata", "annotations", "deployment.kubernetes.io/revision"]?.stringValue
    }
    func setImage(_ image: JSONValue) async throws {
      let deployment = try #require(world.object(.deployments, "web", namespace: "shop"))
      world.test.world.change(deployment) { value in
        // As clients in Go write it, with members that say nothing.
        value[path: "spec", "template", "metadata", "creationTimestamp"] = .null
        value[path: "spec", "template", "spec", "containers"] = [
          ["name": "main", "image": image, "resources": [:]]
        ]
      }
      await world.pass(10)
    }
    #expect(revision(of: "one") == "1")
    try await setImage("two")
    #expect(revision(of: "two") == "2")
    try await setImage("one")
    #expect(revision(of: "one") == "3")
    #expect(world.test.registry.objects(.replicaSets).count == 2)
    let deployment = try #require(world.object(.deployments, "web", namespace: "shop"))
    #expect(
      deployment.value[path: "metadata", "annotations", "deployment.kubernetes.io/revision"] == "3"
    )
  }
}

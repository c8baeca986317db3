import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct BulkWorldTests {
  private func build(_ bulk: BulkWorld) throws -> TestServer {
    let test = try TestServer(namespaces: [])
    try bulk.build(test.world)
    return test
  }

  @Test func itHasAsManyObjectsAsAskedFor() throws {
    let test = try build(BulkWorld(pods: 205, nodes: 7, namespaces: 3))
    #expect(test.registry.objects(.pods).count == 205)
    #expect(test.registry.objects(.nodes).count == 7)
    #expect(test.registry.objects(.replicaSets).count == 21)
    #expect(test.registry.objects(.deployments).count == 21)
    let names = test.registry.objects(.namespaces).map(\.name)
    #expect(names == ["bulk-000", "bulk-001", "bulk-002", "default", "kube-system"])
  }

  @Test func aPodHasTheSizeAndTheMembersOfARecordedOne() async throws {
    let recorded = try Recording("096").json
    let test = try build(BulkWorld(pods: 1, nodes: 1, namespaces: 1))
    let pod = try #require(test.registry.objects(.pods).first)
    #expect((3_500...5_000).contains(pod.body.count), "\(pod.body.count) bytes")
    for part in ["metadata", "spec", "status"] {
      let members = Set(pod.value[part]?.objectValue?.keys.map { $0 } ?? [])
      let missing = Set(recorded[part]?.objectValue?.keys.map { $0 } ?? []).subtracting(members)
      #expect(missing.isEmpty, "\(part): \(missing)")
    }
  }

  @Test func everyPodIsWhereItsOwnerAndItsNodeAre() throws {
    let test = try build(BulkWorld(pods: 40, nodes: 3, namespaces: 2))
    let replicaSets = test.registry.objects(.replicaSets)
    for pod in test.registry.objects(.pods) {
      let owner = pod.value[path: "metadata", "ownerReferences"]?[0]?["uid"]?.stringValue
      let replicaSet = try #require(replicaSets.first { $0.uid == owner })
      #expect(replicaSet.namespace == pod.namespace)
      let selector = LabelSelector(spec: replicaSet.value[path: "spec", "selector"])
      #expect(selector.matches(pod.labels))
      let node = pod.value[path: "spec", "nodeName"]?.stringValue ?? ""
      #expect(test.registry.store.object(.nodes, at: node) != nil)
    }
    let addresses = Set(
      test.registry.objects(.pods).compactMap { $0.value[path: "status", "podIP"]?.stringValue }
    )
    #expect(addresses.count == 40)
  }

  @Test func aRestartIsOneChangeOfOnePod() async throws {
    let bulk = BulkWorld(pods: 30, nodes: 2, namespaces: 2)
    let test = try build(bulk)
    let before = test.registry.store.version
    bulk.restart(25, test.world)
    bulk.restart(30, test.world)
    #expect(test.registry.store.version == before + 1)
    let changed = try #require(test.registry.objects(.pods).first { $0.version == before + 1 })
    #expect(changed.value[path: "status", "containerStatuses"]?[0]?["restartCount"] == 1)
  }

  @Test func aBulkWorldIsServedWhole() async throws {
    let running = try await RunningCluster(.empty)
    try running.cluster.build(BulkWorld(pods: 1_000, nodes: 10, namespaces: 5))
    for option in ["--http1.1", "--http2"] {
      let answer = try await running.curl("/api/v1/pods", option, "--compressed")
      let list = try JSONValue(parsing: Array(answer.output.utf8))
      #expect(list["items"]?.arrayValue?.count == 1_000)
    }
    running.cluster.restartPods(0..<10, of: BulkWorld(pods: 1_000, nodes: 10, namespaces: 5))
    try await running.end()
  }
}

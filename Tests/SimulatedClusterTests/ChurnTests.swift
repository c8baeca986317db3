import Foundation
import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct ChurnTests {
  private static let date = Date(timeIntervalSince1970: 1_795_500_000)

  private struct Running {
    let test: TestServer
    var churn: Churn

    init(_ bulk: BulkWorld) throws {
      test = try TestServer(namespaces: [])
      churn = try bulk.build(test.world)
    }

    mutating func run(_ count: Int) -> [BulkChange] {
      (0..<count).map { _ in
        let change = churn.next(at: ChurnTests.date)
        change.apply(to: test.registry.store)
        return change
      }
    }
  }

  @Test func theSameSeedMakesTheSameChanges() {
    let bulk = BulkWorld(pods: 100, nodes: 5, namespaces: 2)
    func bodies(_ seed: UInt64) -> [[UInt8]] {
      var churn = Churn(of: bulk, created: Self.date, seed: seed)
      return (0..<300).map { churn.next(at: Self.date).watchEvent(version: UInt64($0)) }
    }
    #expect(bodies(1) == bodies(1))
    #expect(bodies(1) != bodies(2))
  }

  @Test func everyChangeIsOneVersion() throws {
    var running = try Running(BulkWorld(pods: 100, nodes: 5, namespaces: 2))
    let before = running.test.registry.store.version
    let changes = running.run(2_000)
    #expect(running.test.registry.store.version == before + 2_000)
    let kinds = Set(changes.map(\.resource))
    #expect(
      kinds == [
        "pods", "nodes", "leases.coordination.k8s.io", "endpointslices.discovery.k8s.io",
        "replicasets.apps", "deployments.apps", "events",
      ]
    )
  }

  @Test func whatIsDeletedWasThereAndWhatIsPutIsComplete() throws {
    var running = try Running(BulkWorld(pods: 60, nodes: 4, namespaces: 2))
    for _ in 0..<3_000 {
      let change = running.churn.next(at: Self.date)
      let resource = change.object.resource
      let store = running.test.registry.store
      let before = store.object(resource, at: change.object.path)
      #expect((before == nil) == (change.operation == .add), "\(resource.plural) \(change.name)")
      change.apply(to: store)
      guard let after = store.object(resource, at: change.object.path) else { continue }
      #expect(before.map { $0.uid == after.uid } ?? true)
      #expect(try JSONValue(parsing: after.body).encoded() == after.body)
    }
  }

  @Test func theWorldStaysWholeAndHealthy() throws {
    let bulk = BulkWorld(pods: 60, nodes: 4, namespaces: 2)
    var running = try Running(bulk)
    _ = running.run(5_000)
    // Every rollout that is under way has at most one Pod more, and one that ends.
    let pods = running.test.registry.objects(.pods)
    #expect((60...68).contains(pods.count), "\(pods.count) Pods")
    let addresses = pods.compactMap { $0.member("status", "podIP")?.stringValue }
    #expect(Set(addresses).count == addresses.count)
    let replicaSets = Dictionary(
      uniqueKeysWithValues: running.test.registry.objects(.replicaSets).map { ($0.uid, $0) }
    )
    for pod in pods {
      let owner = pod.member("metadata", "ownerReferences")?[0]?["uid"]?.stringValue ?? ""
      #expect(replicaSets[owner] != nil, "\(pod.path) has lost its owner.")
    }
    let deployments = running.test.registry.objects(.deployments)
    #expect(deployments.contains { $0.member("metadata", "generation") != 1 })
  }

  @Test func aSliceNamesThePodsThatRun() throws {
    var running = try Running(BulkWorld(pods: 10, nodes: 2, namespaces: 1))
    _ = running.run(4_000)
    let pods = Dictionary(
      uniqueKeysWithValues: running.test.registry.objects(.pods).map { ($0.uid, $0) }
    )
    let slice = try #require(running.test.registry.objects(.endpointSlices).first)
    let endpoints = slice.member("endpoints")?.arrayValue ?? []
    #expect(endpoints.count == 10)
    for endpoint in endpoints {
      let uid = endpoint[path: "targetRef", "uid"]?.stringValue ?? ""
      let pod = try #require(pods[uid], "The slice names a Pod that is gone.")
      #expect(pod.member("status", "podIP") == endpoint["addresses"]?[0])
    }
  }

  @Test func heartbeatsAreHalfOfAll() throws {
    var churn = Churn(of: BulkWorld(pods: 1_000, nodes: 50), created: Self.date)
    let changes = (0..<4_000).map { _ in churn.next(at: Self.date).resource }
    let heartbeats = changes.count { $0 == "nodes" || $0.hasPrefix("leases") }
    #expect((1_400...2_200).contains(heartbeats), "\(heartbeats) of 4000")
  }

  @Test func aWorldWithoutPodsHasHeartbeats() {
    var churn = Churn(of: BulkWorld(pods: 0, nodes: 2), created: Self.date)
    let kinds = Set((0..<100).map { _ in churn.next(at: Self.date).resource })
    #expect(kinds == ["leases.coordination.k8s.io", "nodes"])
  }

  @Test func aChangeIsToldAsTheServerTellsIt() async throws {
    var running = try Running(BulkWorld(pods: 20, nodes: 2, namespaces: 1))
    let start = running.test.registry.store.version
    let changes = running.run(500)
    for (accept, isProtobuf) in [("application/json", false), (ProtobufEnvelope.mediaType, true)] {
      let answer = try await running.test.send(
        "GET",
        "/api/v1/pods?watch=true&timeoutSeconds=0&resourceVersion=\(start)",
        accept: accept
      )
      let own = changes.enumerated().filter {
        $0.element.resource == "pods" && !$0.element.isDeletion
      }
      .map { $0.element.watchEvent(version: start + 1 + UInt64($0.offset), asProtobuf: isProtobuf) }
      #expect(own.count > 50)
      for event in own { #expect(answer.bytes.firstRange(of: event) != nil) }
    }
  }

  @Test func thePaceFollowsFromTheTimeThatPassed() {
    #expect(ChurnPacer.due(after: .milliseconds(1), at: 10) == 0)
    #expect(ChurnPacer.due(after: .milliseconds(250), at: 2_000) == 500)
    #expect(ChurnPacer.due(after: .seconds(3), at: 0.5) == 1)
  }

  @Test func changesReachTheWatchesOfARunningCluster() async throws {
    let bulk = BulkWorld(pods: 20, nodes: 2, namespaces: 1)
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .bulk, bulk: bulk, churn: 200)
    )
    let before = cluster.resourceVersion
    let watcher = cluster.registry.store.addWatcher(of: ServedResource.leases.qualifiedPlural)
    // Nothing else rings it.
    for await _ in watcher.news { break }
    cluster.registry.store.removeWatcher(watcher)
    await cluster.stop()
    #expect(cluster.resourceVersion != before)
  }
}

import Foundation
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
    #expect(test.registry.objects(.leases).count == 7)
    #expect(test.registry.objects(.deployments).count == 21)
    // The one that runs, and the one before it.
    #expect(test.registry.objects(.replicaSets).count == 42)
    #expect(test.registry.objects(.endpointSlices).count == 21)
    let names = test.registry.objects(.namespaces).map(\.name)
    #expect(
      names == [
        "bulk-000", "bulk-001", "bulk-002", "default", "kube-node-lease", "kube-public",
        "kube-system",
      ]
    )
  }

  @Test func customKindsAreServedWithTheirObjects() async throws {
    let test = try build(BulkWorld(pods: 0, nodes: 1, namespaces: 2, customKinds: 3))
    let catalogue = Catalogue(registry: test.registry)
    #expect(catalogue.stored.count == BulkWorld.builtInKinds + 3)
    let list = try await test.get("/apis/bulk.example.com/v1/things002")
    #expect(list["items"]?.arrayValue?.count == BulkWorld.objectsPerCustomKind)
    #expect(list["items"]?[0]?["kind"] == "Thing002")
  }

  @Test func podsAndNodesHaveTheSizeAndTheMembersOfRecordedOnes() throws {
    let test = try build(BulkWorld(pods: 1, nodes: 1, namespaces: 1))
    let pod = try #require(test.registry.objects(.pods).first)
    #expect((7_500...8_500).contains(pod.body.count), "\(pod.body.count) bytes")
    let node = try #require(test.registry.objects(.nodes).first)
    #expect((10_000...20_000).contains(node.body.count), "\(node.body.count) bytes")
    let recordedNode = try #require(try Recording("013").json["items"]?[0])
    for (own, recorded) in [(pod.value, try Recording("096").json), (node.value, recordedNode)] {
      for part in ["metadata", "spec", "status"] {
        let members = Set(own[part]?.objectValue?.keys.map { $0 } ?? [])
        let missing = Set(recorded[part]?.objectValue?.keys.map { $0 } ?? []).subtracting(members)
        #expect(missing.isEmpty, "\(part): \(missing)")
      }
    }
  }

  /// What is filled into bytes has to be as what is made of values: compact, members sorted, versions right.
  @Test func everyObjectIsWrittenAsAnyOther() throws {
    let test = try build(BulkWorld(pods: 12, nodes: 2, namespaces: 2, customKinds: 1))
    for resource in Catalogue(registry: test.registry).stored {
      for object in test.registry.objects(resource) {
        #expect(try JSONValue(parsing: object.body).encoded() == object.body)
        #expect(object.member("metadata", "resourceVersion")?.stringValue == String(object.version))
        #expect(object.member("metadata", "name")?.stringValue == object.name)
        #expect(object.value[path: "metadata", "namespace"]?.stringValue ?? "" == object.namespace)
        #expect(object.uid.count == 36)
        #expect(!String(decoding: object.body, as: UTF8.self).contains("$"))
      }
    }
  }

  @Test func noTwoObjectsHaveOneIdentity() throws {
    let test = try build(BulkWorld(pods: 300, nodes: 20, namespaces: 2, customKinds: 2))
    let objects = Catalogue(registry: test.registry).stored.flatMap { test.registry.objects($0) }
    #expect(Set(objects.map(\.uid)).count == objects.count)
    #expect(Set(objects.map(\.version)).count == objects.count)
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
      let name = pod.value[path: "spec", "nodeName"]?.stringValue ?? ""
      let node = try #require(test.registry.store.object(.nodes, at: name))
      let range = node.value[path: "spec", "podCIDR"]?.stringValue ?? ""
      let address = pod.value[path: "status", "podIP"]?.stringValue ?? ""
      #expect(range.hasSuffix(".0/24"))
      #expect(address.hasPrefix(range.dropLast("0/24".count)))
    }
    let addresses = Set(
      test.registry.objects(.pods).compactMap { $0.value[path: "status", "podIP"]?.stringValue }
    )
    #expect(addresses.count == 40)
  }

  @Test func aNodeWithManyPodsHasAddressesForThemAll() {
    let bulk = BulkWorld(pods: 3_000, nodes: 3)
    #expect(bulk.addressRange(ofNode: 1) == "10.0.8.0/21")
    let addresses = Set((0..<3_000).flatMap { [bulk.podAddress($0, 1), bulk.podAddress($0, 2)] })
    #expect(addresses.count == 6_000)
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

  @Test func selectorsAndTablesReadObjectsThatHaveNoTree() async throws {
    let bulk = BulkWorld(pods: 30, nodes: 3, namespaces: 2)
    let test = try build(bulk)
    let labelled = try await test.get("/api/v1/pods?labelSelector=app%3D\(bulk.appName(1))")
    #expect(labelled["items"]?.arrayValue?.count == 10)
    let placed = try await test.get(
      "/api/v1/pods?fieldSelector=spec.nodeName%3D\(bulk.nodeName(1))"
    )
    #expect(placed["items"]?.arrayValue?.count == 10)
    let table = try await test.get("/api/v1/nodes", accept: "application/json;as=Table;v=v1")
    #expect(table["rows"]?[0]?["cells"]?[1] == "Ready")
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

  @Test func watchesThatAreOpenCannotFollowManyObjectsAtOnce() async throws {
    let test = try TestServer()
    try await test.createPod("a")
    let watch = try #require(await test.watch("/api/v1/pods?watch=true"))
    _ = try await watch.next()
    try BulkWorld(pods: 10, nodes: 1, namespaces: 1).build(test.world)
    let news = String(decoding: try await watch.next() ?? [], as: UTF8.self)
    #expect(news.contains("\"ERROR\"") && news.contains("410"))
  }
}

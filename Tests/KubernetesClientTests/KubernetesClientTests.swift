import Foundation
import HTTP
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import TestServers
import Testing
import WireFormats

@Suite(.fewAtOnce) struct KubernetesClientTests {
  private let eventLoop = EventLoop()

  private func client(_ server: ScriptedServer, credential: Credential = .token("t"))
    -> KubernetesClient
  {
    KubernetesClient(
      ClusterConnection(contextName: "test", server: server.url, credential: credential),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
  }

  /// A server that answers everything as it was recorded in one exchange.
  private func server(recorded number: String) throws -> ScriptedServer {
    let exchange = try RecordedExchange(number)
    let status = exchange.statusLine.split(separator: " ").dropFirst().first.flatMap { Int($0) }
    return try ScriptedServer { _ in [.answer(exchange.body, status: status ?? 0)] }
  }

  @Test func discoveryFindsAllKindsAndTheBrokenGroup() async throws {
    let world = try RecordedWorld()
    let server = try ScriptedServer { world.answer(to: $0) }
    defer { server.stop() }
    let discovery = try await client(server).discover()
    let kinds = discovery.resources.map(\.kind.description)
    #expect(kinds.contains("Pod"))
    #expect(kinds.contains("Widget.example.com"))
    #expect(Set(kinds).count == kinds.count)
    #expect(discovery.brokenGroups.map(\.groupVersion) == ["metrics.example.com/v1beta1"])
    let scaler = discovery.resources.first { $0.kind.name == "HorizontalPodAutoscaler" }
    #expect(scaler?.version == "v2")
    let pods = discovery.resources.first { $0.plural == "pods" }
    #expect(pods?.isWatchable == true)
    #expect(pods?.shortNames == ["po"])
  }

  @Test func olderServersAreAskedGroupByGroup() async throws {
    let recordings = [
      "/api": "006", "/apis": "007", "/api/v1": "008", "/apis/apps/v1": "009",
      "/apis/example.com/v1": "010", "/apis/metrics.example.com/v1beta1": "011",
    ]
    let exchanges = try recordings.mapValues { try RecordedExchange($0) }
    let server = try ScriptedServer { request in
      guard let exchange = exchanges[request.path] else {
        return [.answer(#"{"resources":[]}"#)]
      }
      let status = exchange.statusLine.contains("503") ? 503 : 200
      return [.answer(exchange.body, status: status)]
    }
    defer { server.stop() }
    let discovery = try await client(server).discover()
    let kinds = Set(discovery.resources.map(\.kind.description))
    #expect(kinds.isSuperset(of: ["Pod", "Deployment.apps", "Widget.example.com"]))
    #expect(!discovery.resources.contains { $0.plural.contains("/") })
    #expect(discovery.brokenGroups.map(\.groupVersion) == ["metrics.example.com/v1beta1"])
  }

  @Test func requestsNameWhoAsksAndWhat() async throws {
    let server = try server(recorded: "051")
    defer { server.stop() }
    _ = try await client(server).list(
      .widgets,
      namespace: "shop",
      limit: 3,
      continueToken: "a+b/=",
      metadataOnly: true
    )
    let request = try #require(server.requests.first)
    #expect(
      request.target
        == "/apis/example.com/v1/namespaces/shop/widgets?limit=3&continue=a%2Bb%2F%3D"
    )
    #expect(request.headers["authorization"] == "Bearer t")
    #expect(request.headers["user-agent"] == "kpatrol/test")
    #expect(
      request.headers["accept"]
        == "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json"
    )
  }

  @Test(
    "Refusals mean what the API says",
    arguments: [
      ("055", "invalid"), ("064", "unauthorized"), ("066", "forbidden"), ("068", "notFound"),
      ("071", "changedMeanwhile"), ("072", "alreadyExists"), ("073", "invalid"),
      ("076", "changedMeanwhile"), ("078", "throttled"), ("084", "changedMeanwhile"),
    ]
  )
  func refusals(number: String, expected: String) async throws {
    let server = try server(recorded: number)
    defer { server.stop() }
    let error = await #expect(throws: KubernetesError.self) {
      try await client(server).list(.pods)
    }
    let name = Mirror(reflecting: try #require(error)).children.first?.label
    #expect(name == expected)
  }

  @Test func aRefusedEvictionSaysWhichBudgetRefuses() async throws {
    let server = try server(recorded: "078")
    defer { server.stop() }
    let error = await #expect(throws: KubernetesError.self) {
      try await client(server).list(.pods)
    }
    #expect(error?.description.contains("The disruption budget cart needs 2 healthy pods") == true)
  }

  @Test func deletionsAndPatchesAreTheRecordedOnes() async throws {
    let server = try ScriptedServer { _ in [.answer("{}")] }
    defer { server.stop() }
    let client = client(server)
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "lost")
    let options = DeleteOptions(uid: "00000000-0000-0000-0000-000000000000")
    _ = try await client.send(.delete(pod, of: .pods, options))
    let patch: JSONValue = ["spec": ["unschedulable": true]]
    let node = ObjectKey(Node.kind, name: "node-1")
    _ = try await client.send(.patch(node, of: .nodes, .merge(patch)).asDryRun)
    let recordedDeletion = try RecordedExchange("076")
    let recordedPatch = try RecordedExchange("080")
    let requests = server.requests
    #expect("DELETE \(requests[0].target) HTTP/1.1" == recordedDeletion.requestLine)
    #expect(
      try JSONValue(parsing: requests[0].body) == JSONValue(parsing: recordedDeletion.requestBody)
    )
    #expect(requests[1].target == "/api/v1/nodes/node-1?dryRun=All&fieldManager=kpatrol")
    #expect(requests[1].headers["content-type"] == "application/merge-patch+json")
    #expect(
      try JSONValue(parsing: requests[1].body) == JSONValue(parsing: recordedPatch.requestBody)
    )
  }

  @Test func anAnswerThatBreaksOffBehindItsHeadCountsAsFailed() async throws {
    let server = try ScriptedServer { _ in [.streamHead(), .chunk("{"), .cut] }
    defer { server.stop() }
    let client = client(server)
    var list = try await client.list(.pods)
    await #expect(throws: KubernetesError.self) { _ = try await list.rest() }
    var watch = try await client.watch(
      .pods,
      from: .version("1"),
      timeout: .seconds(60),
      silence: .seconds(60)
    )
    await #expect(throws: KubernetesError.self) { _ = try await watch.next() }
    #expect(client.statistics.requests == 2)
    #expect(client.statistics.failures == 2)
  }

  @Test func subresourcesArePatchedAndObjectsCreatedUnderTheirPaths() async throws {
    let server = try ScriptedServer { _ in [.answer("{}")] }
    defer { server.stop() }
    let client = client(server)
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "a")
    let status = ChangeRequest.patch(
      pod,
      of: .pods,
      subresource: "status",
      .merge(["status": [:]])
    )
    _ = try await client.send(status)
    let object: JSONValue = ["metadata": ["name": "b"]]
    _ = try await client.send(.create(object, of: .pods, as: pod))
    let requests = server.requests
    #expect(requests[0].target == "/api/v1/namespaces/shop/pods/a/status?fieldManager=kpatrol")
    #expect(requests[1].method == "POST")
    #expect(requests[1].target == "/api/v1/namespaces/shop/pods?fieldManager=kpatrol")
    #expect(try JSONValue(parsing: requests[1].body) == object)
  }

  @Test func aTokenFileIsReadForEachRequest() async throws {
    let server = try ScriptedServer { _ in [.answer(#"{"gitVersion":"v1"}"#)] }
    defer { server.stop() }
    let path = "/tmp/kpatrol-token-\(UInt64.random(in: 0 ... .max))"
    let client = client(server, credential: .tokenFile(path))
    await #expect(throws: KubernetesError.self) { try await client.serverVersion() }
    for token in ["one", "two"] {
      try "\(token)\n".write(toFile: path, atomically: true, encoding: .utf8)
      _ = try await client.serverVersion()
    }
    #expect(server.requests.map { $0.headers["authorization"] } == ["Bearer one", "Bearer two"])
  }
}

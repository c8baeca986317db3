import HTTP
import KubernetesClient
import KubernetesObjects
import ObjectBuilders
import TestServers
import Testing

/// Built-in kinds are asked for as protobuf, and whatever comes is read by what it says it is.
@Suite(.fewAtOnce) struct ProtobufClientTests {
  private static let protobuf = ["Content-Type": "application/vnd.kubernetes.protobuf"]

  private func withClient(
    _ handler: @escaping ScriptedServer.Handler,
    _ body: (KubernetesClient, ScriptedServer) async throws -> Void
  ) async throws {
    let server = try ScriptedServer(handler)
    let eventLoop = EventLoop()
    let client = KubernetesClient(
      ClusterConnection(contextName: "test", server: server.url),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
    try await body(client, server)
    eventLoop.shutdown()
    server.stop()
  }

  @Test func aRecordedListAndItsWatchAreRead() async throws {
    let list = try RecordedExchange("201").body
    let watch = try RecordedExchange("240").body
    let handler: ScriptedServer.Handler = { request in
      guard request.target.contains("watch=true") else {
        return [.answer(list, headers: Self.protobuf)]
      }
      return [
        .answer(
          watch,
          headers: ["Content-Type": "application/vnd.kubernetes.protobuf;stream=watch"]
        )
      ]
    }
    try await withClient(handler) { client, server in
      var stream = try await client.list(.pods)
      let pods = try await stream.rest()
      #expect(pods.contains { $0.record.metadata.name == "bare" })
      #expect(stream.metadata.resourceVersion == "407")
      var events = try await client.watch(
        .pods,
        from: .version("407"),
        timeout: .seconds(60),
        silence: .seconds(60)
      )
      var names: [String] = []
      while let next = try await events.next() {
        for case .added(let pod) in try next.map({ try $0.get() }) {
          names.append(pod.record.metadata.name)
        }
      }
      #expect(names == ["newborn"])
      let accepted = server.requests.map { $0.headers["accept"] }
      #expect(
        accepted == [
          "application/vnd.kubernetes.protobuf,application/json",
          "application/vnd.kubernetes.protobuf;stream=watch,application/json",
        ]
      )
    }
  }

  @Test func aRefusalInProtobufIsUnderstood() async throws {
    let refusal = try RecordedExchange("242").body
    let handler: ScriptedServer.Handler = { _ in
      [.answer(refusal, status: 404, headers: Self.protobuf)]
    }
    try await withClient(handler) { client, _ in
      await #expect(throws: KubernetesError.notFound(message: #"pods "none" not found"#)) {
        _ = try await client.list(.pods)
      }
    }
  }

  @Test func customKindsAreAskedForAsJSON() async throws {
    let handler: ScriptedServer.Handler = { _ in [.answer(#"{"items":[]}"#)] }
    try await withClient(handler) { client, server in
      _ = try await client.list(.widgets)
      #expect(server.requests.map { $0.headers["accept"] } == ["application/json"])
    }
  }
}

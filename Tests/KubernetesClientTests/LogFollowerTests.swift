import Foundation
import HTTP
import KubernetesClient
import KubernetesObjects
import TestServers
import Testing

/// Logs from a server that breaks off, refuses, and sends what no screen is wide enough for.
@Suite(.fewAtOnce) struct LogFollowerTests {
  private let eventLoop = EventLoop()
  private let pod = ObjectKey(Pod.kind, namespace: "shop", name: "cart-1")
  private let pods = APIResource(
    kind: Pod.kind,
    version: "v1",
    plural: "pods",
    isNamespaced: true
  )

  private func client(_ server: ScriptedServer) -> KubernetesClient {
    KubernetesClient(
      ClusterConnection(contextName: "test", server: server.url, credential: .token("t")),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
  }

  /// Follows a log until a text has come, or it is complete; answers all that was told.
  private func follow(
    _ server: ScriptedServer,
    until text: String,
    follows: Bool = true
  ) async -> [LogEvent] {
    let told = Shared<[LogEvent]>([])
    let options = LogOptions(container: "main", start: .tail(10), follows: follows)
    let (client, pod, pods) = (client(server), pod, pods)
    let following = Task {
      await client.readLog(of: pod, pods, options) { event in told.change { $0.append(event) } }
    }
    _ = await eventually {
      told.value.contains { event in
        switch event {
        case .lines(let lines): lines.contains { $0.text == text }
        case .completed, .failed: true
        default: false
        }
      }
    }
    following.cancel()
    await following.value
    return told.value
  }

  private func texts(_ events: [LogEvent]) -> [String] {
    events.flatMap { event -> [String] in
      if case .lines(let lines) = event { lines.map(\.text) } else { [] }
    }
  }

  private static func line(_ second: Int, _ text: String) -> String {
    "2026-11-23T12:00:0\(second).5Z \(text)\n"
  }

  @Test func aConnectionThatBreaksInALineIsResumedWithoutRepeatingAny() async throws {
    let count = Shared(0)
    let server = try ScriptedServer { _ in
      let number = count.change { count in
        count += 1
        return count
      }
      let first = Self.line(1, "one") + Self.line(2, "two")
      guard number > 1 else {
        return [.streamHead(), .chunk(first + "2026-11-23T12:00:03.5Z thr"), .cut]
      }
      return [
        .streamHead(), .chunk(Self.line(2, "two") + Self.line(3, "three") + Self.line(4, "four")),
        .hold,
      ]
    }
    defer { server.stop() }
    let events = await follow(server, until: "four")
    #expect(texts(events) == ["one", "two", "three", "four"])
    #expect(events.contains(.resumed))
    #expect(events.contains { if case .interrupted = $0 { true } else { false } })
    #expect(
      server.requests.map(\.target) == [
        "/api/v1/namespaces/shop/pods/cart-1/log?container=main&timestamps=true&follow=true"
          + "&tailLines=10",
        "/api/v1/namespaces/shop/pods/cart-1/log?container=main&timestamps=true&follow=true"
          + "&sinceTime=2026-11-23T12%3A00%3A02Z",
      ]
    )
  }

  @Test func aContainerThatWaitsIsToldOnceAndFollowedWhenItRuns() async throws {
    let count = Shared(0)
    let server = try ScriptedServer { _ in
      let number = count.change { count in
        count += 1
        return count
      }
      let message = #"container \"main\" in pod \"cart-1\" is waiting to start: PodInitializing"#
      let status = #"{"kind":"Status","code":400,"reason":"BadRequest","message":"\#(message)"}"#
      guard number > 2 else {
        return [.answer(status, status: 400, headers: ["Content-Type": "application/json"])]
      }
      return [.streamHead(), .chunk(Self.line(1, "started")), .hold]
    }
    defer { server.stop() }
    #expect(
      await follow(server, until: "started") == [
        .interrupted("container \"main\" in pod \"cart-1\" is waiting to start: PodInitializing"),
        .resumed,
        .lines([LogLine(time: LogTime("2026-11-23T12:00:01.5Z"), text: "started")]),
      ]
    )
  }

  @Test func theNextRunOfAContainerFollowsTheLast() async throws {
    let count = Shared(0)
    let server = try ScriptedServer { _ in
      let number = count.change { count in
        count += 1
        return count
      }
      let first = Self.line(1, "crashed")
      return number == 1
        ? [.answer(first)] : [.streamHead(), .chunk(first + Self.line(5, "again")), .hold]
    }
    defer { server.stop() }
    let events = await follow(server, until: "again")
    #expect(texts(events) == ["crashed", "again"])
    #expect(events.count { $0 == .containerEnded } == 1)
  }

  @Test func whatIsGoneFails() async throws {
    let server = try ScriptedServer { _ in
      let status = #"{"kind":"Status","code":404,"message":"pods \"cart-1\" not found"}"#
      return [.answer(status, status: 404, headers: ["Content-Type": "application/json"])]
    }
    defer { server.stop() }
    #expect(await follow(server, until: "") == [.failed("pods \"cart-1\" not found")])
  }

  @Test func aLineOfTenMegabytesIsCut() async throws {
    let server = try ScriptedServer { _ in
      let long = String(repeating: "long ", count: 2 << 20)
      return [.answer(Self.line(1, long) + Self.line(2, "short"))]
    }
    defer { server.stop() }
    let events = await follow(server, until: "", follows: false)
    #expect(texts(events).map { $0.utf8.count < 20_000 } == [true, true])
    #expect(texts(events).last == "short")
    #expect(events.last == .completed)
  }

  @Test func eventsAreReadWhicheverWayTheyWereWritten() async throws {
    let server = try ScriptedServer { _ in
      let body = """
        {"items":[
          {"type":"Normal","reason":"Pulled","message":"image is there","source":{"component":"kubelet"},
           "firstTimestamp":"2026-11-23T11:00:00Z","lastTimestamp":"2026-11-23T11:30:00Z","count":3},
          {"type":"Warning","reason":"BackOff","message":"waits","reportingComponent":"scheduler",
           "eventTime":"2026-11-23T11:10:00.000001Z","count":null,
           "series":{"count":7,"lastObservedTime":"2026-11-23T11:50:00.000001Z"}},
          {"reason":"Odd","metadata":{"creationTimestamp":"2026-11-23T10:00:00Z"}}
        ]}
        """
      return [.answer(body, headers: ["Content-Type": "application/json"])]
    }
    defer { server.stop() }
    let events = try await client(server).events(about: pod, uid: "u-1")
    #expect(events.map(\.reason) == ["BackOff", "Pulled", "Odd"])
    #expect(events.map(\.count) == [7, 3, 1])
    #expect(events.map(\.isWarning) == [true, false, false])
    #expect(events.map(\.reporter) == ["scheduler", "kubelet", ""])
    #expect(events[1].first?.rfc3339 == "2026-11-23T11:00:00Z")
    #expect(events[0].last?.rfc3339 == "2026-11-23T11:50:00Z")
    _ = try await client(server).events(about: pod, uid: nil)
    #expect(
      server.requests.map(\.target) == [
        "/api/v1/namespaces/shop/events?fieldSelector=involvedObject.uid%3Du-1&limit=500",
        "/api/v1/namespaces/shop/events?fieldSelector="
          + "involvedObject.kind%3DPod%2CinvolvedObject.name%3Dcart-1&limit=500",
      ]
    )
  }
}

import Foundation
import Synchronization
import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct PodLogTests {
  private static let path = "/api/v1/namespaces/shop/pods"

  /// A server with two nodes, whose kubelets answer unless there is an outage.
  private func server(_ outages: Outages = Outages()) throws -> TestServer {
    let test = try TestServer(kubelets: Kubelets(outages: outages))
    for number in 1...2 {
      try test.world.put(Sample.node("node-\(number)", number: number), in: .nodes)
    }
    return test
  }

  /// Puts a Pod on a node, with a status for each of its containers.
  private func put(
    _ name: String,
    _ statuses: [JSONValue],
    node: String? = "node-1",
    phase: JSONValue = "Running",
    in test: TestServer
  ) throws {
    var pod = Sample.pod(name)
    pod[path: "metadata", "namespace"] = "shop"
    if let node { pod[path: "spec", "nodeName"] = .string(node) }
    if !statuses.isEmpty {
      pod[path: "spec", "containers"] = .array(
        statuses.map { ["name": $0["name"] ?? "", "image": "registry.example.com/shop/cart:1.4"] }
      )
    }
    pod["status"] = ["phase": phase, "containerStatuses": .array(statuses)]
    try test.world.put(pod, in: .pods)
  }

  private func running(_ name: String = "main", since seconds: Double, _ test: TestServer)
    -> JSONValue
  {
    [
      "name": .string(name), "image": "registry.example.com/shop/cart:1.4", "restartCount": 0,
      "state": ["running": ["startedAt": time(seconds, test)]],
    ]
  }

  private func time(_ secondsAgo: Double, _ test: TestServer) -> JSONValue {
    .string(SimulatedClock.timestamp(test.time.clock.now().addingTimeInterval(-secondsAgo)))
  }

  private func crashing(_ test: TestServer) -> JSONValue {
    [
      "name": "main", "image": "registry.example.com/shop/cart:1.4", "restartCount": 4,
      "state": ["waiting": ["reason": "CrashLoopBackOff"]],
      "lastState": [
        "terminated": [
          "exitCode": 1, "reason": "Error", "startedAt": time(90, test),
          "finishedAt": time(60, test),
        ]
      ],
    ]
  }

  private func lines(_ test: TestServer, _ pod: String, _ query: String = "") async throws
    -> [String]
  {
    let answer = try await test.send("GET", "\(Self.path)/\(pod)/log?\(query)")
    #expect(answer.status == 200)
    #expect(answer.headers["Content-Type"] == "text/plain")
    return answer.text.split(separator: "\n").map(String.init)
  }

  @Test func aKubeletThatCannotBeReachedIsToldWordForWord() async throws {
    let recording = try Recording("093")
    let answer = try await RecordedCluster().answer("093", recording)
    #expect(try answer.json() == recording.json)
  }

  @Test func aMachineThatIsDownRefuses() async throws {
    let outages = Outages()
    let test = try server(outages)
    outages.begin(on: "node-2", until: .distantFuture)
    try put("one", [running(since: 60, test)], node: "node-2", in: test)
    let answer = try await test.send("GET", "\(Self.path)/one/log?timestamps=true&tailLines=5")
    #expect(answer.status == 500)
    #expect(
      try answer.json()["message"]
        == .string(
          "Get \"https://node-2:10250/containerLogs/shop/one/main?tailLines=5&timestamps=true\": "
            + "dial tcp 192.0.2.2:10250: connect: connection refused"
        )
    )
  }

  @Test func aLogIsTheSameEachTimeAndGrowsWithTime() async throws {
    let test = try server()
    try put("one", [running(since: 600, test)], in: test)
    try put("two", [running(since: 600, test)], in: test)
    let before = try await lines(test, "one")
    #expect(before.first?.contains("starting cart 1.4") == true)
    #expect(before.count > 20)
    #expect(try await lines(test, "one") == before)
    #expect(try await lines(test, "two") != before)
    test.time.advance(by: 120)
    let after = try await lines(test, "one")
    #expect(after.starts(with: before))
    #expect(after.count > before.count)
  }

  @Test func aPartOfALogIsThatPart() async throws {
    let test = try server()
    try put("one", [running(since: 600, test)], in: test)
    let all = try await lines(test, "one")
    let stamped = try await lines(test, "one", "timestamps=true")
    #expect(stamped.map { String($0.split(separator: " ", maxSplits: 1)[1]) } == all)
    let stamps = stamped.map { String($0.prefix { $0 != " " }) }
    #expect(stamps == stamps.sorted())
    #expect(stamps.allSatisfy { $0.count == 30 && $0.hasSuffix("Z") })
    #expect(try await lines(test, "one", "tailLines=3") == all.suffix(3))
    #expect(try await lines(test, "one", "tailLines=0") == [])
    #expect(try await lines(test, "one", "tailLines=100000") == all)
    let since = SimulatedClock.timestamp(test.time.clock.now().addingTimeInterval(-100))
    let recent = zip(stamps, all).filter { $0.0 >= since }.map(\.1)
    #expect(!recent.isEmpty && recent.count < all.count)
    #expect(try await lines(test, "one", "sinceSeconds=100") == recent)
    #expect(try await lines(test, "one", "sinceTime=\(since)") == recent)
    #expect(try await lines(test, "one", "sinceSeconds=100&tailLines=2") == recent.suffix(2))
    let cut = try await test.send("GET", "\(Self.path)/one/log?limitBytes=100").bytes
    #expect(cut == Array(all.joined(separator: "\n").utf8.prefix(100)))
  }

  @Test func oldLinesAreForgottenAsFilesAreRotated() async throws {
    let test = try server()
    try put("old", [running(since: 365 * 24 * 3600, test)], in: test)
    let all = try await lines(test, "old")
    #expect(all.count == ContainerLines.kept)
    #expect(try await lines(test, "old", "tailLines=2") == all.suffix(2))
  }

  @Test func whatCrashesSaysWhyAtTheEndOfItsLastRun() async throws {
    let test = try server()
    try put("crash", [crashing(test)], in: test)
    let previous = try await lines(test, "crash", "previous=true")
    #expect(previous.last?.contains("level=error") == true)
    // While it waits for its next start, the log is that of the last run.
    #expect(try await lines(test, "crash") == previous)
    #expect(try await lines(test, "crash", "follow=true") == previous)
  }

  @Test(
    "A container that has no log is told as a kubelet tells it",
    arguments: [
      ("container=none", "container none is not valid for pod several"),
      ("", "a container name must be specified for pod several, choose one of: [main side pull]"),
      (
        "container=side",
        "container \"side\" in pod \"several\" is waiting to start: PodInitializing"
      ),
      (
        "container=pull",
        "container \"pull\" in pod \"several\" is waiting to start: trying and failing to pull image"
      ),
      (
        "container=main&previous=true",
        "previous terminated container \"main\" in pod \"several\" not found"
      ),
    ]
  )
  func refusals(query: String, message: String) async throws {
    let test = try server()
    try put(
      "several",
      [
        running(since: 60, test),
        ["name": "side", "state": ["waiting": ["reason": "PodInitializing"]]],
        ["name": "pull", "state": ["waiting": ["reason": "ImagePullBackOff"]]],
      ],
      in: test
    )
    let answer = try await test.send("GET", "\(Self.path)/several/log?\(query)")
    #expect(answer.status == 400)
    #expect(try answer.json()["reason"] == "BadRequest")
    #expect(try answer.json()["message"] == .string(message))
  }

  @Test(
    "What cannot be meant is refused",
    arguments: [
      ("tailLines=-1", 422), ("limitBytes=0", 422), ("sinceSeconds=0", 422),
      ("sinceSeconds=1&sinceTime=2026-11-23T10:00:00Z", 422), ("tailLines=many", 400),
      ("sinceTime=yesterday", 400),
    ]
  )
  func mistakes(query: String, status: Int) async throws {
    let test = try server()
    try put("one", [running(since: 60, test)], in: test)
    #expect(try await test.send("GET", "\(Self.path)/one/log?\(query)").status == status)
  }

  @Test func whereThereIsNoContainerYetThereIsNoLog() async throws {
    let test = try server()
    try put("unscheduled", [], node: nil, phase: "Pending", in: test)
    try put("starting", [], phase: "Pending", in: test)
    try put("lost", [running(since: 60, test)], node: "node-9", in: test)
    let unscheduled = try await test.send("GET", "\(Self.path)/unscheduled/log")
    #expect(unscheduled.status == 204)
    #expect(unscheduled.headers["Content-Type"] == nil)
    let starting = try await test.send("GET", "\(Self.path)/starting/log")
    #expect(starting.status == 400)
    #expect(starting.text.contains("is waiting to start: ContainerCreating"))
    let lost = try await test.send("GET", "\(Self.path)/lost/log")
    #expect(lost.status == 404)
    #expect(lost.text.contains("nodes \\\"node-9\\\" not found"))
    #expect(try await test.send("GET", "\(Self.path)/none/log").status == 404)
    #expect(try await test.send("POST", "\(Self.path)/lost/log").status == 405)
  }

  @Test func aLogThatIsFollowedGoesOnUntilItsContainerEnds() async throws {
    let test = try server()
    try put("one", [running(since: 600, test)], in: test)
    let request = APIRequest(
      "GET",
      "\(Self.path)/one/log?follow=true&tailLines=1",
      headers: ["Authorization": "Bearer secret", "Accept-Encoding": "gzip"]
    )
    guard case .endless(let source) = await test.server.respond(to: request).body else {
      Issue.record("The log ends at once.")
      return
    }
    func read() async throws -> [String]? {
      try await source.next().map { bytes in
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      }
    }
    let all = try await lines(test, "one")
    #expect(try await read() == all.suffix(1))
    async let later = read()
    test.time.advance(by: 60)
    let new = try #require(try await later)
    #expect(try await lines(test, "one") == all + new)
    // The container ends, and its next run begins.
    var ended = crashing(test)
    let pod = try #require(
      test.registry.object(ObjectAddress(.pods, namespace: "shop", name: "one"))
    )
    ended[path: "lastState", "terminated", "startedAt"] =
      pod.value[path: "status", "containerStatuses"]?[0]?["state"]?["running"]?["startedAt"]
    ended[path: "lastState", "terminated", "finishedAt"] = time(0, test)
    test.world.change(pod) { $0[path: "status", "containerStatuses"] = .array([ended]) }
    var last: [String] = []
    while let lines = try await read() { last += lines }
    #expect(last.last?.contains("level=error") == true)
  }

  @Test func aFollowerOfAPodThatGoesIsLetGo() async throws {
    let test = try server()
    try put("one", [running(since: 60, test)], in: test)
    let request = APIRequest(
      "GET",
      "\(Self.path)/one/log?follow=true",
      headers: ["Authorization": "Bearer secret"]
    )
    let before = try await lines(test, "one")
    let answer = try await test.send(request) {
      test.world.remove(ObjectAddress(.pods, namespace: "shop", name: "one"))
    }
    #expect(answer.text.split(separator: "\n").map(String.init) == before)
  }
}

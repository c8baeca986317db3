import Checks
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// What screens ask about one object, of an API server with kubelets behind it.
@Suite(.fewAtOnce) struct ObjectQuestionsTests {
  private func withFleet(
    _ body: (Fleet, ClusterMonitor, SimulatedCluster) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    // Without controllers nobody replaces the Pods that are looked at.
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .healthy, runsControllers: false)
    )
    let fleet = Fleet(
      [cluster.client("prod", on: eventLoop)],
      options: MonitorOptions(checks: Catalogue.checks, settlePolicy: .singleLook)
    )
    let running = Task { await fleet.run() }
    #expect(
      await eventually { await fleet.statuses().allSatisfy { $0.connection == .watching } }
    )
    let monitors = fleet.monitors
    let monitor = try #require(monitors.first)
    try await body(fleet, monitor, cluster)
    running.cancel()
    await running.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  /// A Deployment of the scenario that has several Pods.
  private func deployment(_ monitor: ClusterMonitor) async throws -> (ObjectKey, [ObjectKey]) {
    let key = ObjectKey(Deployment.kind, namespace: "inventory", name: "stock")
    let pods = await monitor.pods(of: key)
    #expect(pods.count > 1)
    return (key, pods)
  }

  private func request(
    _ key: ObjectKey,
    _ start: LogOptions.Start = .tail(50),
    id: UInt64 = 1
  ) -> LogRequest {
    LogRequest(id: id, ClusterObject(cluster: "prod", key: key), start: start)
  }

  /// Reads until there are so many lines of containers, and nothing less than `condition` wants.
  private func read(
    _ fleet: Fleet,
    _ request: LogRequest,
    until isEnough: ([LogEntry]) -> Bool
  ) async -> (entries: [LogEntry], news: LogNews) {
    var (entries, last) = ([LogEntry](), LogNews())
    _ = await eventually {
      guard let news = await fleet.logNews(request) else { return true }
      let times = news.entries.compactMap(\.time)
      #expect(times == times.sorted(), "What comes at once is in order.")
      entries += news.entries
      last = news
      return news.isComplete || isEnough(entries)
    }
    return (entries, last)
  }

  @Test func aLogThatBreaksOffGoesOnWithoutGapsOrRepetition() async throws {
    try await withFleet { fleet, monitor, cluster in
      let pod = try await deployment(monitor).1[0]
      let path = "/api/v1/namespaces/\(pod.namespace)/pods/\(pod.name)/log"
      cluster.inject(.drop(afterBytes: 1500), on: RequestMatcher(path: path), times: 2)
      let read = await read(fleet, request(pod)) { entries in
        entries.count { !$0.isNote } > 50 && entries.contains { $0.isNote }
      }
      let lines = read.entries.filter { !$0.isNote }
      #expect(cluster.faultCounts[.drop] ?? 0 > 0)
      #expect(read.entries.contains { $0.text.contains("goes on where it broke off") })
      let source = await monitor.source
      let client = try #require(source as? KubernetesClient)
      let pods = try #require(await monitor.resource(of: Pod.kind))
      var stream = try await client.log(
        of: pod,
        pods,
        LogOptions(container: "main", start: .beginning)
      )
      var whole: [LogLine] = []
      while let some = try await stream.next() { whole += some }
      let first = try #require(whole.firstIndex { $0.time == lines.first?.time })
      #expect(lines.map(\.time) == whole[first...].prefix(lines.count).map(\.time))
      #expect(lines.map(\.text) == whole[first...].prefix(lines.count).map(\.text))
      await fleet.closeLog(1)
    }
  }

  @Test func theLogsOfAllPodsOfAWorkloadAreOneInTheOrderOfTheirTimes() async throws {
    try await withFleet { fleet, monitor, _ in
      let (key, pods) = try await deployment(monitor)
      let read = await read(fleet, request(key, .tail(20))) { entries in
        Set(entries.compactMap(\.source?.pod)).count == pods.count
      }
      #expect(Set(read.news.sources.map(\.pod)) == Set(pods))
      #expect(read.news.podCount == pods.count)
      await fleet.closeLog(1)
      let service = ObjectKey(Service.kind, namespace: "inventory", name: "stock")
      #expect(await monitor.pods(of: service) == pods, "A Service has the Pods that it selects.")
    }
  }

  @Test func aReadingThatIsClosedEnds() async throws {
    try await withFleet { fleet, monitor, _ in
      let pod = try await deployment(monitor).1[0]
      // Nobody writes a line into the future: the second answer is awaited until the reading is closed.
      _ = await fleet.logNews(request(pod))
      let waiting = Task {
        while await fleet.logNews(self.request(pod)) != nil {}
        return true
      }
      await fleet.closeLog(1)
      #expect(await waiting.value)
    }
  }

  @Test func aLogFromItsBeginningEnds() async throws {
    try await withFleet { fleet, monitor, _ in
      let pod = try await deployment(monitor).1[0]
      let read = await read(fleet, request(pod, .beginning)) { _ in false }
      #expect(read.news.isComplete)
      // A kubelet does not keep the first of all.
      #expect(read.entries.count > 1000)
      #expect(read.entries.allSatisfy { !$0.isNote })
      await fleet.closeLog(1)
    }
  }

  @Test func whatHasNoPodsSaysSo() async throws {
    try await withFleet { fleet, _, _ in
      let key = ObjectKey(Service.kind, namespace: "default", name: "kubernetes")
      let read = await read(fleet, request(key)) { !$0.isEmpty }
      #expect(read.entries.map(\.text) == ["Service default/kubernetes has no Pods."])
      await fleet.closeLog(1)
    }
  }

  @Test func theSurroundingsOfAPodAreToldBothWays() async throws {
    try await withFleet { fleet, monitor, _ in
      let pod = try await deployment(monitor).1[0]
      let around = try #require(await fleet.surroundings(of: .object(pod), in: "prod"))
      #expect(around.state == .present(isTerminating: false))
      #expect(around.owner?.id.objectKey?.kind == ReplicaSet.kind)
      #expect(around.groups.contains { $0.relation == .node && $0.isOutgoing })
      #expect(around.groups.contains { $0.relation == .selection && !$0.isOutgoing })
      let gone = ObjectKey(Pod.kind, namespace: "shop", name: "nobody")
      #expect(await fleet.surroundings(of: .object(gone), in: "prod") == nil)
    }
  }

  @Test func theEventsOfAnObjectAreItsOwn() async throws {
    try await withFleet { fleet, monitor, cluster in
      let pod = try await deployment(monitor).1[0]
      let uid = try #require(await monitor.uid(of: pod))
      for (name, other) in [("one", "\(uid)"), ("two", "another")] {
        try cluster.create([
          "apiVersion": "v1", "kind": "Event", "type": "Warning", "reason": .string(name),
          "metadata": ["name": .string(name), "namespace": .string(pod.namespace)],
          "involvedObject": [
            "kind": "Pod", "namespace": .string(pod.namespace), "name": .string(pod.name),
            "uid": .string(other),
          ],
          "message": "does not start", "count": 4, "lastTimestamp": "2026-11-23T12:00:00Z",
        ])
      }
      let object = ClusterObject(cluster: "prod", key: pod)
      guard case .events(let events) = await fleet.events(about: object) else {
        Issue.record("no events")
        return
      }
      #expect(events.contains { $0.reason == "one" && $0.count == 4 && $0.isWarning })
      #expect(!events.contains { $0.reason == "two" })
    }
  }
}

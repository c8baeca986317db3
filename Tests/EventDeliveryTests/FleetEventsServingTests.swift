import CloudEvents
import ClusterGraph
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import RemoteChecks
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration
import WireFormats
import YAMLReading

@testable import EventDelivery

/// A fleet's findings as a sink hears of them.
@Suite(.fewAtOnce) struct FleetEventsServingTests {
  /// What came, as `raised bad-1`, each once.
  private final class Sink: Sendable {
    let isOpen = Shared(true)
    let arrivals = Shared<[String]>([])
    let server: ScriptedServer
    /// What a check service behind it says of every ConfigMap.
    let reply = Shared<CloudEvent?>(nil)

    init() throws {
      let (isOpen, arrivals, reply) = (isOpen, arrivals, reply)
      server = try ScriptedServer { request in
        guard isOpen.value else { return [.answer("", status: 503)] }
        let type = request.headers["ce-type"]?.split(separator: ".").last ?? ""
        let name = request.headers["ce-subject"]?.split(separator: "/").last ?? ""
        arrivals.change { arrivals in
          let arrival = "\(type) \(name)"
          if !arrivals.contains(arrival) { arrivals.append(arrival) }
        }
        guard type == "changed", let event = reply.value else { return [.answer("", status: 202)] }
        var answer = event
        answer.subject = request.headers["ce-subject"]
        let message = EventMessage([answer], as: .structured)
        let headers = ["Content-Type": message.headers["Content-Type"] ?? ""]
        return [.answer(message.body, status: 200, headers: headers)]
      }
    }

    deinit { server.stop() }
  }

  private func withFleet(
    of cluster: SimulatedCluster,
    _ sink: Sink,
    folder: String? = nil,
    objects: String? = nil,
    change: (inout EventSettings) -> Void = { _ in },
    _ body: (EventDelivery, Fleet) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let client = KubernetesClient(
      ClusterConnection(
        contextName: "prod",
        server: cluster.url,
        tls: tls,
        credential: .token(cluster.token)
      ),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
    var settings = EventSettings()
    settings.sink = sink.server.url
    change(&settings)
    let eventSink = try #require(try EventSink(settings, environment: [:]))
    let delivery = EventDelivery(
      eventSink,
      folder: folder,
      eventLoop: eventLoop,
      userAgent: "kpatrol/test",
      environment: [:],
      backoff: DeliveryBackoff(first: .milliseconds(20), longest: .milliseconds(100)),
      say: { _ in }
    )
    var options = MonitorOptions(checks: [BadMaps()])
    options.follower = delivery
    let place = FieldPlace(path: "f.yaml", line: 1, column: 1, field: "events")
    let remote = objects.map { name in
      var settings = eventSink.remote(
        RemoteCheckSettings(
          name: name,
          url: "",
          kinds: [RemoteCheckSettings.Text("ConfigMap", at: place)]
        )
      )
      settings.patience = .seconds(1)
      return settings
    }
    let runners = try remote.map { settings in
      [
        RemoteCheckRunner(
          try RemoteCheck(settings),
          eventLoop: eventLoop,
          userAgent: "kpatrol/test",
          environment: [:]
        )
      ]
    }
    let fleet = Fleet([client], options: options, remoteChecks: runners ?? [])
    let patrol = Task { await fleet.run() }
    let telling = Task { await delivery.run(following: fleet) }
    try await body(delivery, fleet)
    telling.cancel()
    await telling.value
    patrol.cancel()
    await patrol.value
  }

  private static func cluster() async throws -> SimulatedCluster {
    try await SimulatedCluster.start(SimulationOptions(scenario: .empty, runsControllers: false))
  }

  private static func create(_ names: [String], in cluster: SimulatedCluster) throws {
    for name in names {
      _ = try cluster.create([
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": ["name": .string(name), "namespace": "default"],
      ])
    }
  }

  @Test func whatFoundNoRoomIsToldOnceThereIsSome() async throws {
    let cluster = try await Self.cluster()
    let sink = try Sink()
    sink.isOpen.change { $0 = false }
    let names = (1...20).map { "bad-\($0)" }
    try await withFleet(of: cluster, sink, change: { $0.maxEvents = 5 }) { delivery, _ in
      try Self.create(names, in: cluster)
      await expectSoon { await delivery.status().dropped["io.kpatrol.finding.raised"] ?? 0 >= 15 }
      let waiting = await delivery.status().waiting.events
      #expect(waiting == 5)
      sink.isOpen.change { $0 = true }
      await expectSoon { sink.arrivals.value.count == 20 }
    }
    #expect(Set(sink.arrivals.value) == Set(names.map { "raised \($0)" }))
    await cluster.stop()
  }

  @Test func whatEndedWhileNobodyLookedIsResolvedByTheNextProgram() async throws {
    let cluster = try await Self.cluster()
    let sink = try Sink()
    let folder = try TemporaryFolder()
    try Self.create(["bad-1", "bad-2"], in: cluster)
    try await withFleet(of: cluster, sink, folder: folder.path) { _, _ in
      await expectSoon { sink.arrivals.value.count == 2 }
    }
    _ = cluster.remove("configmaps", namespace: "default", name: "bad-1")
    try await withFleet(of: cluster, sink, folder: folder.path) { _, _ in
      await expectSoon { sink.arrivals.value.last == "resolved bad-1" }
    }
    #expect(sink.arrivals.value.count == 3)
    await cluster.stop()
  }

  @Test func soIsWhatAServiceFoundThatAnswersLater() async throws {
    let cluster = try await Self.cluster()
    let sink = try Sink()
    let folder = try TemporaryFolder()
    let finding: JSONValue = ["reason": "Odd", "message": "It is odd"]
    sink.reply.change {
      $0 = CloudEvent(
        id: "1",
        source: "/checks/maps",
        type: "io.kpatrol.finding",
        data: .json(finding)
      )
    }
    try Self.create(["good"], in: cluster)
    try await withFleet(of: cluster, sink, folder: folder.path, objects: "maps") { _, _ in
      await expectSoon { sink.arrivals.value.contains("raised good") }
    }
    // It has nothing against it any more, and says nothing: late, when nothing else happens any more.
    sink.reply.change { $0 = nil }
    sink.isOpen.change { $0 = false }
    try await withFleet(of: cluster, sink, folder: folder.path, objects: "maps") { _, fleet in
      #expect(await eventually { await fleet.isCovering() })
      try await Task.sleep(for: .seconds(1))
      sink.isOpen.change { $0 = true }
      await expectSoon { sink.arrivals.value.last == "resolved good" }
    }
    await cluster.stop()
  }
}

/// Finds every ConfigMap that is called so.
private struct BadMaps: Check {
  let id: CheckID = "risk/bad-map"
  let title = "A ConfigMap is bad"
  let severity = Severity.warning
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = ""

  func inspect(_ map: ConfigMap, in cluster: ClusterView) -> [Observation] {
    map.key.name.hasPrefix("bad") ? [Observation("ConfigMap \(map.key.name) is bad")] : []
  }
}

import Foundation
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// What the real program, in a terminal, tells a sink of heals.
@Suite(
  .fewAtOnce,
  .timeLimit(.minutes(10)),
  .enabled(if: TerminalSession.isAvailable, "tmux is not installed")
)
struct HealEventsProgramTests {
  /// What the Secrets hold, as it is and as the API has it.
  private static let password = "hunter2-of-the-shop"
  private static let encodedPassword = Data(password.utf8).base64EncodedString()

  /// With two Secrets that nobody uses.
  private static func startCluster() async throws -> SimulatedCluster {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    try cluster.create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]])
    for name in ["old-key", "stuck-key"] {
      try cluster.create([
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": [
          "name": .string(name), "namespace": "shop", "creationTimestamp": "2026-11-20T10:00:00Z",
        ], "data": ["password": .string(encodedPassword)],
      ])
    }
    return cluster
  }

  /// Opens the program, which keeps what Secrets hold in its journal, and may change one thing an hour.
  private static func open(
    _ session: TerminalSession,
    on cluster: SimulatedCluster,
    tellingTo sink: EventSinkServer,
    in folder: TemporaryFolder
  ) throws {
    let kubeconfig = try folder.write("kubeconfig", cluster.kubeconfig(contextName: "sim"))
    let config = try folder.write(
      "config.yaml",
      """
      profile: all
      checks: {dangling/secret: {settles: 0s}}
      healing: {actionsPerHour: 1}
      journal: {secrets: encrypted}
      """
    )
    try session.type(
      "env K_SINK=\(sink.url) XDG_STATE_HOME=\(folder.path)/state \(TerminalSession.program) "
        + "--kubeconfig \(kubeconfig) --config \(config)"
    )
    try session.press("Enter")
  }

  /// Shows the plan that deletes a Secret.
  private static func plan(toDelete secret: String, in session: TerminalSession) async throws {
    try session.type("/shop/\(secret) is used by nobody")
    try session.press("Enter")
    try #require(await session.shows("1 of "), "\(session.screen)")
    try session.press("h")
    try #require(await session.shows("Guardrails"), "\(session.screen)")
  }

  @Test func aSinkIsToldOfAHealThatHelpsAndOfOneThatTheServerRefuses() async throws {
    let folder = try TemporaryFolder()
    let cluster = try await Self.startCluster()
    let sink = try EventSinkServer()
    let session = try TerminalSession(columns: 120, rows: 40)
    try Self.open(session, on: cluster, tellingTo: sink, in: folder)
    try #require(
      await session.shows("Secret shop/old-key is used by nobody"),
      "\(session.screen)"
    )

    try await Self.plan(toDelete: "old-key", in: session)
    try #require(await session.shows("Type this name"), "\(session.screen)")
    #expect(sink.all.isEmpty, "Nothing is told of what is not confirmed.")
    try session.type("old-key")
    try session.press("Enter")
    try #require(
      await session.shows("healed, the finding was gone"),
      "\(session.screen)"
    )
    await expectSoon { Self.kinds(sink.all) == ["planned", "executed", "proved"] }

    try session.press("Escape")
    try #require(await session.shows("0 of 1"), "\(session.screen)")
    try session.press("Escape")
    try #require(
      await session.shows("Secret shop/stuck-key is used by nobody"),
      "\(session.screen)"
    )
    try await Self.plan(toDelete: "stuck-key", in: session)
    try #require(await session.shows("Type this cluster's name"))
    let path = "/api/v1/namespaces/shop/secrets/stuck-key"
    cluster.inject(.status(403), on: RequestMatcher(verbs: ["delete"], path: path))
    try session.type("sim")
    try session.press("Enter")
    try #require(await session.shows("Say why"), "\(session.screen)")
    try session.type("it is left over")
    try session.press("Enter")
    await expectSoon {
      Self.kinds(sink.all) == ["planned", "executed", "proved", "planned", "failed"]
    }
    try await session.quit()
    #expect(cluster.object(of: "secrets", namespace: "shop", name: "stuck-key") != nil)

    let helped = Array(sink.all.prefix(3))
    try Self.expectPromises(of: helped, about: "old-key")
    #expect(try helped.map { try Self.data($0)["outcome"] } == [nil, "accepted", "healed"])
    let refused = Array(sink.all.dropFirst(3))
    try Self.expectPromises(of: refused, about: "stuck-key")
    for event in refused { #expect(try Self.data(event)["reason"] == "it is left over") }
    let outcome = try refused.last.flatMap { try Self.data($0)["outcome"]?.stringValue }
    #expect(outcome?.hasPrefix("failed after 0 steps: ") == true, "\(outcome ?? "")")
    Self.expectNoSecret(in: sink.all, of: cluster)
    sink.stop()
    await cluster.stop()
  }

  private static func kinds(_ arrivals: [EventSinkServer.Arrival]) -> [String] {
    arrivals.map { $0.type.replacing("io.kpatrol.heal.", with: "") }
  }

  private static func data(_ arrival: EventSinkServer.Arrival) throws -> JSONValue {
    try JSONValue(parsing: arrival.data)
  }

  /// Expects of the events of one heal what docs/events.md promises.
  private static func expectPromises(
    of events: [EventSinkServer.Arrival],
    about secret: String
  ) throws {
    let constant = [
      "specversion": "1.0", "source": "/kpatrol/clusters/sim", "subject": "Secret/shop/\(secret)",
      "cluster": "sim", "kind": "Secret", "namespace": "shop", "remedy": "delete-object",
    ]
    let members: Set = [
      "heal", "number", "cluster", "author", "remedy", "title", "subject", "finding", "steps",
      "disruption", "agreement", "begun",
    ]
    for event in events {
      for (name, value) in constant { #expect(event[name] == value, "\(name) of \(event.type)") }
      #expect(event.contentType.hasPrefix("application/json"))
      #expect(Timestamp(rfc3339: event["time"]) != nil)
      #expect(event["traceparent"].wholeMatch(of: /00-[0-9a-f]{32}-[0-9a-f]{16}-01/) != nil)
      let data = try data(event)
      #expect(members.isSubset(of: data.objectValue?.keys.map(\.self) ?? []))
      #expect(data["finding"]?.stringValue == event.finding && !event.finding.isEmpty)
      #expect(data["heal"]?.stringValue == event["partitionkey"])
      #expect(data["title"] == .string("Delete Secret shop/\(secret)"))
      #expect(data["steps"]?.arrayValue?.count == 1)
    }
    for name in ["finding", "partitionkey"] {
      #expect(Set(events.map { $0[name] }).count == 1, "\(name) differs within a heal")
    }
    #expect(Set(events.map(\.id)).count == events.count)
    let traces = events.map { $0["traceparent"].split(separator: "-") }
    #expect(Set(traces.map { $0[1] }).count == 1)
    #expect(Set(traces.map { $0[2] }).count == events.count)
  }

  private static func expectNoSecret(
    in events: [EventSinkServer.Arrival],
    of cluster: SimulatedCluster
  ) {
    for event in events {
      let text = "\(event.attributes) \(String(decoding: event.data, as: UTF8.self))"
      for secret in [password, encodedPassword, cluster.token] {
        #expect(!text.contains(secret), "\(event.type) tells a secret")
      }
    }
  }
}

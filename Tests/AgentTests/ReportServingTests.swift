import Checks
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import Logging
import Monitoring
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import Agent

/// An agent that writes reports into a simulated cluster, and a terminal that may read nothing else.
@Suite(.fewAtOnce) struct ReportServingTests {
  private func definition(_ kind: ObjectKind, _ plural: String, isNamespaced: Bool) -> JSONValue {
    [
      "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition",
      "metadata": ["name": .string("\(plural).\(kind.group)")],
      "spec": [
        "group": .string(kind.group), "scope": isNamespaced ? "Namespaced" : "Cluster",
        "names": [
          "plural": .string(plural), "kind": .string(kind.name),
          "singular": .string(kind.name.lowercased()), "listKind": .string("\(kind.name)List"),
        ],
        "versions": [
          [
            "name": "v1alpha1", "served": true, "storage": true,
            "schema": [
              "openAPIV3Schema": [
                "type": "object", "x-kubernetes-preserve-unknown-fields": true,
              ]
            ],
          ]
        ],
      ],
    ]
  }

  private func client(
    of cluster: SimulatedCluster,
    _ eventLoop: EventLoop,
    token: String
  ) -> KubernetesClient {
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    return KubernetesClient(
      ClusterConnection(
        contextName: "prod",
        server: cluster.url,
        tls: tls,
        credential: .token(token)
      ),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
  }

  private func pod(_ name: String, in namespace: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": ["name": .string(name), "namespace": .string(namespace)],
      "spec": ["containers": [["name": "main", "image": "a"]]],
    ]
  }

  private func reports(of cluster: SimulatedCluster) -> [String: [String]] {
    var reports: [String: [String]] = [:]
    for object in cluster.objects(of: "reports.openreports.io") {
      let results = object["results"]?.arrayValue ?? []
      let names = results.compactMap { $0["resources"]?.arrayValue?.first?["name"]?.stringValue }
      reports[object[path: "metadata", "namespace"]?.stringValue ?? ""] = names.sorted()
    }
    return reports
  }

  /// A cluster that serves reports.
  private func startCluster(namespaces: [String]) async throws -> SimulatedCluster {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    _ = try cluster.create(definition(OpenReport.kind, "reports", isNamespaced: true))
    _ = try cluster.create(
      definition(OpenClusterReport.kind, "clusterreports", isNamespaced: false)
    )
    for name in namespaces {
      _ = try cluster.create([
        "apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(name)],
      ])
    }
    return cluster
  }

  private func writer(
    of fleet: Fleet,
    _ ledger: FindingLedger,
    into client: KubernetesClient,
    clock: WallClock = .system
  ) -> ReportWriter {
    var settings = ReportSettings()
    settings.format = .openreports
    return ReportWriter(
      settings,
      fleet,
      ledger,
      into: [client],
      clock: clock,
      logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    )
  }

  @Test func findingsAreWrittenPrunedAndReadByWhoMayReadReportsAlone() async throws {
    let cluster = try await startCluster(namespaces: ["shop", "bank"])
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    _ = try cluster.create(pod("bad-1", in: "shop"))
    _ = try cluster.create(pod("bad-2", in: "shop"))
    _ = try cluster.create(pod("bad-3", in: "bank"))
    // From an agent of before, in a namespace without findings.
    _ = try cluster.create([
      "apiVersion": "openreports.io/v1alpha1", "kind": "Report",
      "metadata": [
        "name": "kpatrol", "namespace": "default",
        "labels": ["app.kubernetes.io/managed-by": "kpatrol"],
      ],
    ])

    let client = client(of: cluster, eventLoop, token: cluster.token)
    let fleet = Fleet([client], options: MonitorOptions(checks: [BadPods()]))
    let ledger = FindingLedger(instance: "a")
    let writer = writer(of: fleet, ledger, into: client)
    let agent = Agent(fleet, ledger, services: [writer])
    let tasks = [Task { await fleet.run() }, Task { await agent.run() }]
    let areWritten = await eventually {
      reports(of: cluster) == ["shop": ["bad-1", "bad-2"], "bank": ["bad-3"]]
    }
    #expect(areWritten, "\(reports(of: cluster))")
    let applied = cluster.requestLog.filter { $0.method == "PATCH" }
    #expect(applied.count == 2)
    #expect(applied.allSatisfy { $0.query.contains("fieldManager=kpatrol-agent&force=true") })

    let rule = AccessRule(
      verbs: ["get", "list", "watch"],
      apiGroups: ["openreports.io"],
      resources: ["reports", "clusterreports"]
    )
    cluster.admit(User("reader", rules: [rule]), token: "token-of-reader")
    let reader = Fleet(
      [self.client(of: cluster, eventLoop, token: "token-of-reader")],
      options: MonitorOptions(checks: Catalogue.checks)
    )
    let reading = Task { await reader.run() }
    let areShown = await eventually {
      let rows = await reader.findings(FindingsQuery())?.rows ?? []
      let messages = rows.map(\.finding).filter { $0.check == "risk/reported" }.map(\.message)
      return Set(messages) == ["Pod bad-1 is bad", "Pod bad-2 is bad", "Pod bad-3 is bad"]
    }
    #expect(areShown)
    // Who sees the Pods finds what they have, and not what somebody wrote of them.
    let own = await fleet.findings(FindingsQuery())?.rows ?? []
    #expect(own.map(\.finding.check).allSatisfy { $0 == "risk/bad-pod" })

    #expect(cluster.remove("pods", namespace: "bank", name: "bad-3"))
    let isPruned = await eventually {
      reports(of: cluster) == ["shop": ["bad-1", "bad-2"]]
    }
    #expect(isPruned)
    for task in tasks + [reading] { task.cancel() }
    for task in tasks + [reading] { await task.value }
    await cluster.stop()
  }
}

extension ReportServingTests {
  @Test func whatTheLedgerHasNotTakenInYetIsNotTakenForOver() async throws {
    let both = Coverage(of: 2, holding: [0, 1])
    let names = (0..<8).map { "team-\($0)" }
    let team = try #require(names.first { both.shard(of: $0) == 1 })
    let cluster = try await startCluster(namespaces: [team])
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    _ = try cluster.create(pod("bad-1", in: team))
    let client = client(of: cluster, eventLoop, token: cluster.token)
    var options = MonitorOptions(checks: [BadPods()])
    options.coverage = both
    let fleet = Fleet([client], options: options)
    let ledger = FindingLedger(instance: "a")
    // Both make a turn when they are told to.
    let writer = writer(of: fleet, ledger, into: client)
    let agent = Agent(fleet, ledger)
    let patrol = Task { await fleet.run() }

    await expectSoon { await fleet.isCovering() }
    await agent.turn()
    await writer.turn()
    #expect(reports(of: cluster) == [team: ["bad-1"]])

    // Another takes the shard, and finds more.
    await fleet.cover(Coverage(of: 2, holding: [0]))
    await writer.turn()
    await agent.turn()
    await writer.turn()
    _ = try cluster.create(pod("bad-2", in: team))
    #expect(reports(of: cluster) == [team: ["bad-1"]], "It is the other's to change.")

    // The other is gone.
    await fleet.cover(both)
    await expectSoon { await fleet.isCovering() }
    await writer.turn()
    #expect(reports(of: cluster) == [team: ["bad-1"]], "What was found is not known yet.")
    await expectSoon {
      await agent.turn()
      return await ledger.all.count == 2
    }
    await writer.turn()
    #expect(reports(of: cluster) == [team: ["bad-1", "bad-2"]])
    #expect(cluster.requestLog.allSatisfy { $0.method != "DELETE" })
    patrol.cancel()
    await patrol.value
    await cluster.stop()
  }
}

extension ReportServingTests {
  @Test func whatAStandInHasToSettleAgainStaysInTheReports() async throws {
    let cluster = try await startCluster(namespaces: ["shop"])
    let eventLoop = EventLoop()
    defer { eventLoop.shutdown() }
    for name in ["slow-1", "slow-2"] { _ = try cluster.create(pod(name, in: "shop")) }
    let client = client(of: cluster, eventLoop, token: cluster.token)
    // Each look of the clock is a minute later, so that no report waits for the last.
    let minutes = Shared(Int64(0))
    let clock = WallClock(
      now: {
        minutes.change { minutes in
          minutes += 1
          return Timestamp(millisecondsSince1970: minutes * 60_000)
        }
      },
      sleep: { try await Task.sleep(for: $0) }
    )
    func agent(_ policy: SettlePolicy) -> (Fleet, Agent, ReportWriter) {
      var options = MonitorOptions(checks: [BadPods(), SlowPods()])
      options.settlePolicy = policy
      let fleet = Fleet([client], options: options)
      let ledger = FindingLedger(instance: "a")
      return (fleet, Agent(fleet, ledger), writer(of: fleet, ledger, into: client, clock: clock))
    }

    // One that has waited for long enough writes them, and is gone.
    let (first, before, predecessor) = agent(.atMost(.zero))
    var patrol = Task { await first.run() }
    await expectSoon { await first.isCovering() }
    await before.turn()
    await predecessor.turn()
    #expect(reports(of: cluster) == ["shop": ["slow-1", "slow-2"]])
    patrol.cancel()
    await patrol.value

    // To its successor they are suspects, as is what comes anew, of which nobody has told.
    let (second, after, successor) = agent(.declared)
    patrol = Task { await second.run() }
    await expectSoon { await second.isCovering() }
    await after.turn()
    await successor.turn()
    #expect(reports(of: cluster) == ["shop": ["slow-1", "slow-2"]])
    for name in ["slow-3", "bad-1"] { _ = try cluster.create(pod(name, in: "shop")) }
    await expectSoon {
      await after.turn()
      await successor.turn()
      return reports(of: cluster) == ["shop": ["bad-1", "slow-1", "slow-2"]]
    }
    #expect(cluster.remove("pods", namespace: "shop", name: "slow-1"))
    await expectSoon {
      await successor.turn()
      return reports(of: cluster) == ["shop": ["bad-1", "slow-2"]]
    }
    #expect(cluster.requestLog.allSatisfy { $0.method != "DELETE" })
    patrol.cancel()
    await patrol.value
    await cluster.stop()
  }
}

/// Finds every Pod that is called so, after ten minutes.
private struct SlowPods: Check {
  let id: CheckID = "risk/slow-pod"
  let title = "A Pod is slow"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.seconds(600)
  let needs: [ObjectKind] = []
  let explanation = ""

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.key.name.hasPrefix("slow") else { return [] }
    return [Observation("Pod \(pod.key.name) is slow")]
  }
}

/// Finds every Pod that is called so.
private struct BadPods: Check {
  let id: CheckID = "risk/bad-pod"
  let title = "A Pod is bad"
  let severity = Severity.warning
  let reach = CheckReach.namespace
  let settles = Duration.zero
  let needs: [ObjectKind] = []
  let explanation = ""

  func inspect(_ pod: Pod, in cluster: ClusterView) -> [Observation] {
    guard pod.key.name.hasPrefix("bad") else { return [] }
    return [Observation("Pod \(pod.key.name) is bad")]
  }
}

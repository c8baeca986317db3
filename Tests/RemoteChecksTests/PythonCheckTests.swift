import Checks
import Foundation
import HTTP
import Inspection
import KubernetesClient
import KubernetesObjects
import Monitoring
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import RemoteChecks

/// The example in Python answers over HTTP what a fleet asks, dies, comes back and floods, and nothing
/// else is disturbed.
@Suite(.fewAtOnce) struct PythonCheckTests {
  private static let checks = Catalogue.checks.filter {
    ["unhealthy/remote-check", "dangling/pod-configmap"].contains($0.id.description)
  }

  /// A cluster with a fleet that watches it, and a check that it asks.
  private struct Patrol {
    let cluster: SimulatedCluster
    let fleet: Fleet

    /// Findings as `check subject`, of the service and of others.
    var found: [String] {
      get async { await findings.map { "\($0.check) \($0.subject.name)" }.sorted() }
    }

    var findings: [Finding] {
      get async {
        var query = FindingsQuery()
        query.limit = 5_000
        let rows = await fleet.findings(query)?.rows ?? []
        return rows.filter { $0.resolvedAt == nil }.map(\.finding)
      }
    }

    /// The same, once it is what is expected, or after long enough.
    func found(soon expected: [String]) async -> [String] {
      _ = await eventually { await found == expected }
      return await found
    }

    var status: RemoteCheckStatus? {
      get async { await fleet.statuses().first?.remoteChecks.first }
    }

    func apply(_ name: String, image: String) throws {
      let labels: JSONValue = ["app": .string(name)]
      _ = try cluster.apply([
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": ["name": .string(name), "namespace": "shop"],
        "spec": [
          "replicas": 0, "selector": ["matchLabels": labels],
          "template": [
            "metadata": ["labels": labels],
            "spec": ["containers": [["name": "main", "image": .string(image)]]],
          ],
        ],
      ])
    }
  }

  private static func withPatrol(
    asking url: String,
    _ change: (inout RemoteCheckSettings) -> Void = { _ in },
    _ body: (Patrol) async throws -> Void
  ) async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    _ = try cluster.apply(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]])
    let settings = RemoteCheckSettings.sample(
      kinds: ["Deployment.apps"],
      fields: ["spec.template.spec.containers[*].image"]
    ) { settings in
      settings.url = url
      settings.patience = .seconds(1)
      change(&settings)
    }
    let eventLoop = EventLoop()
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let connection = ClusterConnection(
      contextName: "sim",
      server: cluster.url,
      tls: tls,
      credential: .token(cluster.token)
    )
    let fleet = Fleet(
      [KubernetesClient(connection, eventLoop: eventLoop, userAgent: "kpatrol/test")],
      options: MonitorOptions(checks: checks, settlePolicy: .atMost(.zero)),
      remoteChecks: [
        RemoteCheckRunner(
          try RemoteCheck(settings),
          eventLoop: eventLoop,
          userAgent: "kpatrol/test",
          environment: ["PATH": "/usr/bin:/bin"]
        )
      ]
    )
    let patrol = Task { await fleet.run() }
    try await body(Patrol(cluster: cluster, fleet: fleet))
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
  }

  private static let good = "registry.example.com/cart:1"
  private static let bad = "nginx:1"

  @Test("The example answers in each mode", arguments: RemoteCheckSettings.Mode.allCases)
  func answers(mode: RemoteCheckSettings.Mode) async throws {
    try PythonServer.setUp()
    let folder = try TemporaryFolder()
    let token = try folder.write("token", "s3cret\n")
    let python = try await PythonServer(PythonServer.example, "--token-file", token)
    try await Self.withPatrol(asking: python.url) { settings in
      settings.mode = mode
      settings.token = .file(token)
    } _: { patrol in
      try patrol.apply("cart", image: Self.good)
      try patrol.apply("proxy", image: Self.bad)
      #expect(await patrol.found(soon: ["remote/team shop/proxy"]) == ["remote/team shop/proxy"])
      let finding = try #require(await patrol.findings.first)
      let told =
        "Deployment.apps shop/proxy: Images come from a registry that nobody trusts: nginx:1"
      #expect(finding.message == told)
      #expect(finding.evidence.map(\.value) == [Self.bad, "UntrustedRegistry"])
      #expect(
        finding.subject == .object(ObjectKey(Deployment.kind, namespace: "shop", name: "proxy"))
      )
      // An answer with none ends the earlier ones; and so does the end of the object.
      try patrol.apply("cart", image: Self.bad)
      try patrol.apply("proxy", image: Self.good)
      #expect(await patrol.found(soon: ["remote/team shop/cart"]) == ["remote/team shop/cart"])
      #expect(patrol.cluster.remove("deployments.apps", namespace: "shop", name: "cart"))
      #expect(await patrol.found(soon: []) == [])
      let page = await patrol.fleet.catalogue(ofCluster: nil)
      let row = try #require(page.rows.first { $0.id == "remote/team" })
      #expect(row.shares.first?.remote?.summary.hasPrefix("team (127.0.0.1:") == true)
    }
    python.die()
  }

  @Test func aServiceThatDiesCostsItsOwnFindingsAloneAndComesBack() async throws {
    try PythonServer.setUp()
    let python = try await PythonServer(PythonServer.example)
    try await Self.withPatrol(asking: python.url) { patrol in
      // Another check's finding, which has to stay all the while.
      _ = try patrol.cluster.apply([
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "lost", "namespace": "shop"],
        "spec": [
          "containers": [["name": "main", "image": "a"]],
          "volumes": [["name": "v", "configMap": ["name": "absent"]]],
        ],
      ])
      try patrol.apply("proxy", image: Self.bad)
      let both = ["dangling/pod-configmap shop/lost", "remote/team shop/proxy"]
      #expect(await patrol.found(soon: both) == both)

      python.die()
      try patrol.apply("proxy", image: "other:2")
      // Unknown, and not in order: the finding is gone, and it is said that nobody knows.
      let others = ["dangling/pod-configmap shop/lost", "unhealthy/remote-check cluster"]
      #expect(await patrol.found(soon: others) == others)
      let status = try #require(await patrol.fleet.statuses().first)
      let missing = try #require(status.notInspected.first { $0.checks == ["remote/team"] })
      #expect(missing.reason.hasPrefix("remote check team cannot be asked since "))
      #expect(status.remoteChecks.first?.failed ?? 0 > 0)

      // Events go on, and what waits is one state of one object however often it changes.
      for number in 0..<50 { try patrol.apply("cart", image: "other:\(number)") }
      _ = try patrol.cluster.apply([
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": ["name": "absent", "namespace": "shop"],
      ])
      let failing = ["unhealthy/remote-check cluster"]
      #expect(await patrol.found(soon: failing) == failing)
      let waiting = await patrol.status?.waiting
      #expect(waiting.map { $0 <= 2 } == true)

      let again = try await PythonServer(PythonServer.example, port: python.port)
      let own = ["remote/team shop/cart", "remote/team shop/proxy"]
      #expect(await patrol.found(soon: own) == own)
      #expect(await patrol.status?.failingSince == nil)
      let messages = Set(await patrol.findings.map(\.message.description))
      #expect(messages.contains { $0.hasSuffix("other:49") })
      again.die()
    }
  }

  @Test func aFloodIsCutAndDisturbsNobody() async throws {
    try PythonServer.setUp()
    let python = try await PythonServer(PythonServer.flooding)
    try await Self.withPatrol(asking: python.url) { settings in
      settings.batchSize = 10
      // However busy the machine is, it is not taken for a service that does not answer.
      settings.timeout = .seconds(60)
      settings.patience = .seconds(60)
    } _: { patrol in
      for number in 0..<150 { try patrol.apply("n\(number)", image: Self.good) }
      let isCut = await eventually(within: .seconds(300)) {
        let status = await patrol.status
        return status?.answered ?? 0 >= 150 && status?.waiting == 0
      }
      #expect(isCut)
      let status = try #require(await patrol.status)
      #expect(status.findings == RemoteFeed.mostFindings)
      #expect(status.withheld == 150 * RemoteAnswers.mostOfOne - RemoteFeed.mostFindings)
      // 280 too many and four that are none, of each object.
      #expect(status.bad >= 150 * 284)
      let isTold = await eventually {
        let own = await patrol.findings.filter { $0.check == "unhealthy/remote-check" }
        return own.first?.message.contains("1000 findings are left out") == true
      }
      #expect(isTold)
      var remote: [Finding] = []
      let areAllFound = await eventually {
        remote = await patrol.findings.filter { $0.check == "remote/team" }
        return remote.count == RemoteFeed.mostFindings
      }
      #expect(areAllFound, "\(remote.count) findings")
      let isPlain = remote.allSatisfy { finding in
        finding.message.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0 != "\u{202E}" }
          && finding.message.count <= 550
      }
      #expect(isPlain)
      // Other objects are followed as ever.
      _ = try patrol.cluster.apply([
        "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "lost", "namespace": "shop"],
        "spec": [
          "containers": [["name": "main", "image": "a"]],
          "volumes": [["name": "v", "configMap": ["name": "absent"]]],
        ],
      ])
      let isFound = await eventually {
        await patrol.findings.contains { $0.check == "dangling/pod-configmap" }
      }
      #expect(isFound)
    }
    python.die()
  }
}

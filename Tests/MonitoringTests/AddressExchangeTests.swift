import Checks
import HTTP
import Inspection
import KubernetesObjects
import NameMatching
import SimulatedCluster
import TestServers
import Testing
import UserConfiguration
import WireFormats

@testable import Monitoring

/// Clusters that share a network, and the addresses of their Pods.
@Suite(.fewAtOnce) struct AddressExchangeTests {
  private static let check: CheckID = "conflict/pod-address-across-clusters"

  private static func scope(_ contexts: String..., ranges: String...) -> AddressScope {
    AddressScope(
      name: "flat",
      contexts: contexts.map { .init($0) },
      cidrs: ranges.compactMap(IPPrefix.init)
    )
  }

  private static func pod(_ name: String, at address: String) -> JSONValue {
    [
      "apiVersion": "v1", "kind": "Pod",
      "metadata": [
        "name": .string(name), "namespace": "default",
        "creationTimestamp": "2026-11-20T10:00:00Z",
      ],
      "spec": ["containers": [["name": "main", "image": "a:1"]]],
      "status": [
        "phase": "Running", "podIP": .string(address), "podIPs": [["ip": .string(address)]],
      ],
    ]
  }

  private static func address(_ text: String) throws -> IPAddress {
    try #require(IPAddress(text))
  }

  @Test func clustersMeetWhereTheyShareARange() throws {
    let exchange = AddressExchange(
      [
        Self.scope("a", "b", ranges: "10.0.0.0/8"), Self.scope("b", "c", ranges: "10.1.0.0/16"),
        Self.scope("a", ranges: "192.168.0.0/16"),
      ],
      among: ["a", "b", "c"]
    )
    func neighbours(_ cluster: Int, _ text: String) throws -> Set<Int> {
      exchange.neighbours(ofCluster: cluster, at: try Self.address(text))
    }
    #expect(try neighbours(0, "10.1.0.1") == [0, 1])
    #expect(try neighbours(1, "10.1.0.1") == [0, 1, 2])
    #expect(try neighbours(2, "10.2.0.1") == [])
    #expect(try neighbours(0, "192.168.0.1") == [], "Nobody shares it.")
    #expect(exchange.ranges(ofCluster: 0).map(\.description) == ["10.0.0.0/8"])
    #expect(AddressExchange([], among: ["a", "b"]).isEmpty)
  }

  @Test func whatTwoClustersClaimIsKnownOfBoth() throws {
    var exchange = AddressExchange([Self.scope("*", ranges: "10.0.0.0/8")], among: ["a", "b"])
    let address = try Self.address("10.0.0.1")
    exchange.take(AddressClaims.Changes(claimed: [address]), ofCluster: 0)
    #expect(exchange.claimants(of: address, among: [0, 1]) == [0])
    exchange.take(AddressClaims.Changes(claimed: [address]), ofCluster: 1)
    #expect(exchange.claimants(of: address, among: [0, 1]) == [0, 1])
    exchange.take(AddressClaims.Changes(released: [address]), ofCluster: 0)
    #expect(exchange.claimants(of: address, among: [0, 1]) == [1])
  }

  private static func withFleet(
    _ scopes: [AddressScope],
    _ pods: [[JSONValue]],
    _ body: (Fleet, [SimulatedCluster]) async throws -> Void
  ) async throws {
    var clusters: [SimulatedCluster] = []
    // Of one seed, their Pods would have the same uids, as if both were one cluster.
    for seed: UInt64 in [1, 2] {
      let options = SimulationOptions(scenario: .empty, seed: seed, runsControllers: false)
      clusters.append(try await SimulatedCluster.start(options))
    }
    for (cluster, pods) in zip(clusters, pods) {
      for pod in pods { _ = try cluster.create(pod) }
    }
    let eventLoop = EventLoop()
    let fleet = Fleet(
      zip(clusters, ["one", "two"]).map { $0.client($1, on: eventLoop) },
      options: MonitorOptions(
        checks: Catalogue.checks.filter { $0.id == check },
        settlePolicy: .singleLook
      ),
      scopes: scopes
    )
    let patrol = Task { await fleet.run() }
    try await body(fleet, clusters)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    for cluster in clusters { await cluster.stop() }
  }

  @Test func aConflictIsFoundInBothClustersForAsLongAsItLasts() async throws {
    let elsewhere = Self.pod("elsewhere", at: "172.16.0.1")
    let pods = [
      [Self.pod("a", at: "10.0.0.1"), elsewhere], [Self.pod("b", at: "10.0.0.1"), elsewhere],
    ]
    let scope = Self.scope("one", "two", ranges: "10.0.0.0/8")
    try await Self.withFleet([scope], pods) { fleet, clusters in
      _ = await fleet.sync(within: .seconds(60), connectLimit: .seconds(60)) { _ in }
      // As a scan does: with one look.
      let report = await fleet.report()
      #expect(report.map(\.finding.cluster).sorted() == ["one", "two"])
      #expect(report.allSatisfy { $0.finding.subject.name == "10.0.0.1" && !$0.isSuspect })
      #expect(
        report.first { $0.finding.cluster == "one" }?.finding.message
          == "Address 10.0.0.1 is used by Pod default/a here, and by default/b of cluster two"
      )

      // The other's Pod is replaced by one with the same address.
      clusters[1].remove("pods", namespace: "default", name: "b")
      _ = try clusters[1].create(Self.pod("c", at: "10.0.0.1"))
      let isReplaced = await eventually {
        let rows = await fleet.findings(FindingsQuery(cluster: "one"))?.rows ?? []
        return rows.first?.finding.message.contains("default/c of cluster two") == true
      }
      #expect(isReplaced)

      clusters[1].remove("pods", namespace: "default", name: "c")
      #expect(await eventually { await fleet.findings(FindingsQuery())?.rows.isEmpty == true })
    }
  }

  @Test func withoutAScopeClustersAreStrangers() async throws {
    let pods = ["a", "b"].map { [Self.pod($0, at: "10.0.0.1")] }
    try await Self.withFleet([], pods) { fleet, _ in
      _ = await fleet.sync(within: .seconds(60), connectLimit: .seconds(60)) { _ in }
      #expect(await fleet.report() == [])
    }
  }
}

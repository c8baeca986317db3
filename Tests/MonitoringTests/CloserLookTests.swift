import Checks
import ClusterGraph
import Inspection
import KubernetesObjects
import ObjectBuilders
import TestServers
import Testing

@testable import Monitoring

/// What is worked out about a finding only when somebody looks at it.
@Suite(.fewAtOnce) struct CloserLookTests {
  private static func node(cores: String) -> Node {
    var node = Node.sample()
    node.allocatable = ResourceAmounts(["cpu": cores])
    return node
  }

  private static var waiting: Pod {
    var pod = Pod.sample(node: "", phase: .pending)
    pod.metadata.creationTimestamp = nil
    var container = Container()
    container.requests = ResourceAmounts(["cpu": "4"])
    pod.template.containers = [container]
    pod.conditions = [
      Condition(
        type: "PodScheduled",
        status: .isFalse,
        message: "0/1 nodes are available: 1 Insufficient cpu."
      )
    ]
    return pod
  }

  @Test func whoLooksAtAFindingSeesMoreAndNowAndThenAnew() async throws {
    let clock = ManualClock()
    let monitor = ClusterMonitor(
      source: StubSource([]),
      options: MonitorOptions(
        checks: Catalogue.checks.filter { $0.id == "stuck/unschedulable" },
        settlePolicy: .atMost(.zero)
      ),
      clock: clock.wall
    )
    await monitor.upsert(Self.node(cores: "3"))
    await monitor.upsert(Self.waiting)
    let finding = try #require(await monitor.findings().first)
    #expect(!finding.evidence.contains { $0.path == "least missing of cpu" })
    #expect(await monitor.leastMissing(for: finding.id).hasPrefix("1000m: "))
    await monitor.upsert(Self.node(cores: "2"))
    #expect(await monitor.leastMissing(for: finding.id).hasPrefix("1000m: "))
    clock.advance(by: .seconds(5))
    #expect(await monitor.leastMissing(for: finding.id).hasPrefix("2000m: "))
  }
}

extension ClusterMonitor {
  fileprivate func upsert(_ record: any ObjectRecord) {
    update { graph, touched in
      graph.upsert(ObjectSnapshot(record), touching: &touched)
      graph.setKnowledge(of: record.kind, to: .known, touching: &touched)
    }
  }

  fileprivate func leastMissing(for id: FindingID) -> String {
    detail(of: id)?.finding.evidence.first { $0.path == "least missing of cpu" }?.value ?? ""
  }
}

import AgentClient
import Healing
import Inspection
import KubernetesObjects
import TerminalKit
import Testing

@testable import Monitoring
@testable import TerminalApp

/// How a terminal shows that agents tell of its clusters.
@Suite struct AgentScreensTests {
  private var driver = AppDriver()

  private static func agent(_ connection: AgentConnection = .following) -> AgentStatus {
    var agent = AgentStatus(place: "10.0.0.7:8481", since: Sample.now - .seconds(12))
    (agent.clusterCount, agent.version, agent.connection) = (3, "0.1.0", connection)
    agent.lastHeard = Sample.now - .seconds(14)
    return agent
  }

  private static func status(_ agent: AgentStatus) -> ClusterStatus {
    var status = Sample.status(agent.connection.trouble.map { .disconnected($0) } ?? .watching)
    status.agents = [agent]
    status.reading = .unread
    status.context = "prod-admin"
    return status
  }

  private static func detail(
    _ finding: Finding,
    _ reading: DirectReading,
    _ proposal: Proposal
  ) -> FindingDetail {
    var detail = Sample.detail(finding, proposal)
    detail.reading = reading
    return detail
  }

  @Test mutating func theFleetTellsHowItIsAttached() {
    driver.resize(200, 50)
    driver.press("F")
    driver.take(.statuses([Self.status(Self.agent())]))
    let text = driver.lines.joined(separator: "\n")
    #expect(
      text.contains("agent      10.0.0.7:8481, 3 clusters, version 0.1.0, last heard 14s ago")
    )
    #expect(text.contains("from agents alone; healing reads it directly with context prod-admin"))
  }

  @Test mutating func anAgentThatIsLostIsSaidOnEveryScreenAndSinceWhen() {
    var agent = Self.agent(.lost("Cannot reach 10.0.0.7: \u{1B}[2Jrefused."))
    agent.unreadableLines = 3
    driver.take(.statuses([Self.status(agent)]))
    #expect(driver.lines[1].contains("agent 10.0.0.7:8481 lost, as of 11:59:46"))
    driver.resize(200, 50)
    driver.press("F")
    driver.take(.statuses([Self.status(agent)]))
    let text = driver.lines.joined(separator: "\n")
    #expect(text.contains("10.0.0.7:8481, 3 clusters, version 0.1.0, no connection for 12s"))
    #expect(text.contains("findings as of 11:59:46. Cannot reach 10.0.0.7: "))
    #expect(text.contains("3 times it told what cannot be understood"))
    #expect(!text.contains("\u{1B}"))
  }

  @Test mutating func agentsOfWhichNothingIsShownAreNoClusters() {
    var alone = Self.status(Self.agent(.lost("refused")))
    alone.isAgentAlone = true
    driver.take(.statuses([Sample.status(), alone]))
    #expect(driver.lines[0].contains("1 clusters, 1 agent alone, 1 unreachable"))
  }

  @Test mutating func aPlanOpensOnceTheClusterIsRead() {
    let finding = Sample.finding(1)
    driver.show([finding])
    driver.press("enter")
    let unread = Self.detail(finding, .unread, .unavailable("not read"))
    let loaded = driver.take(.detail(unread, for: finding.id))
    #expect(!loaded.contains(.readDirectly(cluster: "test")), "To look at it reads nothing.")
    #expect(driver.lines.joined().contains("An agent tells of it."))
    #expect(driver.press("h").contains(.readDirectly(cluster: "test")))
    driver.take(
      .detail(
        Self.detail(finding, .underWay(synced: 12, total: 40), .unavailable("not read")),
        for: finding.id
      )
    )
    #expect(driver.lines.joined().contains("Reading the cluster directly: 12 of 40 kinds."))
    let plan = Sample.plan(finding, .key("y"))
    driver.take(.detail(Self.detail(finding, .done, .plan(plan)), for: finding.id))
    #expect(driver.lines[1].contains(" Confirm "))
  }

  @Test mutating func whereNothingLeadsToTheClusterItIsSaidWhatIsMissing() {
    let finding = Sample.finding(1)
    driver.show([finding])
    driver.press("enter")
    let reason = "No context of the kubeconfig leads to prod."
    driver.take(
      .detail(
        Self.detail(finding, .impossible(reason), .unavailable(reason)),
        for: finding.id
      )
    )
    driver.press("h")
    #expect(driver.lines[2].contains(reason))
    #expect(!driver.lines[1].contains("Confirm"))
  }
}

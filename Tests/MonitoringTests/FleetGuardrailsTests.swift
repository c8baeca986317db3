import Checks
import Inspection
import KubernetesClient
import KubernetesObjects
import NameMatching
import TestServers
import Testing

@testable import Healing
@testable import Monitoring

/// What the fleet's guardrails mean for each cluster.
@Suite(.fewAtOnce) struct FleetGuardrailsTests {
  private static let options = MonitorOptions(
    checks: Catalogue.checks,
    guardrails: Guardrails(readOnlyContexts: ["*prod*"])
  )

  private static func source(_ name: String) -> UnusableContext {
    UnusableContext(name: name, error: .noCurrentContext(known: []))
  }

  @Test func readOnlyIsAMatterOfEachCluster() async {
    let fleet = Fleet([Self.source("prod-eu"), Self.source("stage")], options: Self.options)
    #expect(
      await fleet.statuses().map(\.readOnlyRule) == [.context(pattern: "*prod*"), nil]
    )
  }

  @Test(arguments: ["prod-eu", "stage"])
  func theGateAsksForTheClusterThatIsChanged(name: String) async throws {
    let pod = ObjectKey(Pod.kind, namespace: "shop", name: "p")
    let cause = HealPlan.Cause.request("delete", cluster: name, object: pod)
    let plan = HealPlan(
      cause: cause,
      subject: .object(pod),
      cluster: "stage",
      remedy: "r",
      title: "",
      reason: "",
      steps: [.delete(pod, uid: "u")],
      disruption: .none,
      blastRadius: BlastRadius([]),
      undo: "",
      confirmation: .key("y")
    )
    let monitor = ClusterMonitor(source: Self.source(name), options: Self.options)
    await monitor.heal(try #require(ConfirmedPlan(plan, answer: "y")))
    switch await monitor.heal(cause) {
    case .refused: #expect(name == "prod-eu")
    case .failed: #expect(name == "stage", "Nothing is listed, so that the step cannot be sent.")
    case let state: Issue.record("\(String(describing: state))")
    }
  }
}

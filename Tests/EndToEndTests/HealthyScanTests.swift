import TestServers
import Testing

/// `kpatrol scan` of a large cluster in which life goes on and nothing is wrong.
///
/// The clock is everybody's: what takes all the processor meanwhile would make the cluster ill.
@Suite(.timeLimit(.minutes(20)))
struct HealthyScanTests {
  private let program: Program

  init() throws { program = try Program() }

  @Test func aHealthyClusterOfFiveThousandPodsHasNoFindingWhileItChanges() async throws {
    let (kubeconfig, config) = (program.path(of: "sim.yaml"), program.path(of: "config.yaml"))
    let sim = [
      "sim", "--scenario", "healthy", "--pods", "5000", "--pace", "3", "--write-kubeconfig",
      kubeconfig, "--write-config", config,
    ]
    let scan = [
      "scan", "--kubeconfig", kubeconfig, "--config", config, "--severity", "warning",
      "--fail-on", "warning", "--output", "json",
    ]
    let isUp = try await program.start(sim, untilItPrints: "Ctrl-C ends it.")
    #expect(isUp)
    // Until a scan has met both a rollout and a Node that restarts.
    var suspicions: Set<String> = []
    let meets = try await eventually(within: .seconds(300)) {
      let outcome = try await program.run(scan)
      let report = try ScannedReport(outcome)
      #expect(report.found == [] && outcome.code == 0, "\(outcome.errors)")
      suspicions.formUnion(report.suspicions)
      return suspicions.contains("unhealthy/node-not-ready")
        && suspicions.contains("stuck/creating")
    }
    #expect(meets, "\(suspicions)")
  }
}

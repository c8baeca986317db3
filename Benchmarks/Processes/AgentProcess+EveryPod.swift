import Foundation
import HTTP

extension AgentProcess {
  /// A rule that finds every Pod; what it says of one changes when that restarts.
  private static let pack = """
    apiVersion: kpatrol.io/v1
    kind: RulePack
    metadata: {name: measured}
    rules:
      - id: pod
        title: A Pod is there
        match: {kinds: [Pod]}
        when: object.metadata.name != ''
        message: >-
          Pod {{ object.metadata.name }} has restarted
          {{ object.?status.?containerStatuses[?0].?restartCount.orValue(0) }} times
        severity: warning
        settles: 0s
        explain: For measurements.
    """

  /// Starts one to which each Pod of a simulated cluster is a finding.
  convenience init(
    findingEveryPodOf simulation: SimulationProcess,
    on eventLoop: EventLoop
  ) throws {
    let pack = simulation.folder.appending(path: "pack.yaml")
    try Self.pack.write(to: pack, atomically: true, encoding: .utf8)
    let settings = simulation.folder.appending(path: "settings.yaml")
    try "rules: {paths: ['\(pack.path)']}\n"
      .write(to: settings, atomically: true, encoding: .utf8)
    try self.init(
      simulation,
      name: "agent",
      ["--profile", "all", "--config", settings.path],
      on: eventLoop
    )
  }
}

import Foundation
import HTTP

/// `kpatrol agent` in a process of its own, over a simulated cluster of whose Pods each is a finding.
final class AgentProcess {
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

  let url: String
  private let lifeline: Lifeline

  /// Starts one at a port of this machine, and waits until it has inspected its cluster.
  init(_ simulation: SimulationProcess, port: Int, on eventLoop: EventLoop) async throws {
    url = "http://127.0.0.1:\(port)"
    let folder = try Programs.makeFolder()
    let pack = folder.appending(path: "pack.yaml")
    try Self.pack.write(to: pack, atomically: true, encoding: .utf8)
    let settings = folder.appending(path: "settings.yaml")
    try "rules: {paths: ['\(pack.path)']}\n"
      .write(to: settings, atomically: true, encoding: .utf8)
    lifeline = try Lifeline(
      try Programs.kpatrol(),
      [
        "agent", "--kubeconfig", simulation.kubeconfig(of: .everything), "--profile", "all",
        "--config", settings.path, "--listen", "127.0.0.1:\(port)",
      ],
      environment: ["PATH": "/usr/bin:/bin", "HOME": folder.path],
      standard: .output(Pipe()),
      folder: folder
    )
    let client = HTTPClient(eventLoop: eventLoop)
    let end = ContinuousClock.now + .seconds(300)
    while true {
      let answer = try? await client.response(to: HTTPRequest(.get, url + "/readyz"))
      if answer?.status == 200 { return }
      guard ContinuousClock.now < end else {
        throw BenchmarkFailure("kpatrol agent was not ready in time.")
      }
      try await Task.sleep(for: .milliseconds(100))
    }
  }

  func end() { lifeline.end() }
}

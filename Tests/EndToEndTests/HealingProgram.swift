import Foundation
import HTTP
import Journal
import KubernetesClient
import Monitoring
import SimulatedCluster
import TestServers
import Testing
import WireFormats

/// A simulated cluster, and a program that heals it and may be killed meanwhile.
///
/// The plan deletes the ConfigMap `shop/first`, then changes `shop/second`; the batch deletes these, then
/// `shop/third`, a plan each.
struct HealingProgram {
  /// Before and after each write into the journal and each call: begin, two steps, end.
  static let points = 16
  /// Before and after the batch is written down.
  static let pointsBeforePlans = 2
  /// As of the plan, of each plan of the batch, but for the calls.
  static let pointsOfPlan = 8

  /// Just before the second plan of the batch is written down.
  static let endOfFirstPlan = pointsBeforePlans + pointsOfPlan

  let cluster: SimulatedCluster
  let folder: TemporaryFolder
  /// How the objects were at first.
  let before: [JSONValue]

  static func start() async throws -> HealingProgram {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    try cluster.create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]])
    let before = try ["first", "second", "third"].map { name in
      try cluster.create([
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": ["name": .string(name), "namespace": "shop"], "data": ["key": "old"],
      ])
    }
    cluster.clearRequestLog()
    return HealingProgram(cluster: cluster, folder: try TemporaryFolder(), before: before)
  }

  /// Where the journal is: in what is `XDG_STATE_HOME` for KPatrol.
  var stateHome: String { "\(folder.path)/state" }
  var journalFolder: String { "\(stateHome)/kpatrol" }

  func object(_ name: String) -> JSONValue? {
    cluster.object(of: "configmaps", namespace: "shop", name: name)
  }

  /// Follows the cluster, as the next start does.
  func withFleet(
    _ journal: JournalStore,
    _ body: (Fleet) async throws -> Void
  ) async throws {
    let eventLoop = EventLoop()
    var tls = TLSSettings()
    tls.certificateAuthority = Array(cluster.certificateAuthorityPEM.utf8)
    let client = KubernetesClient(
      ClusterConnection(
        contextName: "sim",
        server: cluster.url,
        tls: tls,
        credential: .token(cluster.token)
      ),
      eventLoop: eventLoop,
      userAgent: "kpatrol/test"
    )
    let fleet = Fleet([client], options: MonitorOptions(checks: [], journal: journal))
    let patrol = Task { await fleet.run() }
    let outcomes = await fleet.sync(
      within: .seconds(120),
      connectLimit: .seconds(60),
      progress: { _ in }
    )
    #expect(outcomes["sim"] == .synced)
    try await body(fleet)
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
  }

  /// What was sent to change the cluster.
  var changes: [String] {
    cluster.requestLog.map(\.method).filter { ["DELETE", "PATCH"].contains($0) }
  }

  /// Heals in a process of its own; tells whether that was killed.
  func heal(dyingAt point: Int = points, asBatch: Bool = false) async throws -> Bool {
    let authority = try folder.write("ca.pem", cluster.certificateAuthorityPEM)
    let process = Process()
    process.executableURL = URL(filePath: TerminalSession.program)
      .deletingLastPathComponent().appending(path: "HealAndDie")
    process.arguments =
      [cluster.url, cluster.token, authority, journalFolder, String(point)]
      + (asBatch ? ["batch"] : [])
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    #expect(await eventually { !process.isRunning })
    guard process.terminationReason == .uncaughtSignal else {
      #expect(process.terminationStatus == 0)
      return false
    }
    #expect(process.terminationStatus == SIGKILL)
    return true
  }
}

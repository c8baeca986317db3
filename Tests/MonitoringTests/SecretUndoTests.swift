import Foundation
import HTTP
import Healing
import Journal
import KubernetesClient
import KubernetesObjects
import SimulatedCluster
import TestServers
import Testing
import WireFormats

@testable import Monitoring

/// Secrets that are deleted, with and without their values in the journal.
@Suite(.fewAtOnce) struct SecretUndoTests {
  private static let value = "c3dvcmRmaXNo"
  private static let secret: JSONValue = [
    "apiVersion": "v1", "kind": "Secret",
    "metadata": [
      "name": "login", "namespace": "shop",
      "annotations": [
        "kubectl.kubernetes.io/last-applied-configuration": .string("{\"data\":\"\(value)\"}")
      ],
    ],
    "type": "Opaque", "data": ["password": .string(value)],
  ]
  private static let key = ObjectKey(Secret.kind, namespace: "shop", name: "login")

  /// All that is in a folder, files of SQLite's own included.
  private func bytes(in folder: String) throws -> String {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return try names.map { name in
      let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)"))
      return String(decoding: data, as: UTF8.self)
    }.joined()
  }

  @Test(
    "Its values come back where they are kept, and are nowhere to be read",
    arguments: [true, false]
  )
  func aDeletedSecret(isKept: Bool) async throws {
    let folder = try TemporaryFolder()
    let state = folder.path + "/kpatrol"
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, runsControllers: false)
    )
    try cluster.create(["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "shop"]])
    let before = try cluster.create(Self.secret)
    let eventLoop = EventLoop()
    let journal = JournalStore(folder: state)
    let monitor = ClusterMonitor(
      source: cluster.client("sim", on: eventLoop),
      options: MonitorOptions(
        checks: [],
        journal: journal,
        secrets: isKept ? SecretVault(keyFile: "\(state)/journal.key") : nil
      )
    )
    let patrol = Task { await monitor.run() }
    #expect(await eventually { await monitor.status().connection == .watching })
    guard case .plan(let plan) = await monitor.proposal(.delete(), for: Self.key) else {
      Issue.record("It cannot be deleted.")
      return
    }
    #expect(plan.secretKeeping == (isKept ? .sealed(key: "\(state)/journal.key") : .omitted))
    await monitor.heal(try #require(ConfirmedPlan(plan, answer: "login")))
    #expect(cluster.object(of: "secrets", namespace: "shop", name: "login") == nil)
    #expect(try !bytes(in: state).contains(Self.value))

    let heal = try #require(try await journal.heal(HealIntent.ID(1))).undone
    switch await monitor.proposal(toUndo: heal) {
    case .plan(let undo):
      #expect(isKept)
      #expect(undo.steps.allSatisfy { !$0.commandByHand(context: "sim").contains(Self.value) })
      let answer = undo.confirmation.expectedAnswer
      await monitor.heal(try #require(ConfirmedPlan(undo, answer: answer)))
      let after = cluster.object(of: "secrets", namespace: "shop", name: "login")
      #expect(after?["data"] == before["data"] && after?["type"] == before["type"])
      #expect(
        after?[path: "metadata", "annotations"] == before[path: "metadata", "annotations"]
      )
      #expect(try !bytes(in: state).contains(Self.value))
    case .unavailable(let reason):
      #expect(!isKept && reason.contains("Of Secrets no values are kept"))
    case .refused(_, let reason): Issue.record("\(reason)")
    }
    patrol.cancel()
    await patrol.value
    eventLoop.shutdown()
    await cluster.stop()
    withExtendedLifetime(folder) {}
  }
}

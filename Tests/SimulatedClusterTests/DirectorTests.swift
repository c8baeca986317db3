import Foundation
import Synchronization
import Testing
import WireFormats

@testable import SimulatedCluster

@Suite struct DirectorTests {
  /// What happened, in order.
  private final class Diary: Sendable {
    private let lines = Mutex<[String]>([])
    var entries: [String] { lines.withLock { $0 } }
    func write(_ line: String) { lines.withLock { $0.append(line) } }
  }

  private func scenario(_ diary: Diary) -> Scenario {
    Scenario(
      id: .empty,
      build: { _, _ in },
      steps: [
        Scenario.Step(after: .seconds(20), title: "late") { _, _ in diary.write("late") },
        Scenario.Step(after: .seconds(5), title: "early") { _, pace in diary.write("early \(pace)")
        },
      ],
      life: [Scenario.Habit(every: .seconds(10)) { _, count, _ in diary.write("habit \(count)") }]
    )
  }

  @Test func stepsHappenOnceAndInOrder() async throws {
    let diary = Diary()
    let test = try TestServer(namespaces: [])
    let director = Director(test.registry, scenario: scenario(diary), pace: 2)
    await director.advance(by: .seconds(4))
    #expect(diary.entries.isEmpty)
    await director.advance(by: .seconds(1))
    #expect(diary.entries == ["early 2.0"])
    await director.advance(by: .seconds(20))
    #expect(diary.entries == ["early 2.0", "late", "habit 2"])
    await director.advance(by: .seconds(4))
    #expect(diary.entries.count == 3)
  }

  @Test func timeRunsByItselfAtItsPaceUntilStopped() async throws {
    let diary = Diary()
    let test = try TestServer(namespaces: [])
    let director = Director(test.registry, scenario: scenario(diary), pace: 1_000)
    await director.start()
    for _ in 0..<500 where diary.entries.count < 3 {
      try await Task.sleep(for: .milliseconds(20))
    }
    await director.stop()
    #expect(diary.entries.count >= 3)
    let count = diary.entries.count
    await director.stop()
    #expect(diary.entries.count == count)
  }

  @Test func controllersRestWhenNothingChanges() async throws {
    let world = try await LivingWorld(nodes: 0)
    await world.pass(4)
    let version = world.test.registry.store.version
    await world.pass(20)
    #expect(world.test.registry.store.version == version)
  }

  @Test func outagesEnd() {
    let outages = Outages()
    let date = Date(timeIntervalSince1970: 1_000)
    #expect(!outages.isDown("node-1", at: date))
    outages.begin(on: "node-1", until: date)
    #expect(outages.isDown("node-1", at: date.addingTimeInterval(-1)))
    #expect(!outages.isDown("node-1", at: date))
    #expect(!outages.isDown("node-2", at: date.addingTimeInterval(-1)))
  }

  @Test func aKubeconfigNamesTheClusterAndItsAuthority() async throws {
    let cluster = try await SimulatedCluster.start(
      SimulationOptions(scenario: .empty, token: "chosen", runsControllers: false)
    )
    let text = cluster.kubeconfig(contextName: "demo")
    #expect(text.contains("server: \(cluster.url)\n"))
    #expect(text.contains("token: \"chosen\"\n"))
    #expect(text.contains("current-context: \"demo\"\n"))
    #expect(text.contains(Data(cluster.certificateAuthorityPEM.utf8).base64EncodedString()))
    #expect(cluster.certificateAuthorityPEM.hasPrefix("-----BEGIN CERTIFICATE-----\n"))
    await cluster.stop()
  }

  @Test func everyClusterHasItsOwnAuthority() throws {
    let one = try Certificates()
    let two = try Certificates()
    #expect(one.authorityPEM != two.authorityPEM)
    #expect(one.serverPEM != one.authorityPEM)
    #expect(one.serverKeyPEM.contains("PRIVATE KEY"))
  }
}
